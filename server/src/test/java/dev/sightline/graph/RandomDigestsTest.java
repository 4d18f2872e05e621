package dev.sightline.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.graph.History.Step;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What digests hold, on random histories against the naive evaluator. */
class RandomDigestsTest {
  private static final int REVISIONS = 60;

  @Test
  void a_digest_holds_what_its_reader_subscribed_to_can_view_and_is_no_draft() {
    var held = new TreeSet<String>();
    Seeds.each(
        60,
        seed -> {
          for (Step step : History.of(seed, REVISIONS).steps) {
            assertDigests(step.facts(), step.graph(), step.now(), held);
          }
        });
    assertTrue(held.size() > 3, () -> "hardly anything was in a digest: " + held);
  }

  @Test
  void a_digest_loses_and_regains_what_ends_as_time_passes() {
    Seeds.each(
        60,
        seed -> {
          Step last = History.of(seed, REVISIONS).last();
          for (int second = 0; second < 10; second++) {
            Instant later = last.now().plusSeconds(second);
            assertDigests(last.facts(), last.graph().through(later), later, new TreeSet<>());
          }
        });
  }

  private static void assertDigests(
      NaiveOrganization facts, OrgGraph graph, Instant now, Set<String> held) {
    var readers = new ArrayList<UserId>();
    for (UserId person : facts.people()) {
      List<DashboardId> wanted = facts.subscriptions(person);
      Predicate<DashboardId> seen =
          dashboard -> facts.verdict(person, dashboard, now).level().atLeast(Level.VIEWER);
      Predicate<DashboardId> isDraft = dashboard -> facts.dashboards.get(dashboard).draft();
      int ordinal = graph.personOrdinal(person.value());
      assertEquals(
          wanted.stream().filter(seen).toList(),
          ids(graph, Digests.visibleSubscriptions(graph, ordinal)),
          () -> "subscriptions of " + person);
      List<DashboardId> digest = wanted.stream().filter(seen).filter(isDraft.negate()).toList();
      assertEquals(digest, ids(graph, Digests.of(graph, ordinal)), () -> "digest of " + person);
      if (!digest.isEmpty()) {
        readers.add(person);
      }
      digest.forEach(dashboard -> held.add(dashboard.value()));
    }
    List<UserId> subscribers =
        IntStream.of(Digests.subscribers(graph)).mapToObj(graph::person).toList();
    assertEquals(subscribers.stream().sorted().distinct().toList(), subscribers);
    assertTrue(subscribers.containsAll(readers), "whoever has a digest has subscribed");
    assertEquals(0, Digests.of(graph, -1).length, "nobody's digest");
  }

  private static List<DashboardId> ids(OrgGraph graph, int[] dashboards) {
    return IntStream.of(dashboards).mapToObj(graph::dashboard).toList();
  }
}
