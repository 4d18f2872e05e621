package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sightline.Gate.Then;
import dev.sightline.Gate.Way;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.cache.GraphLoader;
import dev.sightline.cache.Graphs;
import dev.sightline.cache.Lease;
import dev.sightline.cache.Staleness;
import dev.sightline.command.Actor;
import dev.sightline.command.Command;
import dev.sightline.command.DashboardCommands;
import dev.sightline.command.DashboardCommands.DashboardResult;
import dev.sightline.command.Decision;
import dev.sightline.command.Idempotency;
import dev.sightline.command.Outcome;
import dev.sightline.command.Situation;
import dev.sightline.command.Writes;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Sha256;
import dev.sightline.model.UserId;
import dev.sightline.store.Author;
import dev.sightline.store.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answer to a COMMIT of several writes is lost: each is told what is known of it. */
class LostGroupCommitTest {
  private static final OrganizationId ORGANIZATION = new OrganizationId("org");
  private static final UserId ADA = new UserId("ada");
  private static final long ANSWERED_WITHIN_SECONDS = 30;

  /** Of so many, one after another would wait for the database for far longer than they may. */
  private static final int MANY = 12;

  private GatedService service;
  private Database database;
  private Graphs graphs;
  private Writes writes;
  private long before;

  @BeforeEach
  void start() {
    service = GatedService.start("");
    Orgs.create(service.node, ORGANIZATION.value(), ADA.value());
    before = service.revision(ORGANIZATION.value());
    database = Database.open(service.gate.through(service.settings().withConnections(2, 2)));
    graphs =
        new Graphs(
            new GraphLoader(database.organizations(), database.proofs()),
            new Staleness(Duration.ofSeconds(20)),
            DatabaseClock.measured(),
            Lease.UNLIMITED,
            64 << 20);
    writes = new Writes(database.organizations(), graphs);
  }

  @AfterEach
  void stop() {
    service.gate.close();
    graphs.close();
    database.close();
    service.close();
  }

  @Test
  void of_those_committed_together_who_has_a_key_is_told_and_who_has_none_is_not()
      throws Exception {
    var firstIsBegun = new CompletableFuture<Void>();
    var othersAreQueued = new CompletableFuture<Void>();
    var first =
        submit(
            "first",
            null,
            situation -> {
              firstIsBegun.complete(null);
              othersAreQueued.join();
              return create("first").decide(situation);
            });
    firstIsBegun.get(ANSWERED_WITHIN_SECONDS, TimeUnit.SECONDS);
    var caught = new AtomicBoolean();
    var second =
        submit(
            "second",
            "key 2",
            situation -> {
              if (!caught.getAndSet(true)) {
                service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.CUT);
              }
              return create("second").decide(situation);
            });
    var third = submit("third", null, create("third"));
    var fourth = submit("fourth", "key 4", create("fourth"));
    var fifth = submit("fifth", null, create("fifth"));
    othersAreQueued.complete(null);
    assertDone(before + 1, first);
    assertDone(before + 2, second);
    assertUnknown(third);
    assertDone(before + 4, fourth);
    assertUnknown(fifth);
    assertEquals(before + 5, service.revision(ORGANIZATION.value()));
  }

  @Test
  void of_those_committed_together_all_are_told_at_once_that_the_database_is_away()
      throws Exception {
    var caught = new AtomicBoolean();
    var together =
        submitTogether((name, situation) -> {
          if (!caught.getAndSet(true)) {
            service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.SHUT);
          }
          return create(name).decide(situation);
        });
    assertUnknownAtOnce(together);
    assertEquals(before + 1 + MANY, service.revision(ORGANIZATION.value()));
  }

  @Test
  void after_a_fault_all_are_told_at_once_that_the_database_is_away() throws Exception {
    var decided = new AtomicInteger();
    var together =
        submitTogether((name, situation) -> {
          switch (decided.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("on purpose");
            case 2 -> service.gate.shut();
            default -> {}
          }
          return create(name).decide(situation);
        });
    assertUnknownAtOnce(together);
    assertEquals(before + 1, service.revision(ORGANIZATION.value()));
  }

  /** Submits writes with keys that find themselves in one transaction, behind one of its own. */
  private List<CompletableFuture<Outcome<Long>>> submitTogether(
      BiFunction<String, Situation, Decision<DashboardResult>> decide) throws Exception {
    var firstIsBegun = new CompletableFuture<Void>();
    var othersAreQueued = new CompletableFuture<Void>();
    var first =
        submit(
            "first",
            null,
            situation -> {
              firstIsBegun.complete(null);
              othersAreQueued.join();
              return create("first").decide(situation);
            });
    firstIsBegun.get(ANSWERED_WITHIN_SECONDS, TimeUnit.SECONDS);
    var together = new ArrayList<CompletableFuture<Outcome<Long>>>();
    for (int i = 0; i < MANY; i++) {
      String name = "of-many-" + i;
      together.add(submit(name, "key " + i, situation -> decide.apply(name, situation)));
    }
    othersAreQueued.complete(null);
    assertDone(before + 1, first);
    return together;
  }

  private static Command<DashboardResult> create(String dashboard) {
    return new DashboardCommands.Create(
        new Actor(ORGANIZATION, ADA),
        new DashboardId(dashboard),
        dashboard,
        Level.VIEWER,
        false,
        null);
  }

  /** Answers with the revision. */
  private CompletableFuture<Outcome<Long>> submit(
      String name, @Nullable String key, Command<DashboardResult> command) {
    return writes.submit(
        ORGANIZATION,
        command,
        new Author(ADA, ORGANIZATION, "test"),
        (_, written) -> written.graph().revision(),
        key == null ? null : idempotency(name, key),
        () -> false);
  }

  private static Idempotency<Long> idempotency(String name, String key) {
    return new Idempotency<>(
        key,
        Sha256.of(name.getBytes(StandardCharsets.UTF_8)),
        revision -> Long.toString(revision).getBytes(StandardCharsets.UTF_8),
        stored -> Long.valueOf(new String(stored, StandardCharsets.UTF_8)));
  }

  private static void assertDone(long revision, CompletableFuture<Outcome<Long>> write)
      throws Exception {
    assertEquals(
        new Outcome.Done<>(revision), write.get(ANSWERED_WITHIN_SECONDS, TimeUnit.SECONDS));
  }

  /** In the time that one of them may take. */
  private static void assertUnknownAtOnce(List<CompletableFuture<Outcome<Long>>> together)
      throws Exception {
    CompletableFuture.allOf(together.toArray(CompletableFuture[]::new))
        .get(ANSWERED_WITHIN_SECONDS, TimeUnit.SECONDS);
    for (var write : together) {
      assertUnknown(write);
    }
  }

  private static void assertUnknown(CompletableFuture<Outcome<Long>> write) throws Exception {
    var refused =
        assertInstanceOf(
            Outcome.Refused.class, write.get(ANSWERED_WITHIN_SECONDS, TimeUnit.SECONDS));
    Refusal refusal = refused.refusal();
    assertEquals(Refusal.Reason.STORE_UNAVAILABLE, refusal.reason());
    assertEquals("UNKNOWN", refusal.facts().get("outcome"));
  }
}
