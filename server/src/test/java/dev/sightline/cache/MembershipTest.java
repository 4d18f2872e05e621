package dev.sightline.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.Gate;
import dev.sightline.TestDatabases;
import dev.sightline.store.Database;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.Nodes;
import dev.sightline.store.ScratchDatabases;
import dev.sightline.store.ScratchDatabases.Scratch;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is on the list of nodes, and for how long. */
class MembershipTest {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Staleness BOUND = new Staleness(Duration.ofMillis(200));

  private final Scratch scratch = TestDatabases.shared().create();
  private final List<AutoCloseable> opened = new ArrayList<>();

  private Membership join(Staleness bound) {
    Database database = Database.open(scratch.settings().withConnections(1, 1));
    opened.add(database);
    if (!database.installation().maxStaleness().equals(bound.max())) {
      database.changeMaxStaleness(bound.max());
      return join(bound);
    }
    Membership joined = new Membership(database.nodes(), bound, LEASE);
    opened.add(joined);
    return joined;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    scratch.close();
  }

  private static void pass(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      Thread.sleep(time.dividedBy(50));
    }
  }

  private interface Question {
    boolean isSo() throws Exception;
  }

  /** Nanoseconds until it is so. */
  private static long until(Question question) throws Exception {
    long begin = System.nanoTime();
    while (!question.isSo()) {
      assertTrue(System.nanoTime() - begin < Duration.ofSeconds(30).toNanos(), "never");
      Thread.sleep(20);
    }
    return System.nanoTime() - begin;
  }

  @Test
  void nodes_know_each_other_as_soon_as_they_have_joined() throws Exception {
    Membership one = join(BOUND);
    assertTrue(one.alone());
    Membership other = join(BOUND);
    assertFalse(other.alone());
    Set<String> both = Set.of(one.name(), other.name());
    assertEquals(both, one.everybody().names());
    assertEquals(both, other.everybody().names());
    other.leave();
    assertEquals(Set.of(one.name()), one.everybody().names());
  }

  @Test
  void everybody_says_the_longest_bound_that_one_of_them_has() throws Exception {
    Membership one = join(BOUND);
    assertEquals(BOUND.max(), one.everybody().maxStaleness());
    Staleness longer = new Staleness(Duration.ofMillis(700));
    Membership other = join(longer);
    assertEquals(longer.max(), one.everybody().maxStaleness());
    assertEquals(longer.max(), other.everybody().maxStaleness());
  }

  @Test
  void one_that_is_silent_is_taken_off_the_list_after_three_leases_and_not_before()
      throws Exception {
    Membership one = join(BOUND);
    Membership other = join(BOUND);
    other.close();
    long silent = until(() -> one.everybody().names().size() == 1);
    assertTrue(silent > LEASE.multipliedBy(5).dividedBy(2).toNanos(), silent + " ns");
  }

  @Test
  void one_whose_bound_is_longer_is_silent_for_longer() throws Exception {
    Membership other = join(new Staleness(Duration.ofMinutes(1)));
    other.close();
    Membership one = join(BOUND);
    pass(LEASE.multipliedBy(4));
    assertEquals(2, one.everybody().names().size());
  }

  @Test
  void a_node_that_does_not_renew_answers_nothing_when_its_lease_is_over() throws Exception {
    Membership node = join(BOUND);
    long closed = System.nanoTime();
    node.close();
    long latest = closed + LEASE.toNanos() - BOUND.usableNanos();
    until(() -> System.nanoTime() - latest > 0);
    assertTrue(node.covered(System.nanoTime()) - latest <= 0, "no proof lasts past the lease");
  }

  @Test
  void one_that_renews_goes_on_for_ever() throws Exception {
    Membership node = join(BOUND);
    String name = node.name();
    pass(LEASE.multipliedBy(2));
    long now = System.nanoTime();
    assertEquals(now, node.covered(now));
    assertEquals(name, node.name());
  }

  @Test
  void it_is_settled_once_the_bound_has_passed() throws Exception {
    long begin = System.nanoTime();
    Membership node = join(BOUND);
    assertFalse(node.isSettled() && System.nanoTime() - begin < BOUND.max().toNanos());
    until(node::isSettled);
    assertTrue(System.nanoTime() - begin > BOUND.max().toNanos());
  }

  private void emptyList() throws SQLException {
    execute(scratch, "DELETE FROM node");
  }

  private static void execute(Scratch scratch, String sql) throws SQLException {
    DatabaseSettings settings = scratch.settings();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** To whoever connects from now on this database says that it is one. */
  private static final String STANDBY =
      """
      CREATE SCHEMA standby;
      CREATE FUNCTION standby.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true';
      DO $$ BEGIN
        EXECUTE format(
          'ALTER DATABASE %I SET search_path = standby, pg_catalog, public', current_database());
      END $$
      """;

  /** A standby took over that has this node's last renewal, and no row of who came after it. */
  @Test
  void a_list_of_another_server_is_not_taken_for_complete_though_this_node_is_on_it()
      throws Exception {
    ScratchDatabases primary = ScratchDatabases.start(_ -> {});
    opened.add(primary);
    ScratchDatabases standby = ScratchDatabases.start(_ -> {});
    opened.add(standby);
    Scratch before = primary.create();
    Scratch after = standby.create();
    Gate gate = new Gate(Gate.port(before.settings()));
    opened.add(gate);
    Database database = Database.open(gate.through(before.settings()).withConnections(1, 1));
    opened.add(database);
    Staleness bound = new Staleness(database.installation().maxStaleness());
    // So that it is not renewed while this lasts.
    Membership node = new Membership(database.nodes(), bound, Duration.ofHours(1));
    opened.add(node);
    until(() -> node.everybody().complete());
    execute(
        after,
        "INSERT INTO node (id, beat, max_staleness_ms) VALUES ('%s', 1, %d)"
            .formatted(node.name(), bound.max().toMillis()));
    execute(after, STANDBY);
    gate.shut();
    gate.open(Gate.port(after.settings()));
    long late = System.nanoTime() + bound.max().multipliedBy(2).toNanos();
    until(() -> {
      assertThrows(NotAnswerable.class, node::everybody, "it may lag behind");
      return System.nanoTime() - late > 0;
    });
    execute(after, "ALTER FUNCTION standby.pg_is_in_recovery() RENAME TO was_in_recovery");
    long moved = System.nanoTime();
    until(() -> isThere(node, new Membership.Everybody(Set.of(node.name()), bound.max(), false)));
    until(() -> node.everybody().complete());
    assertTrue(System.nanoTime() - moved > bound.max().toNanos());
  }

  private static boolean isThere(Membership node, Membership.Everybody expected) {
    try {
      assertEquals(expected, node.everybody());
      return true;
    } catch (NotAnswerable _) {
      return false; // Its connection was cut.
    }
  }

  @Test
  void a_list_that_does_not_have_this_node_is_another_databases_and_it_begins_anew()
      throws Exception {
    Staleness longer = new Staleness(Duration.ofSeconds(20));
    Membership other = join(longer);
    Membership node = join(new Staleness(Duration.ofSeconds(5)));
    assertFalse(node.alone());
    other.close();
    String before = node.name();
    emptyList();
    assertThrows(NotAnswerable.class, node::everybody);
    until(() -> !node.name().equals(before));
    // The other may still answer, and is not on this list.
    assertFalse(node.isSettled());
    var known = new Membership.Everybody(Set.of(node.name()), longer.max(), false);
    assertEquals(known, node.everybody());
  }

  @Test
  void a_list_read_under_a_new_name_is_not_taken_for_complete_by_what_is_known_of_the_old()
      throws Exception {
    Database database = Database.open(scratch.settings().withConnections(1, 1));
    opened.add(database);
    Nodes nodes = database.nodes();
    Membership node =
        new Membership(nodes, new Staleness(database.installation().maxStaleness()), LEASE);
    opened.add(node);
    until(node::isSettled);
    assertTrue(node.everybody().complete());
    node.close(); // It is as if its thread stood still from here on.
    emptyList();
    String renewed = nodes.renew();
    assertEquals(
        new Membership.Everybody(Set.of(renewed), database.installation().maxStaleness(), false),
        node.everybody());
  }
}
