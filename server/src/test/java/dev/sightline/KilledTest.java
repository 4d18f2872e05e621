package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.model.OrganizationId;
import dev.sightline.store.ChainCheck;
import dev.sightline.store.Database;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.GetAccessRequest;
import dev.sightline.v1.GetAccessResponse;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.Written;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * Service and database are killed in the middle of a thousand writes, and what was acknowledged is
 * there. {@code -Dsightline.kills=20} does so that many times.
 */
class KilledTest {
  private static final int KILLS = Integer.getInteger("sightline.kills", 1);
  private static final int WRITERS = 40;
  private static final int WRITES_EACH = 25;
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 400;
  private static final int SUBJECTS = 3;
  private static final String ORGANIZATION = "org";
  private static final long FAR_AHEAD = 4_000_000_000_000_000L;

  @Test
  void what_was_acknowledged_before_a_kill_is_there_and_whole() throws Exception {
    Path folder = Files.createTempDirectory("sightline-killed");
    try {
      Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();
      Set<Long> revisions = ConcurrentHashMap.newKeySet();
      ServerProcess service = ServerProcess.start(folder);
      try {
        setUp(service.port);
        for (int round = 1; round <= KILLS; round++) {
          writeAndKill(service, round, acknowledged, revisions);
          service = ServerProcess.start(folder);
          assertAllIsThere(service.port, acknowledged);
          assertDense(folder, revisions);
        }
      } finally {
        service.kill();
      }
    } finally {
      ServerProcess.delete(folder);
    }
  }

  private static void setUp(int port) {
    ManagedChannel channel = TestService.Node.channel(port);
    var directory = DirectoryServiceGrpc.newBlockingStub(channel);
    var dashboards = DashboardServiceGrpc.newBlockingStub(channel);
    var _ =
        directory.createOrganization(
            CreateOrganizationRequest.newBuilder()
                .setOrganizationId(ORGANIZATION)
                .setName("Org")
                .setAdmin(Orgs.newUser("ada", Role.ROLE_ADMIN))
                .build());
    for (int i = 0; i < SUBJECTS; i++) {
      var _ =
          directory.addUser(
              AddUserRequest.newBuilder()
                  .setOrganizationId(ORGANIZATION)
                  .setActor(Orgs.actor("ada"))
                  .setUser(Orgs.newUser("u" + i, Role.ROLE_ANALYST))
                  .build());
    }
    for (int i = 0; i < WRITERS; i++) {
      var _ =
          dashboards.createDashboard(
              CreateDashboardRequest.newBuilder()
                  .setOrganizationId(ORGANIZATION)
                  .setActor(Orgs.actor("ada"))
                  .setDashboardId("d" + i)
                  .setName("Dashboard")
                  .build());
    }
    channel.shutdownNow();
  }

  private static void writeAndKill(
      ServerProcess service, int round, Map<Integer, Long> acknowledged, Set<Long> revisions)
      throws Exception {
    var enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_THE_KILL);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        threads.execute(() -> {
          ManagedChannel channel = TestService.Node.channel(service.port);
          var stub = DashboardServiceGrpc.newBlockingStub(channel);
          try {
            for (int n = 0; n < WRITES_EACH; n++) {
              long mark = (long) round * WRITES_EACH + n;
              Written written = stub.updateAccess(marked(writer, mark)).getWritten();
              acknowledged.put(writer, mark);
              assertTrue(revisions.add(written.getRevision()), "a revision is one write's");
              enough.countDown();
            }
          } catch (StatusRuntimeException killed) {
            // Whoever was not acknowledged does not know.
          } finally {
            channel.shutdownNow();
          }
        });
      }
      enough.await();
      service.kill();
    }
  }

  /** One change of several entries, all of which end at an instant that says which change. */
  private static UpdateAccessRequest marked(int writer, long mark) {
    var request =
        UpdateAccessRequest.newBuilder()
            .setOrganizationId(ORGANIZATION)
            .setActor(Orgs.actor("ada"))
            .setDashboardId("d" + writer);
    for (int i = 0; i < SUBJECTS; i++) {
      request.addSet(
          EntryToSet.newBuilder()
              .setUserId("u" + i)
              .setLevel(Level.LEVEL_EDITOR)
              .setEndsAtMicros(FAR_AHEAD + mark));
    }
    return request.build();
  }

  private static void assertAllIsThere(int port, Map<Integer, Long> acknowledged) {
    ManagedChannel channel = TestService.Node.channel(port);
    var dashboards = DashboardServiceGrpc.newBlockingStub(channel);
    acknowledged.forEach((writer, mark) -> {
      GetAccessResponse access =
          dashboards.getAccess(
              GetAccessRequest.newBuilder()
                  .setOrganizationId(ORGANIZATION)
                  .setActor(Orgs.actor("ada"))
                  .setDashboardId("d" + writer)
                  .build());
      Set<Long> marks = new java.util.TreeSet<>();
      for (AccessEntry entry : access.getEntriesList()) {
        marks.add(entry.getEndsAtMicros() - FAR_AHEAD);
      }
      assertEquals(SUBJECTS, access.getEntriesCount());
      assertEquals(1, marks.size(), () -> "a change was torn: " + marks);
      long there = marks.iterator().next();
      assertTrue(
          there == mark || there == mark + 1,
          () -> "writer " + writer + " was told of " + mark + " but there is " + there);
    });
    channel.shutdownNow();
  }

  private static void assertDense(Path folder, Set<Long> revisions) throws IOException {
    String url = ServerProcess.databaseUrl(folder);
    try (Database database = Database.open(DatabaseSettings.of(url, "postgres", ""))) {
      var intact =
          assertInstanceOf(
              ChainCheck.Intact.class,
              database.organizations().verifyChain(new OrganizationId(ORGANIZATION)));
      long latest = revisions.stream().mapToLong(Long::longValue).max().orElseThrow();
      assertTrue(intact.revision() >= latest, () -> intact + " but was told of " + latest);
    }
  }
}
