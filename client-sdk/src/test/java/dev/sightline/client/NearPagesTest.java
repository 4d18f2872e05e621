package dev.sightline.client;

import static dev.sightline.client.NearWorld.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists that are held. */
class NearPagesTest {
  private static final ListOptions IDS = ListOptions.of(Purpose.SIDEBAR);

  private final NearWorld world = NearWorld.leased(5);

  private Page<VisibleDashboard> ask(String user) {
    return ask(user, IDS, "");
  }

  private Page<VisibleDashboard> ask(String user, ListOptions options, String token) {
    return world.acme.find(new HeldPages.Key(user, options, token), Freshness.asSeen());
  }

  private void answered(String user, long revision) {
    answered(user, IDS, "", "", world.proved(revision), 1);
  }

  private void answered(
      String user, ListOptions options, String token, String next, Proved proved, int items) {
    var dashboards =
        IntStream.range(0, items)
            .mapToObj(it -> new VisibleDashboard("d" + it, null, null, Set.of()))
            .toList();
    world.seen.seen("acme", proved.position());
    var page = new Page<>(dashboards, proved.position(), next);
    world.acme.fill(new HeldPages.Key(user, options, token), page, proved);
  }

  @Test
  void a_list_is_given_again_for_what_was_asked_for_and_nothing_else() {
    answered("ann", 5);
    assertNotNull(ask("ann"));
    assertNull(ask("bob"));
    assertNull(ask("ann", IDS.withLevels(), ""));
    assertNull(ask("ann", IDS.withPageSize(7), ""));
    assertNull(ask("ann", ListOptions.of(Purpose.SEARCH), ""));
    assertNull(ask("ann", IDS, "more"));
  }

  @Test
  void names_pills_and_lists_without_drafts_are_always_asked() {
    var digest = ListOptions.of(Purpose.DIGEST);
    for (var options : List.of(IDS.withNames(), IDS.withPills(), digest)) {
      answered("ann", options, "", "", world.proved(5), 1);
      assertNull(ask("ann", options, ""), options.toString());
    }
  }

  @Test
  void any_change_of_the_user_kills_it() {
    answered("ann", 5);
    answered("bob", 5);
    world.line().changed(6, "ann", "revenue");
    assertNull(ask("ann"));
    assertNotNull(ask("bob"));
    answered("ann", 6);
    world.line().userChanged(7, "ann");
    assertNull(ask("ann"));
    assertNotNull(ask("bob"));
  }

  @Test
  void a_wide_change_of_a_dashboard_or_of_all_kills_everybodys() {
    answered("ann", 5);
    world.line().dashboardChanged(6, "revenue");
    assertNull(ask("ann"));
    answered("ann", 6);
    world.line().allChanged(7);
    assertNull(ask("ann"));
  }

  @Test
  void one_that_comes_late_is_not_taken_in() {
    var late = world.proved(5);
    world.line().changed(6, "ann", "revenue");
    answered("ann", IDS, "", "", late, 1);
    assertNull(ask("ann"));
    world.line().userChanged(7, "bob");
    answered("bob", IDS, "", "", late, 1);
    assertNull(ask("bob"));
    answered("cy", IDS, "", "", late, 1);
    assertNotNull(ask("cy"));
    world.line().dashboardChanged(8, "revenue");
    answered("dee", IDS, "", "", world.proved(7), 1);
    assertNull(ask("dee"));
  }

  @Test
  void one_that_knows_of_the_change_stays() {
    answered("ann", 6);
    world.line().changed(6, "ann", "revenue");
    assertNotNull(ask("ann"));
  }

  @Test
  void it_lapses_and_ends_as_decisions_do() {
    answered("ann", 5);
    answered("bob", IDS, "", "", new Proved(at(5), world.timing.now(), 0, 50_000, null), 1);
    world.timing.stall(Duration.ofMillis(50));
    assertNull(ask("bob"));
    assertNotNull(ask("ann"));
    world.timing.stall(Duration.ofMillis(950));
    assertNull(ask("ann"));
  }

  @Test
  void one_that_goes_on_is_held_for_a_minute_because_its_token_is_not_good_for_ever() {
    answered("ann", IDS, "", "more", world.proved(5), 1);
    answered("bob", 5);
    world.live(Duration.ofSeconds(59));
    assertNotNull(ask("ann"));
    world.live(Duration.ofSeconds(2));
    assertNull(ask("ann"));
    assertNotNull(ask("bob"));
  }

  @Test
  void items_count_and_the_least_used_makes_room() {
    var small = NearWorld.leased(NearCacheOptions.standard().withEntries(100), 5);
    var pages = small.cache.pages();
    var generation = new Generation(0, at(1), 10);
    var items =
        IntStream.range(0, 39)
            .mapToObj(it -> new VisibleDashboard("d" + it, null, null, Set.of()))
            .toList();
    var held = new HeldPages.Held(new Page<>(items, at(5), ""), true, Long.MAX_VALUE);
    for (var user : List.of("ann", "bob")) {
      pages.put(generation, new HeldPages.Key(user, IDS, ""), held);
    }
    assertEquals(80, pages.weight());
    assertNotNull(pages.find(generation, new HeldPages.Key("ann", IDS, "")));
    pages.put(generation, new HeldPages.Key("cy", IDS, ""), held);
    assertEquals(80, pages.weight());
    assertNull(pages.find(generation, new HeldPages.Key("bob", IDS, "")));
    assertEquals(1, pages.evictions());
    assertEquals(2, pages.dropAll(generation));
    assertEquals(0, pages.weight());
  }
}
