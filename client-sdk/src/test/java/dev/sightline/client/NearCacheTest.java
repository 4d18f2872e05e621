package dev.sightline.client;

import static dev.sightline.client.NearWorld.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a near-cache gives, and what it does not. */
class NearCacheTest {
  private static final Optional<Boolean> YES = Optional.of(true);
  private static final Optional<Boolean> NO = Optional.of(false);
  private static final Optional<Boolean> ASK = Optional.empty();
  private static final Duration BOUND = Duration.ofMillis(980);

  private final NearWorld world = NearWorld.leased(5);

  // ---- what is held

  @Test
  void an_answer_is_given_again() {
    world.answered("ann", "revenue", true, 5);
    world.answered("bob", "revenue", false, 5);
    assertEquals(YES, world.ask("ann", "revenue"));
    assertEquals(NO, world.ask("bob", "revenue"));
    assertEquals(ASK, world.ask("ann", "costs"));
  }

  @Test
  void actions_are_held_apart() {
    world.answered("ann", Action.VIEW, "revenue", true, world.proved(5));
    world.answered("ann", Action.EDIT, "revenue", false, world.proved(5));
    assertEquals(YES, world.ask("ann", Action.VIEW, "revenue", Freshness.asSeen()));
    assertEquals(NO, world.ask("ann", Action.EDIT, "revenue", Freshness.asSeen()));
    assertEquals(ASK, world.ask("ann", Action.SHARE, "revenue", Freshness.asSeen()));
  }

  @Test
  void what_an_admin_may_whatever_the_level_is_always_asked() {
    for (var action : new Action[] {Action.DELETE, Action.TRANSFER_OWNERSHIP, Action.SET_DRAFT}) {
      world.answered("ann", action, "revenue", true, world.proved(5));
      assertEquals(ASK, world.ask("ann", action, "revenue", Freshness.asSeen()), action.name());
    }
  }

  @Test
  void ids_that_run_together_are_not_mistaken() {
    world.answered("ann", "b.revenue", true, 5);
    assertEquals(ASK, world.ask("annb", ".revenue"));
    // The same hash codes.
    world.answered("Aa", "revenue", true, 5);
    assertEquals(ASK, world.ask("BB", "revenue"));
  }

  @Test
  void organizations_are_held_apart() {
    world.answered("ann", "revenue", true, 5);
    var other = world.acme.of("other");
    assertEquals(null, other.find("ann", Action.VIEW, "revenue", Freshness.asSeen()));
    world.line().started(3);
    world.line().pong(0);
    assertEquals(null, other.find("ann", Action.VIEW, "revenue", Freshness.minimizeLatency()));
  }

  @Test
  void a_newer_answer_takes_the_place_of_an_older() {
    world.answered("ann", "revenue", true, 5);
    world.answered("ann", "revenue", false, 6);
    assertEquals(NO, world.ask("ann", "revenue"));
    assertEquals(1, world.cache.statistics().entries());
  }

  @Test
  void the_newer_one_dies_with_a_wide_change_too() {
    world.answered("ann", "revenue", true, 5);
    world.answered("ann", "revenue", true, 5);
    world.line().userChanged(6, "ann");
    assertEquals(ASK, world.ask("ann", "revenue"));
    world.answered("ann", "revenue", true, 6);
    world.answered("ann", "revenue", true, 6);
    world.line().dashboardChanged(7, "revenue");
    assertEquals(ASK, world.ask("ann", "revenue"));
  }

  // ---- events

  @Test
  void a_change_of_a_pair_kills_it_and_nothing_else() {
    world.answered("ann", "revenue", true, 5);
    world.answered("ann", "costs", true, 5);
    world.answered("bob", "revenue", true, 5);
    world.line().changed(6, "ann", "revenue");
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(YES, world.ask("ann", "costs"));
    assertEquals(YES, world.ask("bob", "revenue"));
  }

  @Test
  void every_action_of_the_pair_dies() {
    world.answered("ann", Action.VIEW, "revenue", true, world.proved(5));
    world.answered("ann", Action.EDIT, "revenue", true, world.proved(5));
    world.line().changed(6, "ann", "revenue");
    assertEquals(ASK, world.ask("ann", Action.VIEW, "revenue", Freshness.asSeen()));
    assertEquals(ASK, world.ask("ann", Action.EDIT, "revenue", Freshness.asSeen()));
    assertEquals(2, world.cache.statistics().invalidations());
  }

  @Test
  void a_wide_change_of_a_user_kills_all_of_hers() {
    world.answered("ann", "revenue", true, 5);
    world.answered("bob", "revenue", true, 5);
    world.line().userChanged(6, "ann");
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(YES, world.ask("bob", "revenue"));
  }

  @Test
  void a_wide_change_of_a_dashboard_kills_everybodys() {
    world.answered("ann", "revenue", true, 5);
    world.answered("ann", "costs", true, 5);
    world.line().dashboardChanged(6, "revenue");
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(YES, world.ask("ann", "costs"));
  }

  @Test
  void a_change_of_everything_and_one_of_an_unknown_scope_kill_all() {
    world.answered("ann", "revenue", true, 5);
    world.line().allChanged(6);
    assertEquals(ASK, world.ask("ann", "revenue"));
    world.answered("ann", "revenue", true, 6);
    assertEquals(YES, world.ask("ann", "revenue"));
    world.line().wide(7, 77);
    assertEquals(ASK, world.ask("ann", "revenue"));
  }

  @Test
  void an_answer_that_knows_of_the_change_outlives_its_event() {
    world.answered("ann", "revenue", false, 6);
    world.line().changed(6, "ann", "revenue");
    assertEquals(NO, world.ask("ann", "revenue"));
  }

  @Test
  void an_answer_that_comes_after_an_event_it_does_not_know_is_not_taken_in() {
    var late = world.proved(5);
    world.line().changed(6, "ann", "revenue");
    world.answered("ann", "revenue", true, late);
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(1, world.cache.statistics().fillsLost());
    world.answered("ann", "costs", true, world.proved(5));
    assertEquals(YES, world.ask("ann", "costs"), "nothing has touched it");
  }

  @Test
  void nor_after_a_wide_one_of_the_user_the_dashboard_or_all() {
    var late = world.proved(5);
    world.line().userChanged(6, "ann");
    world.answered("ann", "revenue", true, late);
    assertEquals(ASK, world.ask("ann", "revenue"));
    world.line().dashboardChanged(7, "costs");
    world.answered("bob", "costs", true, late);
    assertEquals(ASK, world.ask("bob", "costs"));
    world.line().allChanged(8);
    world.answered("cy", "sales", true, late);
    assertEquals(ASK, world.ask("cy", "sales"));
  }

  @Test
  void an_answer_from_before_the_watch_began_is_not_taken_in() {
    world.answered("ann", "revenue", true, world.proved(4));
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
  }

  @Test
  void what_was_touched_so_long_ago_that_it_is_forgotten_kills_as_well() {
    var late = world.proved(5);
    for (int i = 0; i < 5_000; i++) {
      world.line().changed(6 + i, "user" + i, "revenue");
    }
    world.answered("user0", "revenue", true, late);
    assertEquals(ASK, world.ask("user0", "revenue"));
    world.answered("user4999", "revenue", true, world.proved(5_006));
    assertEquals(YES, world.ask("user4999", "revenue"));
  }

  @Test
  void a_part_of_a_step_kills_but_does_not_count_as_told() {
    world.answered("ann", "revenue", true, 5);
    world.answered("ann", "costs", true, 5);
    world.line().changedInPart(6, "ann", "revenue");
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(ASK, world.ask("ann", "costs"), "6 was seen, and is not told completely");
    world.answered("bob", "revenue", true, 6);
    world.line().changed(6, "ann", "costs");
    assertEquals(ASK, world.ask("ann", "costs"));
    assertEquals(YES, world.ask("bob", "revenue"));
  }

  // ---- the lease

  @Test
  void nothing_is_given_before_the_first_pong() {
    var world = new NearWorld();
    world.ask("ann", "revenue");
    world.line().started(5);
    world.answered("ann", "revenue", true, 5);
    assertEquals(ASK, world.ask("ann", "revenue"));
    world.line().pong(0);
    assertEquals(YES, world.ask("ann", "revenue"));
  }

  @Test
  void a_lease_lasts_98_percent_of_the_bound_from_when_the_ping_was_sent() {
    world.answered("ann", "revenue", true, 5);
    world.timing.stall(BOUND.minus(NearWorld.TICK));
    assertEquals(YES, world.ask("ann", "revenue"), "exactly at its end");
    world.timing.stall(Duration.ofNanos(1));
    assertEquals(ASK, world.ask("ann", "revenue"));
  }

  @Test
  void the_age_of_the_proof_is_taken_off_it() {
    var world = new NearWorld();
    world.ask("ann", "revenue");
    world.line().started(5);
    world.timing.stall(Duration.ofMillis(100)); // How long it takes to answer counts, too.
    world.line().pong(300_000);
    world.answered("ann", "revenue", true, 5);
    world.timing.stall(Duration.ofMillis(580));
    assertEquals(YES, world.ask("ann", "revenue"));
    world.timing.stall(Duration.ofNanos(1));
    assertEquals(ASK, world.ask("ann", "revenue"));
  }

  @Test
  void it_is_renewed_while_somebody_asks() {
    world.answered("ann", "revenue", true, 5);
    world.live(Duration.ofSeconds(10));
    assertEquals(YES, world.ask("ann", "revenue"));
  }

  @Test
  void a_pong_that_comes_late_or_twice_does_not_shorten_it() {
    world.answered("ann", "revenue", true, 5);
    world.live(Duration.ofMillis(500));
    world.line().pong(world.line().pings.getFirst(), 0, TestLine.MAX_STALENESS_MICROS);
    world.line().pong(0);
    world.timing.stall(Duration.ofMillis(700));
    assertEquals(YES, world.ask("ann", "revenue"));
  }

  @Test
  void a_pong_to_no_ping_says_nothing() {
    world.timing.stall(BOUND);
    world.answered("ann", "revenue", true, 5);
    world.line().pong(0, 0, TestLine.MAX_STALENESS_MICROS);
    world.line().pong(99, 0, TestLine.MAX_STALENESS_MICROS);
    assertEquals(ASK, world.ask("ann", "revenue"));
  }

  @Test
  void a_line_that_ends_ends_the_lease() {
    world.answered("ann", "revenue", true, 5);
    world.line().end(Code.UNAVAILABLE);
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(1, world.cache.statistics().lapses());
  }

  // ---- own ends

  @Test
  void an_answer_dies_by_its_own_end_counted_from_when_it_was_asked_for() {
    var ends = new Proved(at(5), world.timing.now(), 0, 50_000, null);
    world.timing.stall(Duration.ofMillis(20));
    world.answered("ann", "revenue", true, ends);
    world.timing.stall(Duration.ofMillis(30).minusNanos(1));
    var held = world.acme.find("ann", Action.VIEW, "revenue", Freshness.asSeen());
    assertEquals(Optional.of(Duration.ofNanos(1)), held.decision.evidence().validFor());
    world.timing.stall(Duration.ofNanos(1));
    assertEquals(ASK, world.ask("ann", "revenue"));
  }

  // ---- what this client has seen

  @Test
  void nothing_older_is_given_than_what_was_seen() {
    world.answered("ann", "revenue", true, 5);
    world.seen.seen("acme", at(7)); // A write of this client, for example.
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(YES, world.ask("ann", "revenue", Freshness.minimizeLatency()));
  }

  @Test
  void what_was_decided_as_late_as_that_is_given() {
    world.answered("ann", "revenue", true, 7);
    assertEquals(YES, world.ask("ann", "revenue"));
  }

  @Test
  void what_is_older_is_given_again_once_the_watch_has_told_as_much() {
    world.answered("ann", "revenue", true, 5);
    world.seen.seen("acme", at(7));
    world.line().changed(6, "bob", "revenue");
    assertEquals(ASK, world.ask("ann", "revenue"));
    world.line().progress(7);
    assertEquals(YES, world.ask("ann", "revenue"));
  }

  @Test
  void or_once_the_lease_is_of_a_moment_well_after_it_was_seen() {
    world.answered("ann", "revenue", true, 5);
    world.seen.seen("acme", at(7));
    var seenAt = world.timing.now();
    while (world.ask("ann", "revenue").isEmpty()) {
      world.live(NearWorld.TICK);
    }
    long after = world.timing.now() - seenAt;
    assertTrue(after >= 245_000_000 && after < 400_000_000, after + " ns");
  }

  @Test
  void a_position_from_elsewhere_holds_too() {
    world.answered("ann", "revenue", true, 5);
    assertEquals(YES, world.ask("ann", "revenue", Freshness.atLeast(at(5))));
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.atLeast(at(6))));
    world.line().changed(6, "bob", "revenue");
    assertEquals(YES, world.ask("ann", "revenue", Freshness.atLeast(at(6))));
    world.seen.seen("acme", at(7));
    world.line().pong(0);
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.atLeast(at(7))), "of which log is it?");
    world.seen.seen("acme", at(9));
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.atLeast(at(6))));
  }

  @Test
  void fully_consistent_always_asks() {
    world.answered("ann", "revenue", true, 5);
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.fullyConsistent()));
  }

  @Test
  void whoever_asks_after_an_event_is_asked_for_nothing_older() {
    world.line().changed(6, "ann", "revenue");
    assertEquals(Freshness.atLeast(at(6)), world.seen.floor("acme"));
  }
}
