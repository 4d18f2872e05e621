package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sightline.TestService.Node;
import dev.sightline.v1.AwaitEverywhereRequest;
import dev.sightline.v1.AwaitEverywhereResponse;
import dev.sightline.v1.Confirmed;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.Spread;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.v1.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When nobody honours what was true before a write. */
class EverywhereTest {
  private static final String ORGANIZATION = "acme";

  /** Long enough for proofs on a busy machine. */
  private static final Duration BOUND = Duration.ofSeconds(4);

  private TestService service;
  private Node node;

  @BeforeEach
  void start() {
    begin(BOUND);
  }

  private void begin(Duration bound) {
    service = TestService.start(bound);
    node = service.node();
    Orgs.create(node, ORGANIZATION, "ada");
    Orgs.add(node, ORGANIZATION, "ada", "bo", Role.ROLE_ANALYST);
    Written last = Orgs.dashboard(node, ORGANIZATION, "ada", "d", Level.LEVEL_NONE);
    // A node that has registered just now confirms nothing.
    assertEquals(Spread.SPREAD_LAPSED, await(last).getSpread());
  }

  private void beginAgain(Duration bound) {
    service.close();
    begin(bound);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Written give(Level level) {
    return node.dashboards
        .updateAccess(Orgs.give(ORGANIZATION, "ada", "d", "bo", level))
        .getWritten();
  }

  private static boolean mayView(Node node) {
    return Orgs.view(node, ORGANIZATION, "bo", "d", Consistency.getDefaultInstance()).getAllowed();
  }

  private static AwaitEverywhereRequest.Builder everywhere(ByteString position) {
    return AwaitEverywhereRequest.newBuilder()
        .setOrganizationId(ORGANIZATION)
        .setPosition(position);
  }

  private AwaitEverywhereResponse await(AwaitEverywhereRequest.Builder request) {
    return WatchServiceGrpc.newBlockingStub(node.channel).awaitEverywhere(request.build());
  }

  private AwaitEverywhereResponse await(Written written) {
    return await(everywhere(written.getPosition()));
  }

  /** A watcher who holds answers, and has been told that they are fresh. */
  private Watching nearCache(Node of) throws InterruptedException {
    Watching watching =
        Watching.open(of.channel, Watching.of(ORGANIZATION).setHoldsAnswers(true).build());
    watching.started();
    watching.heartbeat(new ArrayList<>());
    return watching;
  }

  private static void confirm(Watching watching) throws InterruptedException {
    WatchEvent changed = watching.next();
    assertTrue(changed.hasLevelsChanged(), () -> "what is to be heeded comes first: " + changed);
    WatchEvent asked = watching.next();
    assertTrue(asked.hasConfirm(), asked::toString);
    watching.send(
        WatchRequest.newBuilder()
            .setConfirmed(Confirmed.newBuilder().setId(asked.getConfirm().getId()))
            .build());
  }

  @Test
  void a_node_by_itself_confirms_at_once() {
    AwaitEverywhereResponse known = await(give(Level.LEVEL_VIEWER));
    assertEquals(Spread.SPREAD_CONFIRMED, known.getSpread());
    assertEquals(1, known.getNodes());
    assertEquals(1, known.getConfirmedNodes());
  }

  @Test
  void no_node_honours_what_was_true_before_once_all_have_confirmed() {
    Node other = service.node();
    give(Level.LEVEL_VIEWER);
    for (int i = 0; i < 10; i++) {
      assertTrue(mayView(other) || await(give(Level.LEVEL_VIEWER)).getNodes() == 2);
      AwaitEverywhereResponse known = await(give(Level.LEVEL_NONE));
      assertFalse(mayView(other), "no freshness is asked for");
      assertEquals(Spread.SPREAD_CONFIRMED, known.getSpread(), known::toString);
      assertEquals(2, known.getNodes());
      assertEquals(2, known.getConfirmedNodes());
      await(give(Level.LEVEL_VIEWER));
      assertTrue(mayView(other));
    }
  }

  @Test
  void who_holds_answers_is_asked_behind_what_there_is_to_heed_on_whichever_node()
      throws Exception {
    Node other = service.node();
    try (Watching here = nearCache(node);
        Watching there = nearCache(other)) {
      Written written = give(Level.LEVEL_VIEWER);
      var known =
          WatchServiceGrpc.newFutureStub(node.channel)
              .awaitEverywhere(everywhere(written.getPosition()).build());
      confirm(here);
      assertFalse(known.isDone(), "one is still to confirm");
      confirm(there);
      AwaitEverywhereResponse spread = known.get(10, TimeUnit.SECONDS);
      assertEquals(Spread.SPREAD_CONFIRMED, spread.getSpread());
      assertEquals(2, spread.getConfirmedNodes());
    }
  }

  @Test
  void who_does_not_confirm_is_waited_for_until_the_bound_has_passed() throws Exception {
    Duration bound = Duration.ofSeconds(2);
    beginAgain(bound);
    try (Watching silent = nearCache(node)) {
      Written written = give(Level.LEVEL_VIEWER);
      long begin = System.nanoTime();
      AwaitEverywhereResponse notYet =
          await(everywhere(written.getPosition()).setLongestWaitMicros(100_000));
      assertEquals(Spread.SPREAD_NOT_YET, notYet.getSpread(), notYet::toString);
      assertEquals(0, notYet.getConfirmedNodes());
      assertTrue(notYet.getOverInMicros() > 0);
      AwaitEverywhereResponse known = await(written);
      assertTrue(System.nanoTime() - begin >= bound.toNanos(), "too early");
      assertEquals(Spread.SPREAD_LAPSED, known.getSpread(), known::toString);
      assertTrue(silent.next().hasLevelsChanged());
    }
  }

  @Test
  void a_deadline_that_is_too_short_gets_what_is_known() throws Exception {
    try (Watching silent = nearCache(node)) {
      AwaitEverywhereResponse notYet =
          WatchServiceGrpc.newBlockingStub(node.channel)
              .withDeadlineAfter(1, TimeUnit.SECONDS)
              .awaitEverywhere(everywhere(give(Level.LEVEL_VIEWER).getPosition()).build());
      assertEquals(Spread.SPREAD_NOT_YET, notYet.getSpread(), notYet::toString);
      assertTrue(silent.next().hasLevelsChanged());
    }
  }

  @Test
  void who_never_confirms_is_not_asked_for_ever() throws Exception {
    int most = 64;
    try (Watching silent = nearCache(node)) {
      for (int i = 0; i < most + 6; i++) {
        Written written = give(i % 2 == 0 ? Level.LEVEL_VIEWER : Level.LEVEL_NONE);
        var _ = await(everywhere(written.getPosition()).setLongestWaitMicros(1));
      }
      assertNotEquals(Spread.SPREAD_NOT_YET, await(give(Level.LEVEL_VIEWER)).getSpread());
      assertEquals(most, silent.untilNow().stream().filter(WatchEvent::hasConfirm).count());
    }
  }

  @Test
  void who_has_left_is_owed_until_what_was_last_told_has_lapsed() throws Exception {
    Duration bound = Duration.ofSeconds(2);
    beginAgain(bound);
    long told;
    try (Watching gone = nearCache(node)) {
      told = System.nanoTime();
      gone.ping(99, false);
    }
    while (node.server().feeds().count() > 0) {
      Thread.onSpinWait();
    }
    AwaitEverywhereResponse known = await(give(Level.LEVEL_VIEWER));
    // The heartbeat was made before the watcher had it.
    long slack = TimeUnit.MILLISECONDS.toNanos(500);
    assertTrue(System.nanoTime() - told >= bound.toNanos() - slack, "too early");
    assertEquals(Spread.SPREAD_CONFIRMED, known.getSpread(), known::toString);
  }

  @Test
  void who_watches_and_holds_nothing_is_not_waited_for() throws Exception {
    try (Watching watching = Watching.open(node.channel, Watching.of(ORGANIZATION).build())) {
      watching.started();
      watching.heartbeat(new ArrayList<>());
      assertEquals(Spread.SPREAD_CONFIRMED, await(give(Level.LEVEL_VIEWER)).getSpread());
      assertTrue(watching.next().hasLevelsChanged());
    }
  }

  @Test
  void who_was_never_told_that_its_answers_are_fresh_is_not_waited_for() throws Exception {
    try (Watching watching =
        Watching.open(node.channel, Watching.of(ORGANIZATION).setHoldsAnswers(true).build())) {
      watching.started();
      assertEquals(Spread.SPREAD_CONFIRMED, await(give(Level.LEVEL_VIEWER)).getSpread());
    }
  }

  @Test
  void a_node_that_does_not_answer_is_waited_for_until_the_bound_has_passed() {
    Duration bound = Duration.ofSeconds(2);
    beginAgain(bound);
    aNodeDied(bound);
    long begin = System.nanoTime();
    AwaitEverywhereResponse known = await(give(Level.LEVEL_VIEWER));
    assertTrue(System.nanoTime() - begin >= bound.toNanos(), "too early");
    assertEquals(Spread.SPREAD_LAPSED, known.getSpread());
    assertEquals(2, known.getNodes());
    assertEquals(1, known.getConfirmedNodes());
  }

  @Test
  void one_that_has_another_bound_is_waited_for_until_that_has_passed() {
    Duration longer = Duration.ofSeconds(6);
    aNodeDied(longer);
    long begin = System.nanoTime();
    assertEquals(Spread.SPREAD_LAPSED, await(give(Level.LEVEL_VIEWER)).getSpread());
    assertTrue(System.nanoTime() - begin >= longer.toNanos(), "too early");
  }

  private void aNodeDied(Duration bound) {
    service.execute(
        "INSERT INTO node (id, beat, max_staleness_ms) VALUES ('dead', 7, %d)"
            .formatted(bound.toMillis()));
  }

  @Test
  void a_node_that_has_stopped_is_not_waited_for() {
    Node other = service.node();
    assertEquals(2, await(give(Level.LEVEL_VIEWER)).getNodes());
    other.close();
    assertEquals(1, await(give(Level.LEVEL_NONE)).getNodes());
  }

  @Test
  void a_position_that_the_log_does_not_have_is_refused() {
    Written written = give(Level.LEVEL_VIEWER);
    byte[] made = written.getPosition().toByteArray();
    made[made.length - 1] ^= 1;
    assertRefused(
        FAILED_PRECONDITION,
        "POSITION_UNKNOWN",
        () -> await(everywhere(ByteString.copyFrom(made))));
    assertRefused(INVALID_ARGUMENT, "INVALID_POSITION", () -> await(everywhere(ByteString.EMPTY)));
    assertRefused(
        INVALID_ARGUMENT,
        "OUT_OF_RANGE",
        () -> await(everywhere(written.getPosition()).setLongestWaitMicros(-1)));
  }
}
