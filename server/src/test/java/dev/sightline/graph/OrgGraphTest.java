package dev.sightline.graph;

import static dev.sightline.graph.Story.ANN;
import static dev.sightline.graph.Story.BOB;
import static dev.sightline.graph.Story.SALES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Change;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a graph refuses, and what it says for those who decide about changes. */
class OrgGraphTest {
  private static final TeamId INNER = new TeamId("inner");
  private static final TeamId OUTER = new TeamId("outer");

  private final Story story = new Story();

  @Test
  void a_revision_that_is_not_the_next_is_refused() {
    Revision next = story.revision();
    story.tell();
    assertThrows(IllegalStateException.class, () -> story.graph.applied(next));
  }

  @Test
  void a_revision_from_before_the_graphs_time_is_refused() {
    Revision next = story.revision();
    OrgGraph later = story.graph.through(next.at().plusSeconds(1));
    assertThrows(IllegalStateException.class, () -> later.applied(next));
  }

  @Test
  void graphs_between_which_only_time_passed_have_the_same_facts() {
    OrgGraph graph = story.graph;
    OrgGraph later = graph.through(story.now().plusSeconds(1)).withHead(LogHash.EMPTY);
    assertTrue(later.hasSameFactsAs(graph));
    assertTrue(graph.hasSameFactsAs(later));
    assertTrue(later.hasSameFactsAs(graph.through(story.now())));
  }

  @Test
  void a_graph_has_other_facts_than_the_one_before_a_revision_or_undone() {
    OrgGraph before = story.graph;
    story.entry(BOB, Level.EDITOR);
    assertFalse(story.graph.hasSameFactsAs(before));
    OrgGraph undone = story.graph.rewound(story.told.getLast(), before.position());
    assertFalse(undone.hasSameFactsAs(before));
    assertFalse(undone.hasSameFactsAs(story.graph));
  }

  @Test
  void organizations_of_which_nothing_is_there_do_not_share_it() {
    OrgGraph nothing = OrgGraph.empty(new OrganizationId("acme"));
    assertFalse(nothing.hasSameFactsAs(OrgGraph.empty(new OrganizationId("other"))));
    assertTrue(nothing.hasSameFactsAs(nothing.through(story.now())));
  }

  @Test
  void a_change_from_something_else_than_the_graph_holds_is_refused() {
    Entry entry = new Entry(Level.EDITOR, null);
    DashboardFacts sales = story.graph.facts().dashboard(SALES);
    UserFacts ann = story.graph.facts().user(ANN);
    assertRefused(new Change.EntryChanged(SALES, BOB, entry, null));
    assertRefused(new Change.DashboardChanged(SALES, sales.withName("Other"), sales));
    assertRefused(new Change.DashboardChanged(SALES, null, sales));
    assertRefused(new Change.UserChanged(ANN, ann.withStatus(Status.INVITED), ann));
    assertRefused(new Change.MembershipChanged(INNER, BOB, true));
    assertRefused(new Change.EstateInherited(BOB, ANN, List.of(SALES)));
    assertRefused(new Change.OrganizationChanged(null, new OrganizationFacts("Acme", null)));
  }

  @Test
  void a_change_of_what_is_not_there_is_refused() {
    Entry entry = new Entry(Level.EDITOR, null);
    assertRefused(new Change.EntryChanged(SALES, new UserId("nobody"), null, entry));
    assertRefused(new Change.EntryChanged(SALES, INNER, null, entry));
    assertRefused(new Change.TeamChanged(INNER, new TeamFacts("Team"), null));
  }

  @Test
  void somebody_who_still_owns_something_is_not_deleted() {
    assertRefused(new Change.UserChanged(ANN, story.graph.facts().user(ANN), null));
  }

  @Test
  void a_dashboard_with_entries_is_not_deleted() {
    story.entry(BOB, Level.EDITOR);
    assertRefused(new Change.DashboardChanged(SALES, story.graph.facts().dashboard(SALES), null));
  }

  @Test
  void teams_in_a_circle_are_refused() {
    story.team(INNER);
    story.team(OUTER, INNER);
    assertTrue(story.graph.facts().wouldCloseCircle(INNER, OUTER));
    assertRefused(new Change.MembershipChanged(INNER, OUTER, true));
    assertRefused(new Change.MembershipChanged(INNER, INNER, true));
  }

  @Test
  void a_refused_revision_leaves_the_graph_as_it_was() {
    long fingerprint = story.graph.fingerprint();
    Entry entry = new Entry(Level.EDITOR, null);
    Change good = new Change.EntryChanged(SALES, BOB, null, entry);
    assertThrows(IllegalStateException.class, () -> story.tell(good, good));
    assertEquals(fingerprint, story.graph.fingerprint());
    assertEquals(Level.VIEWER, story.level(BOB));
  }

  @Test
  void time_never_goes_back() {
    OrgGraph later = story.graph.through(story.now().plusSeconds(60));
    assertSame(later, later.through(story.now()));
  }

  @Test
  void the_next_end_is_the_earliest_to_come() {
    Instant end = story.now().plusSeconds(60);
    story.entry(BOB, Level.EDITOR, end.plusSeconds(1));
    story.team(INNER);
    story.entry(INNER, Level.EDITOR, end);
    assertEquals(Micros.of(end), story.graph.nextEnd());
    assertEquals(Micros.of(end.plusSeconds(1)), story.graph.through(end).nextEnd());
    assertEquals(Micros.NEVER, story.graph.through(end.plusSeconds(1)).nextEnd());
  }

  @Test
  void a_rewound_graph_finds_an_end_to_come_again() {
    Instant end = story.now().plusSeconds(2);
    story.entry(BOB, Level.NONE, end);
    Position before = story.graph.position();
    story.tell();
    Revision last = story.revision();
    story.tell();
    assertEquals(Level.VIEWER, story.level(BOB));
    OrgGraph back =
        story.graph.rewound(
            last, new Position(last.number() - 1, before.head(), before.endedThrough()));
    assertEquals(Level.NONE, AccessRules.level(AccessRules.decide(back, BOB, SALES)));
    assertEquals(Micros.of(end), back.nextEnd());
  }

  @Test
  void the_oldest_admin_has_had_the_role_for_longest_then_the_older_account_then_the_lower_id() {
    Instant then = story.now();
    admin("zoe", then, then.minusSeconds(1));
    admin("yan", then, then.minusSeconds(2));
    admin("xia", then, then.minusSeconds(2));
    admin("eva", then.minusSeconds(9), then.plusSeconds(2));
    assertEquals(new UserId("xia"), story.graph.facts().oldestAdmin(null));
    assertEquals(new UserId("yan"), story.graph.facts().oldestAdmin(new UserId("xia")));
    story.user(new UserId("xia"), Role.ADMIN, Status.DISABLED);
    assertEquals(new UserId("yan"), story.graph.facts().oldestAdmin(null));
  }

  private void admin(String id, Instant createdAt, Instant since) {
    UserFacts facts = new UserFacts(Role.ADMIN, Status.ACTIVE, createdAt, since, false, false);
    story.tell(new Change.UserChanged(new UserId(id), null, facts));
  }

  @Test
  void facts_that_differ_have_fingerprints_that_differ() {
    long before = story.graph.fingerprint();
    story.entry(BOB, Level.VIEWER);
    long viewer = story.graph.fingerprint();
    story.entry(BOB, Level.EDITOR);
    assertNotEquals(before, viewer);
    assertNotEquals(viewer, story.graph.fingerprint());
    story.entry(BOB, null);
    assertEquals(before, story.graph.fingerprint());
  }

  @Test
  void the_fingerprint_is_the_same_in_every_process_and_version() {
    tellOfEverything();
    assertEquals(0L, OrgGraph.empty(story.graph.id()).fingerprint());
    assertEquals(2241374906151743492L, story.graph.fingerprint());
  }

  @Test
  void every_kind_of_fact_counts_in_the_fingerprint() {
    Set<Long> met = new HashSet<>();
    OrgGraph graph = OrgGraph.empty(story.graph.id());
    tellOfEverything();
    for (Revision revision : story.told) {
      graph = graph.applied(revision);
      assertTrue(met.add(graph.fingerprint()), () -> "as before " + revision);
    }
  }

  private void tellOfEverything() {
    WorkspaceId space = new WorkspaceId("space");
    story.team(INNER, BOB);
    story.team(OUTER, INNER);
    story.workspace(space);
    story.label(SALES, space);
    story.entry(BOB, Level.NONE, Story.START.plusSeconds(500));
    story.entry(OUTER, Level.EDITOR);
    story.agent("Support");
    GrantFacts.WorkspaceScope scope = new GrantFacts.WorkspaceScope(space, SupportRole.EDITOR);
    GrantFacts.Holder group = new GrantFacts.Holder.Group("Support");
    Set<SupportRole> roles = Set.of(SupportRole.VIEWER);
    story.grant("g", new GrantFacts(group, roles, List.of(scope), Story.START, null));
  }

  @Test
  void the_stable_hash_is_the_one_that_it_is_said_to_be() {
    assertEquals(0xEF46DB3751D8E999L, stableHash("", 0));
    assertEquals(0x32DD38952C4BC720L, stableHash("xxhash", 0));
    assertEquals(0xB559B98D844E0635L, stableHash("xxhash", 20141025));
    assertEquals(0xFBCEA83C8A378BF1L, stableHash("Nobody inspects the spammish repetition", 0));
  }

  private static long stableHash(String text, long seed) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Xx64.hash(bytes, 0, bytes.length, seed);
  }

  @Test
  void the_facts_are_given_as_they_were_set() {
    story.team(INNER, BOB);
    story.team(OUTER, INNER);
    Entry entry = new Entry(Level.EDITOR, story.now());
    story.entry(OUTER, entry.level(), entry.end());
    GraphFacts facts = story.graph.facts();
    assertEquals(entry, facts.entry(SALES, OUTER));
    assertEquals(List.of(SALES), facts.entriesOf(OUTER));
    assertEquals(List.of(SALES), facts.ownedBy(ANN));
    assertEquals(List.of(BOB), facts.members(INNER));
    assertEquals(List.of(INNER), facts.members(OUTER));
    assertEquals(List.of(OUTER), facts.teamsOf(INNER));
    assertEquals(List.of(INNER), facts.teamsOf(BOB));
    assertTrue(facts.isMember(BOB, OUTER));
    assertEquals(List.of(ANN, BOB), facts.users());
    assertEquals(new GraphCounts(2, 0, 2, 0, 1, 1, 2, 0), story.graph.counts());
  }

  private void assertRefused(Change change) {
    assertThrows(IllegalStateException.class, () -> story.graph.applied(story.revision(change)));
  }
}
