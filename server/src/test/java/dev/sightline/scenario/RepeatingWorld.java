package dev.sightline.scenario;

import com.google.protobuf.ByteString;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.AudienceMember;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateTeamResponse;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListAudienceResponse;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.ListVisibleDashboardsResponse;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import dev.sightline.v1.StreamVisibleDashboardsResponse;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateAccessResponse;
import dev.sightline.v1.VisibleDashboard;
import dev.sightline.v1.Written;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A world that gives the same answers whatever is asked, and keeps what it was asked: for what the
 * player itself must do.
 */
final class RepeatingWorld implements ScenarioWorld {
  final List<Object> requests = new ArrayList<>();
  private final Server server;
  private final ManagedChannel channel;
  private Instant now;
  private int positions;

  RepeatingWorld(Instant start) {
    this.now = start;
    try {
      String name = InProcessServerBuilder.generateName();
      server =
          InProcessServerBuilder.forName(name)
              .directExecutor()
              .addService(new Access())
              .addService(new Dashboards())
              .addService(new Directory())
              .build()
              .start();
      channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void setClock(Instant instant) {
    now = instant;
  }

  @Override
  public void catchUp() {}

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private <T> void answer(Object request, StreamObserver<T> to, T answer) {
    requests.add(request);
    to.onNext(answer);
    to.onCompleted();
  }

  private ByteString nextPosition() {
    return ByteString.copyFromUtf8("position " + ++positions);
  }

  /** Everybody views everything, which is one, two, three and four, in two pages. */
  private final class Access extends AccessServiceGrpc.AccessServiceImplBase {
    @Override
    public void canView(CanViewRequest request, StreamObserver<CanViewResponse> to) {
      var answer = CanViewResponse.newBuilder().setAllowed(true).setPosition(nextPosition());
      answer(request, to, answer.build());
    }

    @Override
    public void listVisibleDashboards(
        ListVisibleDashboardsRequest request, StreamObserver<ListVisibleDashboardsResponse> to) {
      var answer = ListVisibleDashboardsResponse.newBuilder().setPosition(nextPosition());
      if (request.getPageToken().isEmpty()) {
        answer.addAllDashboards(List.of(visible("one"), visible("two"), visible("three")));
        answer.setNextPageToken("more");
      } else {
        answer.addDashboards(visible("four"));
      }
      answer(request, to, answer.build());
    }

    @Override
    public void streamVisibleDashboards(
        StreamVisibleDashboardsRequest request,
        StreamObserver<StreamVisibleDashboardsResponse> to) {
      var first = StreamVisibleDashboardsResponse.newBuilder().setPosition(nextPosition());
      first.addDashboards(visible("one")).addDashboards(visible("two"));
      to.onNext(first.build());
      var second = StreamVisibleDashboardsResponse.newBuilder().setPosition(nextPosition());
      second.addDashboards(visible("three"));
      if (!request.getUserId().equals("forgotten")) {
        second.addDashboards(visible("four"));
      }
      answer(request, to, second.build());
    }

    @Override
    public void listAudience(ListAudienceRequest request, StreamObserver<ListAudienceResponse> to) {
      var answer = ListAudienceResponse.newBuilder().setPosition(nextPosition());
      answer.addMembers(AudienceMember.newBuilder().setUserId("ada").setLevel(Level.LEVEL_EDITOR));
      answer.setNextPageToken(request.getPageToken().isEmpty() ? "more" : "");
      answer(request, to, answer.build());
    }

    private static VisibleDashboard visible(String id) {
      return VisibleDashboard.newBuilder().setDashboardId(id).build();
    }
  }

  /** Nobody may change any access. */
  private final class Dashboards extends DashboardServiceGrpc.DashboardServiceImplBase {
    @Override
    public void updateAccess(UpdateAccessRequest request, StreamObserver<UpdateAccessResponse> to) {
      requests.add(request);
      to.onError(Status.NOT_FOUND.withDescription("no such dashboard").asRuntimeException());
    }
  }

  /** Everybody may make teams. */
  private final class Directory extends DirectoryServiceGrpc.DirectoryServiceImplBase {
    @Override
    public void createTeam(CreateTeamRequest request, StreamObserver<CreateTeamResponse> to) {
      var written = Written.newBuilder().setPosition(nextPosition()).setChanged(true);
      answer(request, to, CreateTeamResponse.newBuilder().setWritten(written).build());
    }
  }
}
