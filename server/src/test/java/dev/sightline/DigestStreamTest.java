package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.Digest;
import dev.sightline.v1.DigestDashboard;
import dev.sightline.v1.DigestServiceGrpc;
import dev.sightline.v1.Level;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.ResolveDigestsRequest;
import dev.sightline.v1.ResolveDigestsResponse;
import dev.sightline.v1.UpdateAccessRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The digests of many readers, each decided when it is sent; {@code -Dsightline.readers=10000}. */
class DigestStreamTest {
  private static final int READERS = Integer.getInteger("sightline.readers", 2_000);
  private static final int DASHBOARDS = 500;
  private static final int EACH = 20;

  private static TestService service;
  private static Node node;

  @BeforeAll
  static void start() {
    service = TestService.start();
    node = service.node();
    DigestOrganizations.create(node, "many", READERS, DASHBOARDS, EACH);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void many_readers_each_have_their_digest_once_in_the_order_of_ids() {
    Map<String, List<String>> digests = new LinkedHashMap<>();
    DigestServiceGrpc.newBlockingStub(node.channel)
        .resolveDigests(many())
        .forEachRemaining(message -> add(digests, message));
    assertEquals(READERS, digests.size());
    assertEquals(new ArrayList<>(new TreeSet<>(digests.keySet())), List.copyOf(digests.keySet()));
    for (int person = 0; person < READERS; person++) {
      var expected = new TreeSet<String>();
      for (int i = 0; i < EACH; i++) {
        expected.add("d" + (person + i) % DASHBOARDS);
      }
      assertEquals(List.copyOf(expected), digests.get("p" + person));
    }
  }

  @Test
  void a_digest_is_what_the_view_check_allows() {
    DigestOrganizations.create(node, "checked", 60, 40, 12);
    var random = new Random(11);
    for (int i = 0; i < 150; i++) {
      String dashboard = "d" + random.nextInt(40);
      var _ =
          switch (random.nextInt(3)) {
            case 0 ->
                node.dashboards.setDraft(
                    Orgs.draft("checked", "p0", dashboard, random.nextInt(3) == 0));
            case 1 ->
                node.dashboards.updateAccess(
                    companyDefault(
                        "checked",
                        dashboard,
                        random.nextBoolean() ? Level.LEVEL_NONE : Level.LEVEL_VIEWER));
            default ->
                node.dashboards.updateAccess(
                    Orgs.give(
                        "checked",
                        "p0",
                        dashboard,
                        "p" + (1 + random.nextInt(59)),
                        random.nextBoolean() ? Level.LEVEL_NONE : Level.LEVEL_EDITOR));
          };
    }
    var drafts = new TreeSet<String>();
    Map<String, List<String>> digests = new LinkedHashMap<>();
    var request =
        ResolveDigestsRequest.newBuilder()
            .setOrganizationId("checked")
            .setConsistency(Orgs.FULLY_CONSISTENT);
    for (int person = 0; person < 60; person++) {
      request.addUserIds("p" + person);
    }
    DigestServiceGrpc.newBlockingStub(node.channel)
        .resolveDigests(request.build())
        .forEachRemaining(message -> add(digests, message));
    for (int dashboard = 0; dashboard < 40; dashboard++) {
      if (isDraft("checked", "d" + dashboard)) {
        drafts.add("d" + dashboard);
      }
    }
    assertFalse(drafts.isEmpty());
    for (int person = 0; person < 60; person++) {
      assertEquals(allowed(person, drafts), digests.get("p" + person));
    }
  }

  private static List<String> allowed(int person, Set<String> drafts) {
    var wanted = new TreeSet<String>();
    for (int i = 0; i < 12; i++) {
      wanted.add("d" + (person + i) % 40);
    }
    wanted.removeAll(drafts);
    var batch = BatchCheckRequest.newBuilder().setOrganizationId("checked");
    for (String dashboard : wanted) {
      batch.addItems(
          CheckItem.newBuilder()
              .setUserId("p" + person)
              .setDashboardId(dashboard)
              .setAction(dev.sightline.v1.Action.ACTION_VIEW));
    }
    List<String> allowed = new ArrayList<>();
    if (!wanted.isEmpty()) {
      List<CheckResult> results = node.access.batchCheck(batch.build()).getResultsList();
      int at = 0;
      for (String dashboard : wanted) {
        if (results.get(at++).getAllowed()) {
          allowed.add(dashboard);
        }
      }
    }
    return allowed;
  }

  private static boolean isDraft(String organization, String dashboard) {
    return node.dashboards
        .getDashboard(
            dev.sightline.v1.GetDashboardRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("p0"))
                .setDashboardId(dashboard)
                .build())
        .getDashboard()
        .getDraft();
  }

  @Test
  void what_is_revoked_while_the_reader_waits_is_not_handed_out() throws Exception {
    DigestOrganizations.create(node, "revoked", READERS, DASHBOARDS, EACH);
    ManagedChannel narrow =
        NettyChannelBuilder.forAddress("127.0.0.1", node.port())
            .usePlaintext()
            .flowControlWindow(65_535)
            .build();
    try {
      assertNothingRevokedIsHandedOut(narrow);
    } finally {
      narrow.shutdownNow();
    }
  }

  private static void assertNothingRevokedIsHandedOut(ManagedChannel channel) throws Exception {
    var reader = new SlowReader();
    DigestServiceGrpc.newStub(channel)
        .resolveDigests(
            ResolveDigestsRequest.newBuilder().setOrganizationId("revoked").build(), reader);
    ResolveDigestsResponse first = reader.next();
    var _ = node.dashboards.updateAccess(companyDefault("revoked", "d7", Level.LEVEL_NONE));
    var _ =
        node.dashboards.renameDashboard(
            RenameDashboardRequest.newBuilder()
                .setOrganizationId("revoked")
                .setActor(Orgs.actor("p0"))
                .setDashboardId("d8")
                .setName("Another name")
                .build());
    List<ResolveDigestsResponse> messages = new ArrayList<>(List.of(first));
    for (ResolveDigestsResponse next = reader.next(); next != null; next = reader.next()) {
      messages.add(next);
    }
    var held = new TreeSet<String>();
    var names = new TreeSet<String>();
    int after = 0;
    for (ResolveDigestsResponse message : messages) {
      if (!message.getPosition().equals(first.getPosition())) {
        after += message.getDigestsCount();
        for (Digest digest : message.getDigestsList()) {
          if (!digest.getUserId().equals("p0")) {
            digest.getDashboardsList().forEach(one -> held.add(one.getDashboardId()));
            digest.getDashboardsList().forEach(one -> names.add(one.getName()));
          }
        }
      }
    }
    assertTrue(after > READERS / 4, "so many were decided after the revocation: " + after);
    assertFalse(held.contains("d7"));
    assertFalse(names.contains("Dashboard number 8"));
    assertTrue(names.contains("Another name"));
    assertEquals(
        READERS, messages.stream().mapToInt(ResolveDigestsResponse::getDigestsCount).sum());
  }

  private static ResolveDigestsRequest many() {
    return ResolveDigestsRequest.newBuilder().setOrganizationId("many").build();
  }

  private static void add(Map<String, List<String>> digests, ResolveDigestsResponse message) {
    for (Digest digest : message.getDigestsList()) {
      List<String> before =
          digests.put(
              digest.getUserId(),
              digest.getDashboardsList().stream().map(DigestDashboard::getDashboardId).toList());
      assertEquals(null, before, () -> digest.getUserId() + " comes twice");
    }
  }

  private static UpdateAccessRequest companyDefault(
      String organization, String dashboard, Level level) {
    return UpdateAccessRequest.newBuilder()
        .setOrganizationId(organization)
        .setActor(Orgs.actor("p0"))
        .setDashboardId(dashboard)
        .setCompanyDefault(level)
        .build();
  }

  /** Takes a message when it asks for one, so that the server has to wait. */
  private static final class SlowReader
      implements ClientResponseObserver<ResolveDigestsRequest, ResolveDigestsResponse> {
    private final LinkedBlockingQueue<ResolveDigestsResponse> received =
        new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<ResolveDigestsRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<ResolveDigestsRequest> stream) {
      call = stream;
      stream.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(ResolveDigestsResponse message) {
      received.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      end.complete(null);
    }

    /** The next message; null at the end. */
    @Nullable ResolveDigestsResponse next() throws Exception {
      while (true) {
        ResolveDigestsResponse message = received.poll(10, TimeUnit.MILLISECONDS);
        if (message != null) {
          if (call != null) {
            call.request(1);
          }
          return message;
        }
        if (end.isDone()) {
          end.get();
          return received.poll();
        }
      }
    }
  }
}
