package dev.sightline.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sightline.change.Change;
import dev.sightline.graph.History.Step;
import dev.sightline.graph.NaiveOrganization.Verdict;
import dev.sightline.model.Because;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.Position;
import dev.sightline.model.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What holds for every history, checked on random ones against the naive evaluator. */
class RandomHistoryTest {
  private static final int REVISIONS = 40;

  @Test
  void every_level_and_reason_is_what_the_rules_say() {
    Seeds.each(
        60,
        seed -> {
          for (Step step : History.of(seed, REVISIONS).steps) {
            assertDecidesLike(step.facts(), step.graph());
          }
        });
  }

  @Test
  void every_level_and_reason_is_what_the_rules_say_as_time_passes() {
    Seeds.each(
        60,
        seed -> {
          Step last = History.of(seed, REVISIONS).last();
          for (int second = 0; second < 10; second++) {
            Instant later = last.now().plusSeconds(second);
            assertDecidesLike(last.facts(), last.graph().through(later));
          }
        });
  }

  @Test
  void lists_hold_exactly_what_the_view_check_allows() {
    Seeds.each(
        40,
        seed -> {
          for (Step step : History.of(seed, REVISIONS).steps) {
            for (Purpose purpose : Purpose.values()) {
              assertListsLikeChecks(step.graph(), purpose);
            }
          }
        });
  }

  @Test
  void level_changes_are_the_differences_each_told_once() {
    Seeds.each(
        60,
        seed -> {
          History history = History.of(seed, REVISIONS);
          for (int i = 0; i < history.steps.size(); i++) {
            Step step = history.steps.get(i);
            List<LevelChange> expected =
                history.factsBefore(i).differences(step.now(), step.facts(), step.now());
            LevelChanges told =
                LevelChanges.byRevision(
                    history.graphBefore(i), step.graph(), step.revision().changes());
            assertTold(expected, told);
          }
        });
  }

  @Test
  void level_changes_of_an_undone_revision_are_those_of_the_revision_turned_round() {
    Seeds.each(
        30,
        seed -> {
          History history = History.of(seed, REVISIONS);
          for (int i = 1; i < history.steps.size(); i++) {
            Step step = history.steps.get(i);
            OrgGraph rewound = step.graph().rewound(step.revision(), history.positionBefore(i));
            List<LevelChange> expected =
                history.factsBefore(i).differences(step.now(), step.facts(), step.now());
            List<Change> changes = step.revision().changes();
            assertTold(expected, LevelChanges.byRevision(rewound, step.graph(), changes));
          }
        });
  }

  @Test
  void what_time_ends_is_told_instant_by_instant() {
    Seeds.each(
        60,
        seed -> {
          for (Step step : History.of(seed, REVISIONS).steps) {
            long until = step.graph().endedThrough() + 8_000_000;
            Instant before = step.now();
            for (LevelChanges change : TimeSteps.of(step.graph(), until)) {
              Instant at = Micros.instant(change.after().endedThrough());
              assertEquals(
                  List.of(), step.facts().differences(before, step.facts(), at.minusNanos(1000)));
              assertTold(step.facts().differences(before, step.facts(), at), change);
              before = at;
            }
            Instant end = Micros.instant(until);
            assertEquals(List.of(), step.facts().differences(before, step.facts(), end));
          }
        });
  }

  @Test
  void rewinding_everything_gives_the_graphs_before() {
    Seeds.each(
        40,
        seed -> {
          History history = History.of(seed, REVISIONS);
          OrgGraph graph = history.last().graph();
          for (int i = history.steps.size() - 1; i >= 0; i--) {
            graph = graph.rewound(history.steps.get(i).revision(), history.positionBefore(i));
            assertSame(history.graphBefore(i), graph);
            assertDecidesLike(history.factsBefore(i), graph);
          }
          assertEquals(0, graph.fingerprint());
          for (Step step : history.steps) {
            graph = graph.applied(step.revision());
            assertSame(step.graph(), graph);
          }
        });
  }

  @Test
  void a_loaded_graph_is_the_one_that_the_changes_led_to() {
    Seeds.each(
        40,
        seed -> {
          for (Step step : History.of(seed, REVISIONS).steps) {
            OrgGraph loaded = Loading.of(step.facts(), step.graph().id(), step.graph().position());
            assertSame(step.graph(), loaded);
            assertDecidesLike(step.facts(), loaded);
          }
        });
  }

  @Test
  void a_loaded_graph_goes_on_like_any_other() {
    Seeds.each(
        40,
        seed -> {
          History history = History.of(seed, REVISIONS);
          Step middle = history.steps.get(REVISIONS / 2);
          OrgGraph graph =
              Loading.of(middle.facts(), middle.graph().id(), middle.graph().position());
          for (Step step : history.steps.subList(REVISIONS / 2 + 1, REVISIONS)) {
            graph = graph.applied(step.revision());
            assertSame(step.graph(), graph);
          }
          for (int i = REVISIONS - 1; i >= 0; i--) {
            graph = graph.rewound(history.steps.get(i).revision(), history.positionBefore(i));
            assertSame(history.graphBefore(i), graph);
            assertDecidesLike(history.factsBefore(i), graph);
          }
        });
  }

  @Test
  void a_graph_knows_who_wants_what_in_the_digest_and_what_was_asked_for() {
    Seeds.each(
        40,
        seed -> {
          History history = History.of(seed, REVISIONS);
          for (Step step : history.steps) {
            assertKnowsWhatIsWanted(step.facts(), step.graph());
          }
          OrgGraph graph =
              Loading.of(
                  history.last().facts(), history.empty.id(), history.last().graph().position());
          for (int i = REVISIONS - 1; i >= 0; i--) {
            assertKnowsWhatIsWanted(history.steps.get(i).facts(), graph);
            graph = graph.rewound(history.steps.get(i).revision(), history.positionBefore(i));
          }
        });
  }

  private static void assertKnowsWhatIsWanted(NaiveOrganization facts, OrgGraph graph) {
    List<UserId> subscribers = new ArrayList<>();
    for (UserId user : facts.users.keySet()) {
      List<DashboardId> wanted = facts.subscriptions(user);
      assertEquals(wanted, graph.facts().subscriptions(user));
      if (!wanted.isEmpty()) {
        subscribers.add(user);
      }
      for (DashboardId dashboard : withUnknownDashboard(facts)) {
        assertEquals(wanted.contains(dashboard), graph.facts().isSubscribed(user, dashboard));
      }
      assertEquals(
          List.copyOf(facts.subscriptions.getOrDefault(user, Set.of())),
          graph.facts().allSubscriptions(user));
    }
    assertEquals(subscribers, graph.facts().subscribers());
    assertEquals(facts.pendingRequests, graph.facts().pendingRequests());
  }

  @Test
  void a_decision_stands_until_the_very_instant_that_it_names() {
    Seeds.each(
        40,
        seed -> {
          for (Step step : History.of(seed, REVISIONS).steps) {
            for (UserId person : step.facts().people()) {
              for (DashboardId dashboard : step.facts().dashboards.keySet()) {
                assertValidUntil(step, person, dashboard);
              }
            }
          }
        });
  }

  private static void assertValidUntil(Step step, UserId person, DashboardId dashboard) {
    OrgGraph graph = step.graph();
    long until =
        AccessRules.validUntil(
            graph, graph.personOrdinal(person.value()), graph.dashboardOrdinal(dashboard.value()));
    Verdict now = step.facts().verdict(person, dashboard, step.now());
    for (int tick = 0; tick < 10; tick++) {
      Instant later = step.now().plusSeconds(tick);
      if (Micros.of(later) < until) {
        assertEquals(now, step.facts().verdict(person, dashboard, later), person + " " + dashboard);
      }
    }
    if (until != Micros.NEVER && !person.isAgent()) {
      assertNotEquals(now, step.facts().verdict(person, dashboard, Micros.instant(until)));
    }
  }

  @Test
  void an_explanation_names_facts_that_lead_to_the_level() {
    Seeds.each(
        20,
        seed -> {
          for (Step step : History.of(seed, REVISIONS).steps) {
            for (UserId person : step.facts().people()) {
              for (DashboardId dashboard : step.facts().dashboards.keySet()) {
                assertExplains(step, person, dashboard);
              }
            }
          }
        });
  }

  private static void assertExplains(Step step, UserId person, DashboardId dashboard) {
    OrgGraph graph = step.graph();
    Explanation why =
        Explanation.of(
            graph, graph.personOrdinal(person.value()), graph.dashboardOrdinal(dashboard.value()));
    Verdict verdict = step.facts().verdict(person, dashboard, step.now());
    assertEquals(verdict, new Verdict(why.level(), why.because()));
    if (why.because() == Because.TEAM_ENTRY) {
      assertEquals(true, step.facts().teams.get(why.teams().getFirst()).contains(person));
      for (int i = 1; i < why.teams().size(); i++) {
        assertEquals(
            true, step.facts().teams.get(why.teams().get(i)).contains(why.teams().get(i - 1)));
      }
      var entry = step.facts().entries.get(dashboard).get(why.teams().getLast());
      assertEquals(why.level(), entry.level());
      assertEquals(why.until(), entry.end());
    } else {
      assertEquals(List.of(), why.teams());
    }
  }

  private static void assertDecidesLike(NaiveOrganization facts, OrgGraph graph) {
    Instant now = Micros.instant(graph.endedThrough());
    for (UserId person : withUnknown(facts)) {
      for (DashboardId dashboard : withUnknownDashboard(facts)) {
        int decision = AccessRules.decide(graph, person, dashboard);
        assertEquals(
            facts.verdict(person, dashboard, now),
            new Verdict(AccessRules.level(decision), AccessRules.because(decision)),
            () -> person + " on " + dashboard + " at " + graph.position());
      }
    }
  }

  private static Set<UserId> withUnknown(NaiveOrganization facts) {
    Set<UserId> people = facts.people();
    people.add(new UserId("nobody"));
    people.add(new UserId("support:nobody"));
    return people;
  }

  private static Set<DashboardId> withUnknownDashboard(NaiveOrganization facts) {
    Set<DashboardId> dashboards = new TreeSet<>(facts.dashboards.keySet());
    dashboards.add(new DashboardId("nothing"));
    return dashboards;
  }

  private static void assertListsLikeChecks(OrgGraph graph, Purpose purpose) {
    for (int person = -1; person <= graph.personOrdinals(); person++) {
      OrdinalSet listed = VisibleDashboards.of(graph, person, purpose);
      for (int dashboard = 0; dashboard < graph.dashboardOrdinals(); dashboard++) {
        boolean allowed = allows(graph, person, dashboard, purpose);
        assertEquals(allowed, listed.contains(dashboard), person + " " + dashboard + " " + purpose);
      }
    }
    for (int dashboard = -1; dashboard <= graph.dashboardOrdinals(); dashboard++) {
      OrdinalSet audience = Audience.of(graph, dashboard, purpose);
      for (int person = 0; person < graph.personOrdinals(); person++) {
        boolean allowed = allows(graph, person, dashboard, purpose);
        assertEquals(allowed, audience.contains(person), person + " " + dashboard + " " + purpose);
      }
    }
  }

  private static boolean allows(OrgGraph graph, int person, int dashboard, Purpose purpose) {
    Level level = AccessRules.level(AccessRules.decide(graph, person, dashboard));
    if (!level.atLeast(Level.VIEWER)) {
      return false;
    }
    boolean draft = graph.facts().dashboard(graph.dashboard(dashboard)).draft();
    return purpose != Purpose.DIGEST || !draft;
  }

  private static void assertTold(List<LevelChange> expected, LevelChanges changes) {
    Set<LevelChange> told = new HashSet<>();
    for (LevelChange change : changes) {
      assertEquals(true, told.add(change), "told twice: " + change);
    }
    assertEquals(Set.copyOf(expected), told);
    assertEquals(true, told.size() <= changes.atMost());
    assertEquals(true, !changes.isEmpty() || told.isEmpty());
    for (LevelChange change : told) {
      assertEquals(true, changes.mayTouch(change.user(), change.dashboard()));
      assertEquals(
          true, changes.onlyPerson() == null || changes.onlyPerson().equals(change.user()));
      assertEquals(
          true,
          changes.onlyDashboard() == null || changes.onlyDashboard().equals(change.dashboard()));
    }
  }

  private static void assertSame(OrgGraph expected, OrgGraph graph) {
    assertEquals(expected.position(), graph.position());
    assertEquals(expected.fingerprint(), graph.fingerprint());
    assertEquals(expected.counts(), graph.counts());
    assertEquals(expected.nextEnd(), graph.nextEnd());
    assertEquals(expected.organization(), graph.organization());
  }

  @Test
  void an_id_finds_the_same_ordinal_as_a_string_and_as_bytes() {
    OrgGraph graph = History.of(1, REVISIONS).last().graph();
    for (UserId user : graph.facts().users()) {
      byte[] bytes = ("xx" + user.value() + "yy").getBytes(StandardCharsets.US_ASCII);
      int ordinal = graph.personOrdinal(user.value());
      assertEquals(user, graph.person(ordinal));
      assertEquals(ordinal, graph.personOrdinal(bytes, 2, bytes.length - 2));
      assertEquals(-1, graph.personOrdinal(bytes, 1, bytes.length - 2));
    }
  }

  @Test
  void a_rewound_position_is_the_one_asked_for() {
    History history = History.of(2, 5);
    Position before = history.positionBefore(4);
    assertEquals(
        before, history.last().graph().rewound(history.last().revision(), before).position());
  }
}
