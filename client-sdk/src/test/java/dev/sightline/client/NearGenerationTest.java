package dev.sightline.client;

import static dev.sightline.client.NearWorld.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.Resync;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of what is held when a watch ends, begins anew or is asked to confirm. */
class NearGenerationTest {
  private static final Optional<Boolean> YES = Optional.of(true);
  private static final Optional<Boolean> ASK = Optional.empty();

  private final NearWorld world = NearWorld.leased(5);

  @Test
  void a_watch_that_goes_on_at_its_cursor_keeps_what_is_held_but_needs_another_pong() {
    world.answered("ann", "revenue", true, 5);
    world.answered("bob", "revenue", true, 5);
    again();
    assertEquals(TestService.token(5), world.line().start.getOrganizations(0).getCursor());
    world.line().started(5);
    assertEquals(ASK, world.ask("ann", "revenue"));
    world.line().changed(6, "ann", "revenue");
    world.line().pong(0);
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(YES, world.ask("bob", "revenue"));
  }

  /** The line ends, and another is opened. */
  private void again() {
    var before = world.line();
    before.end(Code.UNAVAILABLE);
    world.ask("ann", "revenue");
    world.timing.pass(Duration.ofMillis(50));
    assertTrue(world.line() != before && world.line().begun);
  }

  @Test
  void a_line_that_has_ended_says_nothing_any_more() {
    var before = world.line();
    again();
    world.line().started(5);
    world.answered("ann", "revenue", true, 5);
    before.pong(before.pings.getLast(), 0, TestLine.MAX_STALENESS_MICROS);
    assertEquals(ASK, world.ask("ann", "revenue"));
    before.end(Code.UNAVAILABLE);
    world.line().pong(0);
    assertEquals(YES, world.ask("ann", "revenue"));
  }

  @Test
  void a_watch_that_begins_elsewhere_begins_with_nothing() {
    world.answered("ann", "revenue", true, 5);
    again();
    world.line().started(6);
    world.line().pong(0);
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
  }

  @Test
  void one_that_goes_on_below_an_answer_that_is_held_begins_with_nothing() {
    world.answered("ann", "revenue", true, 5);
    world.answered("bob", "revenue", true, 7);
    again();
    world.line().started(5);
    world.line().pong(0);
    assertEquals(ASK, world.ask("bob", "revenue"), "7 may be of a log that is lost");
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
  }

  @Test
  void an_answer_from_above_what_was_told_is_held_no_longer_than_its_own_proof_allows() {
    ping();
    world.answered("ann", "revenue", true, new Proved(at(7), world.timing.now(), 80_000, 0, null));
    world.live(Duration.ofMillis(899));
    assertEquals(YES, world.ask("ann", "revenue"));
    world.live(NearWorld.TICK);
    assertEquals(ASK, world.ask("ann", "revenue"));
  }

  @Test
  void one_whose_position_was_told_is_held_for_good() {
    ping();
    world.line().changed(7, "bob", "revenue");
    world.answered("ann", "revenue", true, new Proved(at(7), world.timing.now(), 80_000, 0, null));
    world.live(Duration.ofSeconds(5));
    assertEquals(YES, world.ask("ann", "revenue"));
  }

  /** Of a log that was lost: the watch went on with the one that lasts, from before they parted. */
  @Test
  void an_answer_from_below_what_was_told_that_was_never_told_itself_is_not_taken_in() {
    ping();
    world.line().changed(6, "ann", "revenue");
    world.line().changed(8, "bob", "revenue");
    world.answered("ann", "revenue", true, new Proved(at(7), world.timing.now(), 80_000, 0, null));
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
    world.answered("ann", "revenue", false, 8);
    assertEquals(Optional.of(false), world.ask("ann", "revenue"));
  }

  @Test
  void one_from_above_is_not_given_to_who_has_seen_more_once_the_watch_has_passed_it() {
    ping();
    world.answered("ann", "revenue", true, new Proved(at(7), world.timing.now(), 80_000, 0, null));
    assertEquals(YES, world.ask("ann", "revenue"));
    world.line().changed(6, "ann", "revenue");
    world.line().changed(8, "bob", "revenue");
    world.line().pong(0);
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.atLeast(at(8))));
    assertEquals(YES, world.ask("ann", "revenue", Freshness.minimizeLatency()), "within the bound");
    world.live(Duration.ofMillis(900));
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
  }

  @Test
  void a_resync_begins_with_nothing_and_forgets_what_was_seen_of_a_log_that_was_set_back() {
    world.answered("ann", "revenue", true, 9);
    world.line().resync(7, Resync.Reason.REASON_LOG_CHANGED);
    world.line().pong(0);
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
    assertEquals(Freshness.fullyConsistent(), world.seen.floor("acme"));
  }

  @Test
  void one_because_the_cursor_was_too_old_forgets_nothing_that_was_seen() {
    world.seen.seen("acme", at(9));
    world.line().resync(7, Resync.Reason.REASON_CURSOR_TOO_OLD);
    assertEquals(Freshness.atLeast(at(9)), world.seen.floor("acme"));
  }

  @Test
  void an_answer_whose_proof_is_from_before_the_generation_is_not_taken_in() {
    world.timing.pass(Duration.ofMillis(100));
    var before = world.proved(9);
    world.timing.pass(NearWorld.TICK);
    world.line().resync(7, Resync.Reason.REASON_LOG_CHANGED);
    world.timing.pass(Duration.ofMillis(100));
    ping();
    world.answered("ann", "revenue", true, before);
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
    var oldProof = new Proved(at(9), world.timing.now(), 300_001, 0, null);
    world.answered("ann", "revenue", true, oldProof);
    assertEquals(
        ASK,
        world.ask("ann", "revenue", Freshness.minimizeLatency()),
        "another node has not noticed it yet");
    world.answered("ann", "revenue", true, new Proved(at(9), world.timing.now(), 299_999, 0, null));
    assertEquals(YES, world.ask("ann", "revenue", Freshness.minimizeLatency()));
  }

  private void ping() {
    world.live(Duration.ofMillis(200));
  }

  @Test
  void a_log_that_was_set_back_begins_anew_although_only_an_answer_says_so() {
    world.answered("ann", "revenue", true, 5);
    var before = world.line();
    world.acme.beginAnew();
    assertTrue(before.cancelled);
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
    world.timing.pass(Duration.ofMillis(50));
    assertTrue(world.line().start.getOrganizations(0).getCursor().isEmpty());
  }

  // ---- confirmations

  @Test
  void a_confirmation_is_given_behind_what_came_before_it() {
    world.answered("ann", "revenue", true, 5);
    world.line().changed(6, "ann", "revenue");
    world.line().confirm(17);
    assertEquals(List.of(17L), world.line().confirmed);
    assertEquals(ASK, world.ask("ann", "revenue"));
  }

  @Test
  void the_watch_says_that_it_holds_answers_and_wants_all_and_wide_changes() {
    var start = world.line().start;
    assertTrue(start.getHoldsAnswers());
    assertTrue(!start.getExact() && !start.getRevocationsOnly());
    assertEquals(0, start.getUserIdsCount() + start.getDashboardIdsCount());
  }

  // ---- evidence

  @Test
  void evidence_says_that_it_is_held_where_it_was_decided_and_the_oldest_it_can_be() {
    world.answered(
        "ann", "revenue", true, new Proved(at(5), world.timing.now(), 3, 0, Level.OWNER));
    var evidence =
        world.acme.find("ann", Action.VIEW, "revenue", Freshness.asSeen()).decision.evidence();
    assertTrue(evidence.held());
    assertEquals(at(5), evidence.position());
    assertEquals(Duration.ofMillis(980), evidence.proofAge());
    assertEquals(Optional.empty(), evidence.validFor());
    assertEquals(Optional.of(Level.OWNER), evidence.level());
  }

  @Test
  void a_future_of_a_held_answer_is_the_same_for_all_and_cannot_be_replaced() {
    world.answered("ann", "revenue", true, 5);
    var held = world.acme.find("ann", Action.VIEW, "revenue", Freshness.asSeen());
    assertSame(held.future(), held.future());
    assertSame(held.decision, held.future().join());
    assertThrows(UnsupportedOperationException.class, () -> held.future().obtrudeValue(null));
  }
}
