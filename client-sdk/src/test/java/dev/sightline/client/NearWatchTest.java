package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.Resync;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a near-cache watches, pings, comes back and leaves, and what it does meanwhile. */
class NearWatchTest {
  private static final Optional<Boolean> YES = Optional.of(true);
  private static final Optional<Boolean> ASK = Optional.empty();
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static NearWorld failing() {
    return NearWorld.leased(NearCacheOptions.standard().withWhenLapsed(WhenLapsed.FAIL), 5);
  }

  @Test
  void it_begins_with_the_first_question_and_pings_at_once() {
    var world = new NearWorld();
    assertEquals(0, world.lines.size());
    world.ask("ann", "revenue");
    world.ask("ann", "revenue");
    assertEquals(1, world.lines.size());
    assertTrue(world.line().begun);
    assertEquals(1, world.line().pings.size());
  }

  @Test
  void questions_that_are_never_held_begin_nothing() {
    var world = new NearWorld();
    world.ask("ann", Action.DELETE, "revenue", Freshness.asSeen());
    world.ask("ann", "revenue", Freshness.fullyConsistent());
    assertEquals(0, world.lines.size());
    assertEquals(0, world.cache.statistics().misses());
  }

  @Test
  void it_pings_an_eighth_of_the_bound_apart_while_somebody_asks() {
    var world = NearWorld.leased(5);
    world.live(Duration.ofSeconds(10));
    int pings = world.line().pings.size();
    assertTrue(pings >= 79 && pings <= 82, "" + pings);
  }

  @Test
  void it_pings_on_although_no_pong_has_come_but_not_for_ever() {
    var world = NearWorld.leased(5);
    for (int i = 0; i < 1_900; i++) {
      world.ask("ann", "revenue");
      world.timing.pass(NearWorld.TICK);
    }
    assertEquals(1 + 12, world.line().pings.size());
  }

  @Test
  void while_nobody_asks_it_rests_and_the_next_question_pings_at_once() {
    var world = NearWorld.leased(5);
    world.timing.pass(Duration.ofSeconds(2));
    int pings = world.line().pings.size();
    world.timing.pass(MINUTE);
    assertEquals(pings, world.line().pings.size());
    world.answered("ann", "revenue", true, 5);
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(pings + 1, world.line().pings.size());
    world.line().pong(0);
    assertEquals(YES, world.ask("ann", "revenue"));
  }

  @Test
  void whoever_is_not_asked_for_minutes_leaves_and_forgets() {
    var world = NearWorld.leased(5);
    world.answered("ann", "revenue", true, 5);
    world.timing.pass(Duration.ofMinutes(2));
    world.ask("ann", "revenue");
    world.timing.pass(Duration.ofMinutes(2));
    assertFalse(world.line().cancelled);
    world.timing.pass(MINUTE.plusSeconds(1));
    assertTrue(world.line().cancelled);
    world.ask("ann", "revenue");
    assertEquals(2, world.lines.size());
    assertTrue(world.line().start.getOrganizations(0).getCursor().isEmpty());
  }

  @Test
  void timers_do_not_pile_up() {
    var world = NearWorld.leased(5);
    for (int i = 0; i < 1_000; i++) {
      world.ask("ann", "revenue");
      world.timing.pass(Duration.ofMillis(100));
      if (!world.line().pings.isEmpty()) {
        world.line().pong(0);
      }
    }
    assertTrue(world.timing.waiting() <= 2, "" + world.timing.waiting());
  }

  @Test
  void it_comes_back_after_a_failure_that_passes_if_somebody_asks_meanwhile() {
    var world = NearWorld.leased(5);
    world.line().end(Code.UNAVAILABLE);
    assertEquals(1, world.lines.size());
    world.ask("ann", "revenue");
    world.timing.pass(Duration.ofMillis(20));
    assertEquals(2, world.lines.size());
  }

  @Test
  void if_nobody_asks_it_does_not() {
    var world = NearWorld.leased(5);
    world.line().end(Code.UNAVAILABLE);
    world.timing.pass(MINUTE);
    assertEquals(1, world.lines.size());
    world.ask("ann", "revenue");
    assertEquals(2, world.lines.size());
  }

  @Test
  void it_waits_longer_each_time_until_a_pong_comes() {
    var world = NearWorld.leased(5);
    world.live(Duration.ofSeconds(1));
    for (int i = 0; i < 1_000; i++) {
      if (world.lines.getLast().cancelled || i % 10 == 0) {
        world.line().end(Code.UNAVAILABLE);
      }
      world.ask("ann", "revenue");
      world.timing.pass(Duration.ofMillis(10));
    }
    assertTrue(world.lines.size() < 25, "" + world.lines.size());
  }

  @Test
  void a_refusal_leaves_questions_to_the_service_and_is_tried_again_now_and_then() {
    for (var code : new Code[] {Code.PERMISSION_DENIED, Code.NOT_FOUND, Code.UNIMPLEMENTED}) {
      var world = new NearWorld(NearCacheOptions.standard().withWhenLapsed(WhenLapsed.FAIL));
      world.ask("ann", "revenue");
      world.line().end(code);
      for (int i = 0; i < 100; i++) {
        assertEquals(ASK, world.ask("ann", "revenue"));
        world.timing.pass(Duration.ofSeconds(1));
      }
      assertEquals(4, world.lines.size(), code.name());
      world.close();
    }
  }

  @Test
  void a_token_that_ends_while_the_line_is_open_is_no_refusal() {
    var world = NearWorld.leased(5);
    world.line().end(Code.UNAUTHENTICATED);
    world.ask("ann", "revenue");
    world.timing.pass(Duration.ofMillis(50));
    assertEquals(2, world.lines.size());
  }

  @Test
  void a_service_that_does_not_say_the_bound_gives_no_lease() {
    var world = new NearWorld();
    world.ask("ann", "revenue");
    world.line().started(5);
    world.line().pong(world.line().pings.getLast(), 0, 0);
    world.answered("ann", "revenue", true, 5);
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertTrue(world.line().cancelled);
  }

  @Test
  void an_organization_that_is_no_more_is_not_held() {
    var world = NearWorld.leased(5);
    world.answered("ann", "revenue", true, 5);
    world.line().resync(0, Resync.Reason.REASON_LOG_CHANGED);
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
  }

  @Test
  void a_line_that_owes_a_pong_for_long_is_given_up() {
    var world = NearWorld.leased(5);
    var silent = world.line();
    for (int i = 0; i < 2_300 && world.lines.size() == 1; i++) {
      world.ask("ann", "revenue");
      world.timing.pass(NearWorld.TICK);
    }
    assertTrue(silent.cancelled);
    assertEquals(2, world.lines.size());
  }

  @Test
  void one_that_has_to_begin_first_is_waited_for_longer() {
    var world = new NearWorld();
    for (int i = 0; i < 2_900; i++) {
      world.ask("ann", "revenue");
      world.timing.pass(Duration.ofMillis(10));
    }
    assertEquals(1, world.lines.size());
    for (int i = 0; i < 300; i++) {
      world.ask("ann", "revenue");
      world.timing.pass(Duration.ofMillis(10));
    }
    assertEquals(2, world.lines.size());
  }

  // ---- when the lease lapses

  @Test
  void a_lapse_asks_unless_it_is_to_fail() {
    var world = NearWorld.leased(5);
    world.answered("ann", "revenue", true, 5);
    world.line().end(Code.UNAVAILABLE);
    world.timing.stall(Duration.ofSeconds(2));
    assertEquals(ASK, world.ask("ann", "revenue"));
  }

  @Test
  void to_fail_is_not_to_ask_and_ends_when_the_watch_is_back() {
    var world = failing();
    world.live(Duration.ofSeconds(2));
    world.answered("ann", "revenue", true, 5);
    world.line().end(Code.UNAVAILABLE);
    assertEquals(ASK, world.ask("ann", "revenue"), "it may just be moving to another node");
    askFor(world, Duration.ofMillis(850));
    world.timing.stall(Duration.ofMillis(130));
    var failure = assertThrows(SightlineException.class, () -> world.ask("ann", "revenue"));
    assertEquals(Code.UNAVAILABLE, failure.code());
    assertThrows(SightlineException.class, () -> world.ask("ann", "costs"));
    world.line().started(5);
    world.line().pong(0);
    assertEquals(YES, world.ask("ann", "revenue"));
    assertEquals(ASK, world.ask("ann", "costs"));
  }

  /** Asks all along, and is not refused. */
  private static void askFor(NearWorld world, Duration time) {
    for (var left = time; left.isPositive(); left = left.minus(NearWorld.TICK)) {
      assertEquals(ASK, world.ask("ann", "revenue"));
      world.timing.pass(NearWorld.TICK);
    }
    world.timing.pass(NearWorld.TICK);
  }

  @Test
  void whoever_has_rested_may_ask_for_as_long_as_a_lease_lasts() {
    var world = failing();
    world.timing.pass(MINUTE);
    askFor(world, Duration.ofMillis(980));
    assertThrows(SightlineException.class, () -> world.ask("ann", "revenue"));
  }

  @Test
  void before_the_first_lease_the_service_is_asked() {
    var world = new NearWorld(NearCacheOptions.standard().withWhenLapsed(WhenLapsed.FAIL));
    for (int i = 0; i < 100; i++) {
      assertEquals(ASK, world.ask("ann", "revenue"));
      world.timing.pass(Duration.ofMillis(100));
    }
  }

  // ---- bounds

  @Test
  void the_organization_used_least_recently_makes_room() {
    var world = new NearWorld(NearCacheOptions.standard().withOrganizations(2));
    for (var id : new String[] {"a", "b", "c"}) {
      world.timing.pass(Duration.ofSeconds(1));
      var near = world.acme.of(id);
      near.find("ann", Action.VIEW, "revenue", Freshness.asSeen());
      world.line().started(5);
      world.line().pong(0);
    }
    assertTrue(world.lines.get(0).cancelled);
    assertFalse(world.lines.get(1).cancelled);
    assertEquals(2, world.cache.statistics().organizations());
  }

  @Test
  void one_that_was_let_go_is_held_anew_by_whoever_has_it_at_hand() {
    var world = NearWorld.leased(NearCacheOptions.standard().withOrganizations(1), 5);
    world.answered("ann", "revenue", true, 5);
    world.acme.of("other").find("ann", Action.VIEW, "revenue", Freshness.asSeen());
    assertEquals(ASK, world.ask("ann", "revenue"));
    assertEquals(3, world.lines.size());
    assertEquals("acme", world.line().organization());
    world.line().started(6);
    world.line().pong(0);
    world.answered("ann", "revenue", true, 6);
    assertEquals(YES, world.ask("ann", "revenue"));
  }

  @Test
  void when_the_client_is_closed_nothing_is_held_and_nothing_watched() {
    var world = NearWorld.leased(5);
    world.answered("ann", "revenue", true, 5);
    world.close();
    assertTrue(world.line().cancelled);
    assertEquals(ASK, world.ask("ann", "revenue", Freshness.minimizeLatency()));
    world.timing.pass(Duration.ofHours(1));
    assertEquals(1, world.lines.size());
  }

  @Test
  void statistics_count_what_they_say() {
    var world = NearWorld.leased(5);
    long misses = world.cache.statistics().misses();
    world.ask("ann", "revenue");
    world.answered("ann", "revenue", true, 5);
    world.answered("ann", "costs", true, 5);
    world.ask("ann", "revenue");
    world.ask("ann", "revenue");
    world.line().changed(6, "ann", "revenue");
    world.answered("ann", "revenue", true, 5);
    var now = world.cache.statistics();
    assertEquals(new NearCacheStatistics(2, misses + 1, 2, 1, 1, 0, 0, 1, 1), now);
  }
}
