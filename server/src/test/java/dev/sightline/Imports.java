package dev.sightline;

import dev.sightline.TestService.Node;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.ImportResponse;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.Role;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEnd;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferServiceGrpc;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.UserStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Brings organizations in. */
final class Imports {
  private static final int TOGETHER = 1_000;

  private Imports() {}

  /** An organization of active people p0, p1 …, the first of whom is its admin. */
  static void people(Node node, String organization, int count) {
    ImportRequest.Builder records =
        ImportRequest.newBuilder()
            .addRecords(
                TransferRecord.newBuilder()
                    .setHeader(
                        TransferHeader.newBuilder()
                            .setOrganizationId(organization)
                            .setName("Organization " + organization)));
    for (int i = 0; i < count; i++) {
      records.addRecords(
          TransferRecord.newBuilder()
              .setUser(
                  TransferUser.newBuilder()
                      .setId("p" + i)
                      .setName("Person " + i)
                      .setEmail("p" + i + "@example.org")
                      .setRole(i == 0 ? Role.ROLE_ADMIN : Role.ROLE_ANALYST)
                      .setStatus(UserStatus.USER_STATUS_ACTIVE)
                      .setCreatedAtMicros(1)
                      .setAdminSinceMicros(i == 0 ? 1 : 0)));
    }
    records.addRecords(
        TransferRecord.newBuilder()
            .setEnd(
                TransferEnd.newBuilder()
                    .setCounts(OrganizationCounts.newBuilder().setUsers(count))));
    send(node, List.of(records.build()));
  }

  /** An organization whose admin is ada, and in which somebody owns this many dashboards. */
  static void owning(Node node, String organization, String owner, int count) {
    List<ImportRequest> messages = new ArrayList<>();
    ImportRequest.Builder records =
        ImportRequest.newBuilder()
            .addRecords(
                TransferRecord.newBuilder()
                    .setHeader(
                        TransferHeader.newBuilder()
                            .setOrganizationId(organization)
                            .setName("Organization " + organization)));
    for (String user : List.of("ada", owner)) {
      records.addRecords(
          TransferRecord.newBuilder()
              .setUser(
                  TransferUser.newBuilder()
                      .setId(user)
                      .setName("Name of " + user)
                      .setEmail(user + "@example.org")
                      .setRole(Role.ROLE_ADMIN)
                      .setCreatedAtMicros(1)
                      .setAdminSinceMicros(1)));
    }
    for (int i = 0; i < count; i++) {
      records.addRecords(
          TransferRecord.newBuilder()
              .setDashboard(
                  TransferDashboard.newBuilder()
                      .setDashboard(
                          Dashboard.newBuilder()
                              .setId(owned(i))
                              .setName("Dashboard " + i)
                              .setOwnerId(owner))));
      if (i % TOGETHER == 0) {
        messages.add(records.build());
        records.clear();
      }
    }
    var counts = OrganizationCounts.newBuilder().setUsers(2).setDashboards(count);
    records.addRecords(
        TransferRecord.newBuilder().setEnd(TransferEnd.newBuilder().setCounts(counts)));
    messages.add(records.build());
    var _ = send(node, messages);
  }

  /** The id of one of many, as long as ids are. */
  static String owned(int i) {
    return "d" + "0123456789".repeat(12) + String.format("%07d", i);
  }

  /** Sends these messages and the end of the stream, and waits for the answer. */
  static ImportResponse send(Node node, List<ImportRequest> messages) {
    var answer = new CompletableFuture<ImportResponse>();
    StreamObserver<ImportRequest> stream =
        TransferServiceGrpc.newStub(node.channel)
            .import_(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ImportResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(
                        Status.INTERNAL.withDescription("no answer").asRuntimeException());
                  }
                });
    messages.forEach(stream::onNext);
    stream.onCompleted();
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StatusRuntimeException refused ? refused : e;
    }
  }
}
