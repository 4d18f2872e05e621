package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.ChainCheck;
import dev.sightline.store.Database;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.EmbeddedPostgres;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back while the service runs. */
class DatabaseAwayTest {
  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final Duration RETURNS_WITHIN = Duration.ofSeconds(40);

  private Path folder;
  private EmbeddedPostgres postgres;
  private Gate gate;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    folder = Files.createTempDirectory("sightline-away");
    postgres = EmbeddedPostgres.start(folder, _ -> {});
    gate = new Gate(Gate.port(postgres.settings()));
    DatabaseSettings through = gate.through(postgres.settings()).withConnections(2, 2);
    node =
        new Node(
            Server.start(
                new ServerSettings(
                    "127.0.0.1",
                    0,
                    null,
                    true,
                    through,
                    BOUND,
                    DatabaseClock.measured(),
                    64 << 20)));
    Orgs.create(node, "org", "ada");
    Orgs.add(node, "org", "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(node, "org", "ada", "d", Level.LEVEL_VIEWER);
  }

  @AfterEach
  void stop() throws IOException {
    gate.close();
    node.close();
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private boolean check() {
    return Orgs.view(node, "org", "bo", "d", Consistency.getDefaultInstance()).getAllowed();
  }

  @Test
  void answers_go_on_within_the_bound_then_fail_closed_and_come_back_with_the_database()
      throws Exception {
    assertTrue(check());
    assertHealth(ServingStatus.SERVING);
    long shut = System.nanoTime();
    gate.shut();
    assertTrue(check(), "what was proved a moment ago is still known");
    assertFailsClosedWithinTheBound(shut);
    assertWriteFails();
    postgres.close();
    assertUnavailable();
    assertHealth(ServingStatus.NOT_SERVING);
    postgres = EmbeddedPostgres.start(folder, _ -> {});
    gate.open(Gate.port(postgres.settings()));
    assertEverythingComesBack();
  }

  @Test
  void a_node_stops_in_time_while_its_database_is_away() {
    gate.shut();
    long begin = System.nanoTime();
    node.close();
    assertTrue(System.nanoTime() - begin < Duration.ofSeconds(12).toNanos());
  }

  @Test
  void answers_fail_closed_when_the_database_is_silent() {
    assertTrue(check());
    long held = System.nanoTime();
    gate.hold();
    assertFailsClosedWithinTheBound(held);
    assertUnavailable();
    assertHealth(ServingStatus.NOT_SERVING);
    gate.open(gate.target());
    assertEverythingComesBack();
  }

  /** A node that cannot answer is to be left alone, and not to be started again. */
  private void assertHealth(ServingStatus ready) {
    long deadline = System.nanoTime() + RETURNS_WITHIN.toNanos();
    for (String what : List.of("", "readiness")) {
      while (health(what) != ready) {
        assertTrue(System.nanoTime() - deadline < 0, "not " + ready + ": '" + what + "'");
      }
    }
    assertEquals(ServingStatus.SERVING, health("liveness"));
  }

  private ServingStatus health(String what) {
    var request = HealthCheckRequest.newBuilder().setService(what).build();
    return HealthGrpc.newBlockingStub(node.channel).check(request).getStatus();
  }

  private void assertFailsClosedWithinTheBound(long since) {
    while (true) {
      long begin = System.nanoTime();
      try {
        assertTrue(check());
        assertTrue(begin - since <= BOUND.toNanos(), "an answer was given on what nobody can know");
      } catch (StatusRuntimeException failed) {
        assertUnavailable(failed);
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(10), "failed, but late");
        return;
      }
    }
  }

  private void assertUnavailable() {
    assertUnavailable(
        org.junit.jupiter.api.Assertions.assertThrows(StatusRuntimeException.class, this::check));
  }

  private static void assertUnavailable(StatusRuntimeException failed) {
    assertEquals(Status.Code.UNAVAILABLE, failed.getStatus().getCode(), failed::toString);
    assertTrue(
        Set.of("NOT_FRESH", "STORE_UNAVAILABLE").contains(Refusals.reason(failed)),
        failed::toString);
  }

  private void assertWriteFails() {
    Refusals.assertRefused(
        Status.Code.UNAVAILABLE,
        "STORE_UNAVAILABLE",
        () -> Orgs.dashboard(node, "org", "ada", "never", Level.LEVEL_VIEWER));
  }

  private void assertEverythingComesBack() {
    long deadline = System.nanoTime() + RETURNS_WITHIN.toNanos();
    while (!comesBack()) {
      assertTrue(System.nanoTime() - deadline < 0, "the service did not come back");
    }
    assertTrue(check());
    assertHealth(ServingStatus.SERVING);
    var written = Orgs.dashboard(node, "org", "ada", "after", Level.LEVEL_VIEWER);
    assertTrue(
        Orgs.view(node, "org", "bo", "after", Orgs.atLeast(written.getPosition())).getAllowed());
    try (Database database = Database.open(postgres.settings())) {
      var intact =
          assertInstanceOf(
              ChainCheck.Intact.class,
              database.organizations().verifyChain(new OrganizationId("org")));
      assertEquals(written.getRevision(), intact.revision());
    }
  }

  private boolean comesBack() {
    try {
      return check();
    } catch (StatusRuntimeException notYet) {
      assertUnavailable(notYet);
      return false;
    }
  }
}
