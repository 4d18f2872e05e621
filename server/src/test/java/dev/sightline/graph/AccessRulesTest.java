package dev.sightline.graph;

import static dev.sightline.graph.Story.AGENT;
import static dev.sightline.graph.Story.ANN;
import static dev.sightline.graph.Story.BOB;
import static dev.sightline.graph.Story.SALES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sightline.change.Change;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.model.Because;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of the rules, line by line, and the paragraphs after it. */
class AccessRulesTest {
  private static final TeamId INNER = new TeamId("inner");
  private static final TeamId OUTER = new TeamId("outer");
  private static final WorkspaceId SPACE = new WorkspaceId("space");

  private final Story story = new Story();

  @Test
  void somebody_unknown_has_no_level() {
    assertDecided(new UserId("nobody"), Level.NONE, Because.UNKNOWN);
  }

  @Test
  void nobody_has_a_level_on_an_unknown_dashboard() {
    int decision = AccessRules.decide(story.graph, ANN, new DashboardId("nothing"));
    assertEquals(Because.UNKNOWN, AccessRules.because(decision));
  }

  @Test
  void a_deleted_user_is_unknown() {
    story.tell(new Change.UserChanged(BOB, story.graph.facts().user(BOB), null));
    assertDecided(BOB, Level.NONE, Because.UNKNOWN);
  }

  @Test
  void a_deleted_dashboard_is_unknown() {
    story.tell(new Change.DashboardChanged(SALES, story.graph.facts().dashboard(SALES), null));
    assertDecided(ANN, Level.NONE, Because.UNKNOWN);
  }

  @Test
  void an_owner_who_is_disabled_has_no_level() {
    story.user(ANN, Role.ADMIN, Status.DISABLED);
    assertDecided(ANN, Level.NONE, Because.INACTIVE);
  }

  @Test
  void somebody_invited_has_no_level_yet() {
    story.user(BOB, Role.ANALYST, Status.INVITED);
    story.entry(BOB, Level.EDITOR);
    assertDecided(BOB, Level.NONE, Because.INACTIVE);
  }

  @Test
  void the_owner_is_the_owner_even_of_a_draft_and_as_an_admin() {
    story.user(ANN, Role.ADMIN, Status.ACTIVE);
    story.dashboard(SALES, Level.NONE, true);
    assertDecided(ANN, Level.OWNER, Because.OWNER);
  }

  @Test
  void an_admin_is_an_editor_even_of_a_draft_and_against_an_entry() {
    story.user(BOB, Role.ADMIN, Status.ACTIVE);
    story.dashboard(SALES, Level.NONE, true);
    story.entry(BOB, Level.NONE);
    assertDecided(BOB, Level.EDITOR, Because.ADMIN);
  }

  @Test
  void nobody_else_has_a_level_on_a_draft() {
    story.entry(BOB, Level.EDITOR);
    story.dashboard(SALES, Level.EDITOR, true);
    assertDecided(BOB, Level.NONE, Because.DRAFT);
  }

  @Test
  void an_entry_replaces_what_lies_beneath_it_downwards() {
    story.team(INNER, BOB);
    story.entry(INNER, Level.EDITOR);
    story.entry(BOB, Level.NONE);
    assertDecided(BOB, Level.NONE, Because.USER_ENTRY);
  }

  @Test
  void an_entry_replaces_what_lies_beneath_it_upwards() {
    story.entry(BOB, Level.EDITOR);
    assertDecided(BOB, Level.EDITOR, Because.USER_ENTRY);
  }

  @Test
  void a_removed_entry_falls_back_to_the_company_default() {
    story.entry(BOB, Level.EDITOR);
    story.entry(BOB, null);
    assertDecided(BOB, Level.VIEWER, Because.COMPANY_DEFAULT);
  }

  @Test
  void an_end_counts_from_its_very_instant() {
    Instant end = story.now().plusSeconds(60);
    story.entry(BOB, Level.NONE, end);
    story.graph = story.graph.through(end.minusNanos(1000));
    assertDecided(BOB, Level.NONE, Because.USER_ENTRY);
    story.graph = story.graph.through(end);
    assertDecided(BOB, Level.VIEWER, Because.COMPANY_DEFAULT);
  }

  @Test
  void an_ended_entry_falls_back_to_the_teams() {
    story.team(INNER, BOB);
    story.entry(INNER, Level.EDITOR);
    story.entry(BOB, Level.VIEWER, story.now());
    assertDecided(BOB, Level.EDITOR, Because.TEAM_ENTRY);
  }

  @Test
  void of_several_teams_entries_the_highest_counts() {
    story.team(INNER, BOB);
    story.team(OUTER, BOB);
    story.entry(INNER, Level.NONE);
    story.entry(OUTER, Level.EDITOR);
    assertDecided(BOB, Level.EDITOR, Because.TEAM_ENTRY);
  }

  @Test
  void a_lone_team_entry_of_none_takes_the_company_default_away() {
    story.team(INNER, BOB);
    story.entry(INNER, Level.NONE);
    assertDecided(BOB, Level.NONE, Because.TEAM_ENTRY);
  }

  @Test
  void a_member_of_a_member_is_a_member() {
    story.team(INNER, BOB);
    story.team(OUTER, INNER);
    story.entry(OUTER, Level.EDITOR);
    assertDecided(BOB, Level.EDITOR, Because.TEAM_ENTRY);
    story.tell(new Change.MembershipChanged(OUTER, INNER, false));
    assertDecided(BOB, Level.VIEWER, Because.COMPANY_DEFAULT);
  }

  @Test
  void a_team_entry_says_nothing_about_members_of_the_team_around_it() {
    story.team(INNER);
    story.team(OUTER, INNER, BOB);
    story.entry(INNER, Level.EDITOR);
    assertDecided(BOB, Level.VIEWER, Because.COMPANY_DEFAULT);
  }

  @Test
  void an_ended_team_entry_is_as_good_as_none() {
    story.team(INNER, BOB);
    story.entry(INNER, Level.NONE, story.now());
    assertDecided(BOB, Level.VIEWER, Because.COMPANY_DEFAULT);
  }

  @Test
  void otherwise_the_company_default_counts() {
    story.dashboard(SALES, Level.EDITOR, false);
    assertDecided(BOB, Level.EDITOR, Because.COMPANY_DEFAULT);
  }

  @Test
  void an_agent_without_a_grant_has_no_level_and_no_company_default() {
    story.agent("Support");
    assertDecided(AGENT, Level.NONE, Because.SUPPORT_GRANT);
  }

  @Test
  void an_unknown_agent_is_unknown() {
    assertDecided(AGENT, Level.NONE, Because.UNKNOWN);
  }

  @Test
  void an_administrator_edits_drafts_and_private_dashboards() {
    story.agent("Support");
    story.dashboard(SALES, Level.NONE, true);
    story.grant("g", groupGrant(SupportRole.ADMINISTRATOR, null));
    assertDecided(AGENT, Level.EDITOR, Because.SUPPORT_GRANT);
  }

  @Test
  void an_agent_as_editor_reaches_what_is_published_and_open() {
    story.agent("Support");
    story.grant("g", groupGrant(SupportRole.EDITOR, null));
    assertDecided(AGENT, Level.EDITOR, Because.SUPPORT_GRANT);
    story.dashboard(SALES, Level.NONE, false);
    assertDecided(AGENT, Level.NONE, Because.SUPPORT_GRANT);
    story.dashboard(SALES, Level.VIEWER, true);
    assertDecided(AGENT, Level.NONE, Because.SUPPORT_GRANT);
  }

  @Test
  void the_highest_of_several_active_grants_counts() {
    story.agent("Support");
    story.grant("g", groupGrant(SupportRole.EDITOR, null));
    story.grant("h", groupGrant(SupportRole.VIEWER, null));
    assertDecided(AGENT, Level.EDITOR, Because.SUPPORT_GRANT);
  }

  @Test
  void a_grant_for_another_group_or_agent_says_nothing() {
    story.agent("Billing");
    story.grant("g", groupGrant(SupportRole.EDITOR, null));
    story.grant("h", grant(new Holder.Agent(new UserId("support:tom")), List.of(), null));
    assertDecided(AGENT, Level.NONE, Because.SUPPORT_GRANT);
    story.agent("Support");
    assertDecided(AGENT, Level.EDITOR, Because.SUPPORT_GRANT);
  }

  @Test
  void a_grant_that_names_workspaces_reaches_only_their_dashboards() {
    story.agent("Support");
    story.workspace(SPACE);
    story.grant(
        "g", grant(new Holder.Agent(AGENT), List.of(new WorkspaceScope(SPACE, null)), null));
    assertDecided(AGENT, Level.NONE, Because.SUPPORT_GRANT);
    story.label(SALES, SPACE);
    assertDecided(AGENT, Level.EDITOR, Because.SUPPORT_GRANT);
  }

  @Test
  void the_role_for_a_workspace_replaces_the_grants_even_downwards() {
    story.agent("Support");
    story.workspace(SPACE);
    story.label(SALES, SPACE);
    WorkspaceScope scope = new WorkspaceScope(SPACE, SupportRole.VIEWER);
    story.grant("g", grant(new Holder.Agent(AGENT), List.of(scope), null));
    assertDecided(AGENT, Level.VIEWER, Because.SUPPORT_GRANT);
  }

  @Test
  void a_grant_is_over_from_its_very_end() {
    story.agent("Support");
    Instant end = story.now().plusSeconds(5);
    story.grant("g", groupGrant(SupportRole.EDITOR, end));
    assertDecided(AGENT, Level.EDITOR, Because.SUPPORT_GRANT);
    story.graph = story.graph.through(end);
    assertDecided(AGENT, Level.NONE, Because.SUPPORT_GRANT);
  }

  private void assertDecided(UserId person, Level level, Because because) {
    assertEquals(because, story.because(person));
    assertEquals(level, story.level(person));
  }

  private GrantFacts groupGrant(SupportRole role, Instant end) {
    Holder holder = new Holder.Group("Support");
    return new GrantFacts(holder, Set.of(role), List.of(), story.now(), end);
  }

  private GrantFacts grant(Holder holder, List<WorkspaceScope> workspaces, Instant end) {
    Set<SupportRole> roles = Set.of(SupportRole.VIEWER, SupportRole.EDITOR);
    return new GrantFacts(holder, roles, workspaces, story.now(), end);
  }
}
