package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sightline.TestService.Node;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.store.StartRefused;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.Written;
import io.grpc.StatusRuntimeException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What nodes know of each other. They need no configuration for it. */
class SeveralNodesTest {
  /** Proofs come a quarter of it apart: what is known sooner was hinted at. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static final Duration SOON = Duration.ofSeconds(3);

  private TestService service;
  private Node one;
  private Node other;

  @BeforeEach
  void start() {
    service = TestService.start(BOUND);
    one = service.node();
    other = service.node();
    Orgs.create(one, "acme", "ada");
    Orgs.add(one, "acme", "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(one, "acme", "ada", "d", Level.LEVEL_NONE);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static Written give(Node node, Level level) {
    return node.dashboards.updateAccess(Orgs.give("acme", "ada", "d", "bo", level)).getWritten();
  }

  private static boolean mayView(Node node) {
    return Orgs.view(node, "acme", "bo", "d", Consistency.getDefaultInstance()).getAllowed();
  }

  private static void assertSoon(BooleanSupplier so, String what) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!so.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, what);
    }
  }

  @Test
  void what_one_node_has_written_is_known_on_another_at_once() {
    assertSoon(() -> !mayView(other), "the graph is held");
    for (int i = 0; i < 6; i++) {
      boolean allowed = i % 2 == 0;
      give(one, allowed ? Level.LEVEL_VIEWER : Level.LEVEL_NONE);
      assertSoon(() -> mayView(other) == allowed, "no hint has come");
    }
  }

  @Test
  void a_watcher_of_one_node_is_told_at_once_what_another_has_written() throws Exception {
    try (Watching watching = Watching.open(other.channel, Watching.of("acme").build())) {
      watching.started();
      long begin = System.nanoTime();
      give(one, Level.LEVEL_VIEWER);
      watching.changed();
      assertTrue(System.nanoTime() - begin < SOON.toNanos(), "no hint has come");
    }
  }

  @Test
  void who_watches_everything_on_one_node_is_told_at_once_of_what_is_created_on_another()
      throws Exception {
    var everything =
        dev.sightline.v1.StartWatch.newBuilder()
            .setEverything(true)
            .setUnnamedFromCreation(true)
            .build();
    try (Watching watching = Watching.open(other.channel, everything)) {
      watching.untilNow();
      long begin = System.nanoTime();
      Orgs.create(one, "new", "ada");
      watching.started();
      assertTrue(System.nanoTime() - begin < SOON.toNanos(), "no hint has come");
    }
  }

  @Test
  void lost_connections_between_nodes_cost_time_and_come_back() throws Exception {
    assertSoon(() -> !mayView(other), "the graph is held");
    service.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'sightline-signals' AND datname = current_database()");
    give(one, Level.LEVEL_VIEWER);
    // Whatever was lost: a proof finds it.
    long end = System.nanoTime() + BOUND.toNanos();
    while (!mayView(other)) {
      assertTrue(System.nanoTime() - end < 0, "older than the bound");
    }
    boolean[] level = {false};
    assertSoon(
        () -> {
          give(one, level[0] ? Level.LEVEL_VIEWER : Level.LEVEL_NONE);
          long patience = System.nanoTime() + Duration.ofMillis(500).toNanos();
          boolean known = mayView(other) == level[0];
          while (!known && System.nanoTime() - patience < 0) {
            known = mayView(other) == level[0];
          }
          level[0] = !level[0];
          return known;
        },
        "hints do not come back");
  }

  @Test
  void a_node_whose_connections_lead_to_another_database_says_nothing_until_it_has_looked_anew() {
    assertFalse(mayView(one));
    // As if a backup had been put back: what the nodes have written of themselves is not there.
    service.execute("UPDATE node SET beat = beat - 1 WHERE beat > 1");
    service.execute("DELETE FROM node WHERE beat = 1");
    assertAway(() -> give(one, Level.LEVEL_VIEWER));
    assertAway(() -> consistently(other));
    assertSoon(() -> answers(one), "the node has not registered again");
    give(one, Level.LEVEL_VIEWER);
    assertSoon(() -> answers(other), "the node has not registered again");
    assertTrue(consistently(other));
    assertEquals(2, nodes().size());
  }

  private static void assertAway(Executable call) {
    assertRefused(UNAVAILABLE, "STORE_UNAVAILABLE", call);
  }

  @Test
  void nothing_is_created_in_another_database_either() {
    service.execute("DELETE FROM node");
    assertAway(() -> Orgs.create(one, "new", "ada"));
    assertSoon(() -> answers(one), "the node has not registered again");
    Orgs.create(one, "new", "ada");
  }

  private static boolean consistently(Node node) {
    return Orgs.view(node, "acme", "bo", "d", Orgs.FULLY_CONSISTENT).getAllowed();
  }

  private static boolean answers(Node node) {
    try {
      var _ = consistently(node);
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  @Test
  void a_position_of_a_log_that_was_lost_stays_unknown_when_the_log_has_gone_past_it() {
    List<ByteString> positions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      positions.add(give(one, i % 2 == 0 ? Level.LEVEL_VIEWER : Level.LEVEL_NONE).getPosition());
    }
    byte[] lost = positions.get(1).toByteArray();
    lost[lost.length - 1] ^= 1;
    Node fresh = service.node();
    for (Node node : List.of(one, other, fresh)) {
      assertRefused(
          FAILED_PRECONDITION,
          "POSITION_UNKNOWN",
          () -> Orgs.view(node, "acme", "bo", "d", Orgs.atLeast(ByteString.copyFrom(lost))));
      for (ByteString known : positions) {
        assertFalse(Orgs.view(node, "acme", "bo", "d", Orgs.atLeast(known)).getAllowed());
      }
    }
  }

  @Test
  void a_node_that_could_not_start_is_not_on_the_list() {
    var taken = service.serving(DatabaseClock.measured(), one.port());
    assertThrows(StartRefused.class, () -> Server.start(taken));
    assertEquals(2, nodes().size());
  }

  private List<String> nodes() {
    var settings = service.settings();
    try (var connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT id FROM node")) {
      List<String> nodes = new ArrayList<>();
      while (rows.next()) {
        nodes.add(rows.getString(1));
      }
      return nodes;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
