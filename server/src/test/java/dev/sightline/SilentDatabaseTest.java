package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.Gate.Then;
import dev.sightline.Gate.Way;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateDashboardResponse;
import io.grpc.StatusRuntimeException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database keeps its connections and says nothing any more, in the middle of a write. */
class SilentDatabaseTest {
  /** Instead of the store's own minute: a silent database is taken to be away after so long. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(3);

  /** The store waits for so long for a connection that it may use, beyond the silence. */
  private static final Duration ENDS_WITHIN = SILENCE_LIMIT.plusSeconds(10);

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
  private static final String ORGANIZATION = "org";

  private static final String WAITING_FOR_A_LOCK =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'
      """;

  private GatedService service;
  private long before;

  @BeforeEach
  void start() {
    service = GatedService.start("&prepareThreshold=0&socketTimeout=" + SILENCE_LIMIT.toSeconds());
    Orgs.create(service.node, ORGANIZATION, "ada");
    before = service.revision(ORGANIZATION);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private CreateDashboardResponse create(String key) {
    return service
        .node
        .dashboards
        .withDeadlineAfter(ANSWERS_WITHIN)
        .createDashboard(
            CreateDashboardRequest.newBuilder()
                .setOrganizationId(ORGANIZATION)
                .setActor(Orgs.actor("ada"))
                .setName("A dashboard")
                .setIdempotencyKey(key)
                .build());
  }

  @Test
  void a_write_in_whose_middle_the_database_falls_silent_is_not_done() {
    CountDownLatch silent = service.gate.catchNext(Way.TO_SERVICE, "BEGIN", Then.HOLD);
    assertEnds("NOT_DONE", silent);
    service.open();
    assertEquals(before + 1, createdOnceTheDatabaseAnswers().getWritten().getRevision());
    assertEquals(before + 1, service.revision(ORGANIZATION));
  }

  @Test
  void a_write_whose_commit_the_database_does_not_answer_may_be_done() {
    CountDownLatch silent = service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.HOLD);
    assertEnds("UNKNOWN", silent);
    service.open();
    assertEquals(before + 2, createdOnceTheDatabaseAnswers().getWritten().getRevision());
    assertEquals(before + 2, service.revision(ORGANIZATION));
  }

  @Test
  void a_commit_that_the_database_gets_late_is_awaited_by_who_asks_for_its_key() throws Exception {
    CountDownLatch late = service.gate.catchNext(Way.TO_DATABASE, "COMMIT", Then.STALL);
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<CreateDashboardResponse> answer = thread.submit(() -> create("key"));
      awaitSomebodyWaitingForALock(answer);
      assertEquals(0, late.getCount());
      assertEquals(before, service.revision(ORGANIZATION), "the commit is still on its way");
      service.open();
      CreateDashboardResponse done = answer.get(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS);
      assertEquals(before + 1, done.getWritten().getRevision());
      assertEquals(done, create("key"));
      assertEquals(before + 1, service.revision(ORGANIZATION));
    }
  }

  private void assertEnds(String outcome, CountDownLatch silent) {
    long begin = System.nanoTime();
    StatusRuntimeException refused =
        assertRefused(UNAVAILABLE, "STORE_UNAVAILABLE", () -> create(""));
    assertEquals(0, silent.getCount());
    assertEquals(outcome, Refusals.fact(refused, "outcome"), refused::toString);
    assertTrue(System.nanoTime() - begin < ENDS_WITHIN.toNanos(), "ended, but late");
  }

  private CreateDashboardResponse createdOnceTheDatabaseAnswers() {
    long deadline = System.nanoTime() + ANSWERS_WITHIN.toNanos();
    while (true) {
      try {
        return create("next");
      } catch (StatusRuntimeException notYet) {
        assertEquals(UNAVAILABLE, notYet.getStatus().getCode(), notYet::toString);
        assertTrue(System.nanoTime() - deadline < 0, "the writer does not go on");
      }
    }
  }

  private void awaitSomebodyWaitingForALock(Future<?> answer) throws SQLException {
    long deadline = System.nanoTime() + ANSWERS_WITHIN.toNanos();
    DatabaseSettings settings = service.settings();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      while (isNone(statement)) {
        assertFalse(answer.isDone(), "answered without knowing about the commit");
        assertTrue(System.nanoTime() - deadline < 0, "nobody waits for the commit");
      }
    }
  }

  private static boolean isNone(Statement statement) throws SQLException {
    try (ResultSet waiting = statement.executeQuery(WAITING_FOR_A_LOCK)) {
      waiting.next();
      return waiting.getInt(1) == 0;
    }
  }
}
