package dev.sightline.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.History.Step;
import dev.sightline.graph.NaiveOrganization.Verdict;
import dev.sightline.model.Because;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What would change a level, on random histories against plain facts that are changed likewise. */
class AlternativesTest {
  private static final int REVISIONS = 40;

  private final Set<Because> met = EnumSet.noneOf(Because.class);

  @Test
  void every_supposition_leads_to_what_the_rules_say() {
    Seeds.each(
        20,
        seed -> {
          for (Step step : History.of(seed, REVISIONS).steps) {
            for (UserId person : step.facts().people()) {
              for (DashboardId dashboard : step.facts().dashboards.keySet()) {
                assertAlternatives(step, person, dashboard);
              }
            }
          }
        });
    assertEquals(EnumSet.complementOf(EnumSet.of(Because.UNKNOWN)), met);
  }

  private void assertAlternatives(Step step, UserId person, DashboardId dashboard) {
    Verdict now = step.facts().verdict(person, dashboard, step.now());
    List<Alternative> alternatives = Alternative.to(step.graph(), person, dashboard);
    assertFalse(
        alternatives.isEmpty() && now.because() != Because.SUPPORT_GRANT,
        () -> person + " on " + dashboard + " " + now);
    met.add(now.because());
    for (Alternative alternative : alternatives) {
      Verdict then = naive(step, person, dashboard, alternative.supposing());
      Explanation found = alternative.then();
      assertEquals(
          then,
          new Verdict(found.level(), found.because()),
          () -> person + " on " + dashboard + " is " + now + ", supposing " + alternative);
    }
  }

  private static Verdict naive(
      Step step, UserId person, DashboardId dashboard, Supposition supposing) {
    NaiveOrganization facts = step.facts().copy();
    Instant now = supposing instanceof Supposition.TimePasses(Instant to) ? to : step.now();
    Map<Subject, Entry> row = new HashMap<>(facts.entries.getOrDefault(dashboard, Map.of()));
    DashboardFacts on = facts.dashboards.get(dashboard);
    UserFacts user = facts.users.get(person);
    switch (supposing) {
      case Supposition.TimePasses _ -> {}
      case Supposition.AccountEnabled _ -> {
        assertEquals(Status.DISABLED, user.status());
        facts.users.put(person, user.withStatus(Status.ACTIVE));
      }
      case Supposition.InvitationAccepted _ -> {
        assertEquals(Status.INVITED, user.status());
        facts.users.put(person, user.withStatus(Status.ACTIVE));
      }
      case Supposition.OwnershipTransferred _ -> {
        facts.dashboards.put(dashboard, on.withOwner(new UserId("anybody")));
        row.put(person, new Entry(Level.EDITOR, null));
      }
      case Supposition.RoleTaken _ ->
          facts.users.put(person, user.withRole(Role.MANAGER, Instant.EPOCH));
      case Supposition.DashboardPublished _ -> facts.dashboards.put(dashboard, on.withDraft(false));
      case Supposition.UserEntryRemoved _ -> assertEquals(false, row.remove(person) == null);
      case Supposition.TeamEntryRemoved(var team) -> assertEquals(false, row.remove(team) == null);
      case Supposition.UserEntrySet(Level level) -> row.put(person, new Entry(level, null));
      case Supposition.TeamEntrySet(var team, Level level) -> {
        assertEquals(true, facts.teamsOf(person).contains(team));
        row.put(team, new Entry(level, null));
      }
      case Supposition.GrantsRevoked(var grants) ->
          grants.forEach(grant -> assertEquals(false, facts.grants.remove(grant) == null));
      case Supposition.GrantGiven(var role) ->
          facts.grants.put(
              new GrantId("new"),
              new GrantFacts(
                  new GrantFacts.Holder.Agent(person), Set.of(role), List.of(), now, null));
    }
    facts.entries.put(dashboard, row);
    return facts.verdict(person, dashboard, now);
  }

  @Test
  void what_time_brings_comes_first() {
    Seeds.each(
        5,
        seed -> {
          for (Step step : History.of(seed, REVISIONS).steps) {
            for (UserId person : step.facts().people()) {
              for (DashboardId dashboard : step.facts().dashboards.keySet()) {
                Explanation now =
                    Explanation.of(
                        step.graph(),
                        step.graph().personOrdinal(person.value()),
                        step.graph().dashboardOrdinal(dashboard.value()));
                List<Supposition> all =
                    Alternative.to(step.graph(), person, dashboard).stream()
                        .map(Alternative::supposing)
                        .toList();
                assertEquals(
                    now.until() == null
                        ? List.of()
                        : List.of(new Supposition.TimePasses(now.until())),
                    all.stream().filter(Supposition.TimePasses.class::isInstance).toList());
                assertEquals(
                    now.until() != null,
                    !all.isEmpty() && all.getFirst() instanceof Supposition.TimePasses);
              }
            }
          }
        });
  }

  @Test
  void nothing_would_help_who_is_unknown() {
    Story story = new Story();
    UserId nobody = new UserId("nobody");
    assertEquals(List.of(), Alternative.to(story.graph, nobody, Story.SALES));
    assertEquals(List.of(), Alternative.to(story.graph, Story.ANN, new DashboardId("nothing")));
  }

  @Test
  void supposing_leaves_the_graph_as_it_is() {
    Story story = new Story();
    long before = story.graph.fingerprint();
    var _ = Alternative.to(story.graph, Story.ANN, Story.SALES);
    var _ = Alternative.to(story.graph, Story.BOB, Story.SALES);
    assertEquals(before, story.graph.fingerprint());
    assertEquals(Level.OWNER, story.level(Story.ANN));
  }
}
