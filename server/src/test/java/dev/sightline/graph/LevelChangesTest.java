package dev.sightline.graph;

import static dev.sightline.graph.Story.AGENT;
import static dev.sightline.graph.Story.ANN;
import static dev.sightline.graph.Story.BOB;
import static dev.sightline.graph.Story.SALES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Change;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.Revision;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a step tells, where random histories seldom come by. */
class LevelChangesTest {
  private static final TeamId INNER = new TeamId("inner");
  private static final TeamId OUTER = new TeamId("outer");

  private final Story story = new Story();

  @Test
  void leaving_a_team_that_itself_leaves_another_is_told() {
    story.team(INNER, BOB);
    story.team(OUTER, INNER);
    story.entry(OUTER, Level.EDITOR);
    assertTold(
        List.of(new LevelChange(BOB, SALES, Level.EDITOR, Level.VIEWER)),
        new Change.MembershipChanged(INNER, BOB, false),
        new Change.MembershipChanged(OUTER, INNER, false));
  }

  @Test
  void joining_a_team_that_itself_joins_another_is_told() {
    story.team(INNER);
    story.team(OUTER);
    story.entry(OUTER, Level.EDITOR);
    assertTold(
        List.of(new LevelChange(BOB, SALES, Level.VIEWER, Level.EDITOR)),
        new Change.MembershipChanged(INNER, BOB, true),
        new Change.MembershipChanged(OUTER, INNER, true));
  }

  @Test
  void a_rename_touches_nobody() {
    DashboardFacts sales = story.graph.facts().dashboard(SALES);
    OrgGraph before = story.graph;
    Change rename = new Change.DashboardChanged(SALES, sales, sales.withName("Other"));
    OrgGraph after = story.tell(rename);
    assertTrue(LevelChanges.byRevision(before, after, List.of(rename)).isEmpty());
  }

  @Test
  void one_entry_touches_one_pair() {
    OrgGraph before = story.graph;
    Change entry = new Change.EntryChanged(SALES, BOB, null, new Entry(Level.EDITOR, null));
    LevelChanges told = LevelChanges.byRevision(before, story.tell(entry), List.of(entry));
    assertEquals(1, told.atMost());
    assertEquals(BOB, told.onlyPerson());
    assertEquals(SALES, told.onlyDashboard());
    assertTrue(told.of(List.of(ANN)).isEmpty());
    assertTrue(told.on(List.of(new DashboardId("other"))).isEmpty());
    assertEquals(1, told.on(List.of(SALES)).atMost());
  }

  @Test
  void an_organization_without_dashboards_touches_nobody_when_it_is_made() {
    Revision first = story.told.getFirst();
    OrgGraph nothing = OrgGraph.empty(story.graph.id());
    OrgGraph made = nothing.applied(first);
    assertTrue(LevelChanges.byRevision(nothing, made, first.changes()).isEmpty());
  }

  @Test
  void what_ends_at_one_instant_is_one_step() {
    Instant end = Story.START.plusSeconds(1_000);
    story.agent("Support");
    story.entry(BOB, Level.NONE, end);
    GrantFacts.Holder holder = new GrantFacts.Holder.Agent(AGENT);
    Set<SupportRole> roles = Set.of(SupportRole.EDITOR);
    story.grant("g", new GrantFacts(holder, roles, List.of(), Story.START, end));
    List<List<LevelChange>> steps = new ArrayList<>();
    TimeSteps.of(story.graph, Micros.of(end)).forEach(step -> steps.add(step.stream().toList()));
    assertEquals(
        List.of(
            List.of(
                new LevelChange(BOB, SALES, Level.NONE, Level.VIEWER),
                new LevelChange(AGENT, SALES, Level.EDITOR, Level.NONE))),
        steps);
  }

  private void assertTold(List<LevelChange> expected, Change... changes) {
    OrgGraph before = story.graph;
    OrgGraph after = story.tell(changes);
    List<LevelChange> told =
        LevelChanges.byRevision(before, after, List.of(changes)).stream().toList();
    assertEquals(expected, told);
  }
}
