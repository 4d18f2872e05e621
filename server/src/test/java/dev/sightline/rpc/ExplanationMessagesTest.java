package dev.sightline.rpc;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.cache.Since;
import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.v1.Alternative;
import dev.sightline.v1.ExplainResponse;
import dev.sightline.v1.LevelHistory;
import dev.sightline.v1.LevelSince;
import dev.sightline.v1.Supposition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people and programs are told, for each line of the rules. */
class ExplanationMessagesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant END = Instant.parse("2026-03-02T12:00:00Z");
  private static final DashboardId SALES = new DashboardId("sales");
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final UserId SUE = new UserId("support:sue");
  private static final TeamId TEAM = new TeamId("field");
  private static final TeamId OUTER = new TeamId("all");

  private OrgGraph graph = OrgGraph.empty(new OrganizationId("acme"));

  /** Ann owns the dashboard, whose default is VIEWER; Bob is an ANALYST. */
  ExplanationMessagesTest() {
    tell(new Change.OrganizationChanged(null, new OrganizationFacts("Acme", null)));
    user(ANN, Role.ANALYST, Status.ACTIVE);
    user(BOB, Role.ANALYST, Status.ACTIVE);
    dashboard(Level.VIEWER, false);
  }

  @Test
  void a_company_default_is_replaced_by_entries() {
    assertExplained(
        BOB,
        "bob has VIEWER on sales because that is its company default.",
        "An entry of NONE or EDITOR for them would replace the company default, and so would one"
            + " for a team that they are in.");
    assertSupposed(
        BOB,
        "SUPPOSITION_USER_ENTRY_SET LEVEL_NONE BECAUSE_USER_ENTRY",
        "SUPPOSITION_USER_ENTRY_SET LEVEL_EDITOR BECAUSE_USER_ENTRY");
  }

  @Test
  void a_company_default_is_replaced_by_entries_of_teams() {
    team(TEAM, BOB);
    assertExplained(
        BOB,
        "bob has VIEWER on sales because that is its company default.",
        "An entry of NONE or EDITOR for them would replace the company default, and so would one"
            + " for team field, which they are in.");
    assertSupposed(
        BOB,
        "SUPPOSITION_USER_ENTRY_SET LEVEL_NONE BECAUSE_USER_ENTRY",
        "SUPPOSITION_USER_ENTRY_SET LEVEL_EDITOR BECAUSE_USER_ENTRY",
        "SUPPOSITION_TEAM_ENTRY_SET LEVEL_NONE BECAUSE_TEAM_ENTRY",
        "SUPPOSITION_TEAM_ENTRY_SET LEVEL_EDITOR BECAUSE_TEAM_ENTRY");
    Alternative team = explained(BOB).getAlternatives(3);
    assertEquals("field", team.getTeamId());
    assertEquals(dev.sightline.v1.Level.LEVEL_EDITOR, team.getEntryLevel());
    assertEquals(
        "With an entry of EDITOR for team field, they would have EDITOR because an entry says so"
            + " for team field.",
        team.getSentence());
  }

  @Test
  void an_entry_uncovers_what_lies_beneath_it() {
    entry(BOB, Level.NONE, null);
    assertExplained(
        BOB,
        "bob has NONE on sales because an entry says so for them.",
        "Without the entry for them, they would have VIEWER because that is its company default.");
    assertSupposed(BOB, "SUPPOSITION_USER_ENTRY_REMOVED LEVEL_VIEWER BECAUSE_COMPANY_DEFAULT");
  }

  @Test
  void an_entry_that_ends_says_what_is_then_and_what_is_without_it() {
    team(TEAM, BOB);
    entry(TEAM, Level.EDITOR, END);
    entry(BOB, Level.VIEWER, END);
    assertExplained(
        BOB,
        "bob has VIEWER on sales because an entry says so for them, until 2026-03-02T12:00:00Z.",
        "From 2026-03-02T12:00:00Z on, they will still have VIEWER because that is its company"
            + " default. Without the entry for them, they would have EDITOR because an entry says"
            + " so for team field.");
    assertSupposed(
        BOB,
        "SUPPOSITION_TIME_PASSES LEVEL_VIEWER BECAUSE_COMPANY_DEFAULT",
        "SUPPOSITION_USER_ENTRY_REMOVED LEVEL_EDITOR BECAUSE_TEAM_ENTRY");
    assertEquals(1_772_452_800_000_000L, explained(BOB).getAlternatives(0).getAtMicros());
  }

  @Test
  void an_entry_of_a_team_may_have_another_beneath_it() {
    team(TEAM, BOB);
    team(OUTER, TEAM);
    entry(OUTER, Level.EDITOR, null);
    entry(TEAM, Level.EDITOR, null);
    assertExplained(
        BOB,
        "bob has EDITOR on sales because an entry says so for team all (through field, in all).",
        "Without the entry for team all, they would still have EDITOR because an entry says so for"
            + " team field.");
    assertSupposed(BOB, "SUPPOSITION_TEAM_ENTRY_REMOVED LEVEL_EDITOR BECAUSE_TEAM_ENTRY");
    assertEquals("all", explained(BOB).getAlternatives(0).getTeamId());
  }

  @Test
  void a_draft_would_be_seen_by_its_entries_and_default_if_it_were_published() {
    dashboard(Level.NONE, true);
    assertExplained(
        BOB,
        "bob has NONE on sales because it is a draft.",
        "If it were published, they would still have NONE because that is its company default.");
    entry(BOB, Level.EDITOR, null);
    assertExplained(
        BOB,
        "bob has NONE on sales because it is a draft.",
        "If it were published, they would have EDITOR because an entry says so for them.");
    assertSupposed(BOB, "SUPPOSITION_DASHBOARD_PUBLISHED LEVEL_EDITOR BECAUSE_USER_ENTRY");
  }

  @Test
  void somebody_disabled_would_have_their_level_again_if_enabled() {
    user(ANN, Role.ANALYST, Status.DISABLED);
    assertExplained(
        ANN,
        "ann has NONE on sales because the account is not active.",
        "If the account were enabled, they would have OWNER because they own it.");
    assertSupposed(ANN, "SUPPOSITION_ACCOUNT_ENABLED LEVEL_OWNER BECAUSE_OWNER");
  }

  @Test
  void somebody_invited_would_have_their_level_once_they_accept() {
    user(BOB, Role.ADMIN, Status.INVITED);
    assertExplained(
        BOB,
        "bob has NONE on sales because the account is not active.",
        "If they accepted the invitation, they would have EDITOR because they are an admin.");
    assertSupposed(BOB, "SUPPOSITION_INVITATION_ACCEPTED LEVEL_EDITOR BECAUSE_ADMIN");
  }

  @Test
  void an_owner_would_keep_an_entry_after_a_transfer() {
    assertExplained(
        ANN,
        "ann has OWNER on sales because they own it.",
        "If they transferred it to somebody else, they would have EDITOR because an entry says so"
            + " for them.");
    assertSupposed(ANN, "SUPPOSITION_OWNERSHIP_TRANSFERRED LEVEL_EDITOR BECAUSE_USER_ENTRY");
    dashboard(Level.VIEWER, true);
    assertSupposed(ANN, "SUPPOSITION_OWNERSHIP_TRANSFERRED LEVEL_NONE BECAUSE_DRAFT");
  }

  @Test
  void an_admin_with_another_role_would_fall_back_to_entries_and_default() {
    user(BOB, Role.ADMIN, Status.ACTIVE);
    assertExplained(
        BOB,
        "bob has EDITOR on sales because they are an admin.",
        "With another role, they would have VIEWER because that is its company default.");
    assertSupposed(BOB, "SUPPOSITION_ROLE_TAKEN LEVEL_VIEWER BECAUSE_COMPANY_DEFAULT");
  }

  @Test
  void who_or_what_is_unknown_has_nothing_that_could_change() {
    UserId nobody = new UserId("nobody");
    assertExplained(
        nobody,
        "nobody has NONE on sales because one of them is not known in this organization.",
        "Only a user and a dashboard that are both there can change that; what was deleted does not"
            + " come back.");
    assertSupposed(nobody);
    assertTrue(
        explained(SUE)
            .getWhatWouldChangeIt()
            .startsWith("Only an agent whom the vendor has registered can be let in"));
  }

  @Test
  void an_agent_without_a_grant_is_told_which_would_do() {
    agent();
    assertExplained(
        SUE,
        "support:sue has NONE on sales because no support grant that is active reaches it.",
        "With a support grant that reaches it as VIEWER, they would have VIEWER because support was"
            + " granted access. With a support grant that reaches it as EDITOR, they would have"
            + " EDITOR because support was granted access.");
    assertSupposed(
        SUE,
        "SUPPOSITION_GRANT_AS_VIEWER LEVEL_VIEWER BECAUSE_SUPPORT_GRANT",
        "SUPPOSITION_GRANT_AS_EDITOR LEVEL_EDITOR BECAUSE_SUPPORT_GRANT");
  }

  @Test
  void an_agent_needs_to_be_an_administrator_on_what_is_private_or_a_draft() {
    agent();
    dashboard(Level.NONE, false);
    assertSupposed(SUE, "SUPPOSITION_GRANT_AS_ADMINISTRATOR LEVEL_EDITOR BECAUSE_SUPPORT_GRANT");
    dashboard(Level.VIEWER, true);
    assertSupposed(SUE, "SUPPOSITION_GRANT_AS_ADMINISTRATOR LEVEL_EDITOR BECAUSE_SUPPORT_GRANT");
  }

  @Test
  void a_grant_says_when_it_ends_and_what_is_without_it() {
    agent();
    grant("g1", SupportRole.ADMINISTRATOR, NOW, END);
    grant("g2", SupportRole.EDITOR, NOW, END);
    grant("g3", SupportRole.VIEWER, NOW, null);
    assertExplained(
        SUE,
        "support:sue has EDITOR on sales because support was granted access, until"
            + " 2026-03-02T12:00:00Z.",
        "From 2026-03-02T12:00:00Z on, they will have VIEWER because support was granted access. If"
            + " grants g1 and g2 were revoked, they would have VIEWER because support was granted"
            + " access.");
    assertSupposed(
        SUE,
        "SUPPOSITION_TIME_PASSES LEVEL_VIEWER BECAUSE_SUPPORT_GRANT",
        "SUPPOSITION_GRANTS_REVOKED LEVEL_VIEWER BECAUSE_SUPPORT_GRANT");
    assertEquals(List.of("g1", "g2"), explained(SUE).getAlternatives(1).getGrantIdsList());
  }

  @Test
  void a_grant_that_will_begin_is_what_time_brings() {
    agent();
    grant("g1", SupportRole.VIEWER, END, null);
    assertSupposed(
        SUE,
        "SUPPOSITION_TIME_PASSES LEVEL_VIEWER BECAUSE_SUPPORT_GRANT",
        "SUPPOSITION_GRANT_AS_VIEWER LEVEL_VIEWER BECAUSE_SUPPORT_GRANT",
        "SUPPOSITION_GRANT_AS_EDITOR LEVEL_EDITOR BECAUSE_SUPPORT_GRANT");
  }

  @Test
  void a_history_says_since_when_how_and_how_far_it_looked() {
    assertAll(
        () ->
            assertHistory(
                new Since.Step(NOW, 7, false),
                LevelSince.LEVEL_SINCE_STEP,
                "They have had VIEWER since 2026-03-01T12:00:00Z (revision 7)."),
        () ->
            assertHistory(
                new Since.Step(NOW, 7, true),
                LevelSince.LEVEL_SINCE_STEP,
                "They have had VIEWER since 2026-03-01T12:00:00Z, when something ended or began by"
                    + " itself (after revision 7)."),
        () ->
            assertHistory(
                new Since.Before(NOW, 7),
                LevelSince.LEVEL_SINCE_BEFORE,
                "They have had VIEWER since before 2026-03-01T12:00:00Z; nothing older than"
                    + " revision 7 was looked at."),
        () ->
            assertHistory(
                new Since.Ever(),
                LevelSince.LEVEL_SINCE_EVER,
                "They have never had another level on it."));
  }

  private static void assertHistory(Since since, LevelSince expected, String sentence) {
    LevelHistory history = ExplanationMessages.of(Level.VIEWER, since);
    boolean ever = expected == LevelSince.LEVEL_SINCE_EVER;
    assertEquals(expected, history.getSince());
    assertEquals(ever ? 0 : 1_772_366_400_000_000L, history.getSinceMicros());
    assertEquals(ever ? 0 : 7, history.getRevision());
    assertEquals(since instanceof Since.Step step && step.byTime(), history.getByTime());
    assertEquals(sentence, history.getSentence());
  }

  private ExplainResponse explained(UserId person) {
    return ExplanationMessages.of(graph, person, SALES).build();
  }

  private void assertExplained(UserId person, String sentence, String change) {
    ExplainResponse answer = explained(person);
    assertEquals(sentence, answer.getSentence());
    assertEquals(change, answer.getWhatWouldChangeIt());
  }

  private void assertSupposed(UserId person, String... expected) {
    assertEquals(
        List.of(expected),
        explained(person).getAlternativesList().stream()
            .map(one -> one.getSupposing() + " " + one.getLevel() + " " + one.getBecause())
            .toList());
    assertTrue(
        explained(person).getAlternativesList().stream()
            .noneMatch(one -> one.getSupposing() == Supposition.SUPPOSITION_UNSPECIFIED));
  }

  private void tell(Change change) {
    long number = graph.revision() + 1;
    Position position = new Position(number, new LogHash("%064x".formatted(number)), NOW);
    graph = graph.applied(new Revision(position, List.of(change)));
  }

  private void user(UserId user, Role role, Status status) {
    Instant since = role == Role.ADMIN ? NOW : null;
    UserFacts after = new UserFacts(role, status, NOW, since, false, false);
    tell(new Change.UserChanged(user, graph.facts().user(user), after));
  }

  private void dashboard(Level companyDefault, boolean draft) {
    DashboardFacts after = new DashboardFacts("Sales", ANN, companyDefault, draft, null);
    tell(new Change.DashboardChanged(SALES, graph.facts().dashboard(SALES), after));
  }

  private void team(TeamId team, Subject member) {
    tell(new Change.TeamChanged(team, null, new TeamFacts("Team")));
    tell(new Change.MembershipChanged(team, member, true));
  }

  private void entry(Subject subject, Level level, @Nullable Instant end) {
    Entry before = graph.facts().entry(SALES, subject);
    tell(new Change.EntryChanged(SALES, subject, before, new Entry(level, end)));
  }

  private void agent() {
    tell(new Change.AgentChanged(SUE, null, new AgentFacts("Support")));
  }

  private void grant(String id, SupportRole role, Instant start, @Nullable Instant end) {
    GrantFacts.Holder holder = new GrantFacts.Holder.Group("Support");
    GrantFacts facts = new GrantFacts(holder, Set.of(role), List.of(), start, end);
    tell(new Change.GrantChanged(new GrantId(id), null, facts));
  }
}
