package dev.sightline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sightline.change.Change;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.model.OrganizationId;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private final DatabaseSettings settings = TestDatabase.fresh();
  private final OrganizationId acme = new OrganizationId("acme");

  private static final String TERMINATE_OTHERS =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
      """;

  @Test
  void a_database_is_migrated_once_and_keeps_what_nodes_share() {
    UUID id;
    try (Database first = Database.open(settings)) {
      id = first.installation().id();
      assertEquals(Duration.ofSeconds(1), first.installation().maxStaleness());
      first.changeMaxStaleness(Duration.ofMillis(300));
    }
    try (Database again = Database.open(settings)) {
      assertEquals(new Installation(id, Duration.ofMillis(300)), again.installation());
    }
  }

  @Test
  void a_database_that_a_newer_program_has_migrated_is_refused() {
    Database.open(settings).close();
    TestDatabase.execute(
        settings,
        """
        INSERT INTO flyway_schema_history
        SELECT 99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 1, 'x', now(), 1, true
        """);
    var refused = assertThrows(StartRefused.class, () -> Database.open(settings));
    assertTrue(refused.getMessage().contains("version 99"), refused.getMessage());
  }

  /** With the limit for transactions in which nothing happens so short that a test can see it. */
  private DatabaseSettings impatient() {
    return DatabaseSettings.of(
            settings.url() + "&options=-c%20idle_in_transaction_session_timeout%3D500ms",
            settings.user(),
            settings.password())
        .withConnections(1, 1);
  }

  /** Until the writer's connection has been idle for longer than it may, or is no more. */
  private void idleTooLong() {
    String sql =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = 'sightline-writes'"
            + " AND clock_timestamp() - state_change < interval '1 second'";
    while (!TestDatabase.text(settings, sql).equals("0")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoever_makes_an_organization_may_take_the_time_that_it_takes() {
    try (Database database = Database.open(impatient())) {
      OrganizationStore store = database.organizations();
      store.write(
          acme,
          transaction -> {
            idleTooLong();
            return transaction.append(
                Sample.AUTHOR, transaction.now(), List.of(Sample.creation()), 1);
          });
      assertEquals(1, store.positionAt(acme, 1).revision());
      assertThrows(
          StoreUnavailable.class,
          () ->
              store.write(
                  acme,
                  transaction -> {
                    idleTooLong();
                    return transaction.rows().user(Sample.ADA);
                  }),
          "nobody else waits for ever for an organization that is there");
      assertEquals(1, store.<Long>write(acme, transaction -> transaction.head().revision()));
    }
  }

  @Test
  void a_database_that_is_away_is_unavailable() {
    var nowhere = DatabaseSettings.of("jdbc:postgresql://localhost:1/nowhere", "nobody", "");
    assertThrows(StoreUnavailable.class, () -> Database.open(nowhere));
  }

  @Test
  void a_silent_database_is_given_up_after_a_minute() throws Exception {
    for (HikariConfig config : List.of(Database.writing(settings), Database.reading(settings))) {
      try (HikariDataSource pool = new HikariDataSource(config);
          Connection connection = pool.getConnection()) {
        assertEquals(60_000, connection.getNetworkTimeout(), config.getPoolName());
      }
    }
  }

  @Test
  void a_connection_lost_before_the_commit_leaves_nothing_behind() {
    try (Database database = Database.open(settings)) {
      OrganizationStore store = database.organizations();
      var failure =
          assertThrows(
              StoreUnavailable.class,
              () ->
                  store.write(
                      acme,
                      transaction -> {
                        transaction.append(
                            Sample.AUTHOR, transaction.now(), List.of(Sample.creation()), 1);
                        TestDatabase.execute(settings, TERMINATE_OTHERS);
                        return transaction.rows().user(Sample.ADA);
                      }));
      assertFalse(failure instanceof CommitOutcomeUnknown);
      assertEquals(1, Sample.append(store, acme, Sample.creation()).revision());
    }
  }

  @Test
  void a_connection_lost_during_the_commit_leaves_the_outcome_unknown() {
    try (Database database = Database.open(settings)) {
      OrganizationStore store = database.organizations();
      var lost = new AtomicBoolean();
      assertThrows(
          CommitOutcomeUnknown.class,
          () ->
              store.write(
                  acme,
                  transaction -> {
                    if (!lost.getAndSet(true)) {
                      TestDatabase.execute(settings, TERMINATE_OTHERS);
                    }
                    return null;
                  }));
    }
  }

  @Test
  void deadlocks_are_resolved_by_trying_again() throws Exception {
    var impatient =
        DatabaseSettings.of(
            settings.url() + "&options=-c%20deadlock_timeout=5ms", settings.user(), "");
    try (Database database = Database.open(impatient)) {
      OrganizationStore store = database.organizations();
      var other = new OrganizationId("other");
      Sample.append(store, acme, Sample.creation());
      Sample.append(store, other, Sample.creation());
      try (var threads = Executors.newFixedThreadPool(2)) {
        Future<?> one = threads.submit(() -> renameOften(store, List.of(acme, other)));
        Future<?> two = threads.submit(() -> renameOften(store, List.of(other, acme)));
        one.get();
        two.get();
      }
      assertEquals(101, store.load(acme, new Facts()).revision());
      assertEquals(101, store.load(other, new Facts()).revision());
    }
  }

  private static void renameOften(OrganizationStore store, List<OrganizationId> organizations) {
    List<Change> rename = List.of(new OrganizationChanged(Sample.ACME, Sample.ACME));
    for (int i = 0; i < 50; i++) {
      store.writeAll(
          organizations,
          transactions -> {
            transactions.forEach(t -> t.append(Sample.AUTHOR, t.now(), rename, 1));
            return null;
          });
    }
  }
}
