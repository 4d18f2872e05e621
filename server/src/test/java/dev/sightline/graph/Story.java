package dev.sightline.graph;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.Because;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organization told change by change, each a revision a second after the one before: {@code ann}
 * owns what there is, {@code bob} is an ANALYST.
 */
final class Story {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final DashboardId SALES = new DashboardId("sales");
  static final UserId ANN = new UserId("ann");
  static final UserId BOB = new UserId("bob");
  static final UserId AGENT = new UserId("support:sue");

  final List<Revision> told = new ArrayList<>();
  OrgGraph graph = OrgGraph.empty(new OrganizationId("acme"));

  Story() {
    tell(new Change.OrganizationChanged(null, new OrganizationFacts("Acme", null)));
    user(ANN, Role.ANALYST, Status.ACTIVE);
    user(BOB, Role.ANALYST, Status.ACTIVE);
    dashboard(SALES, Level.VIEWER, false);
  }

  /** The instant at which the next change happens. */
  Instant now() {
    return START.plusSeconds(graph.revision());
  }

  OrgGraph tell(Change... changes) {
    Revision revision = revision(changes);
    graph = graph.applied(revision);
    told.add(revision);
    return graph;
  }

  Revision revision(Change... changes) {
    long number = graph.revision() + 1;
    LogHash head = new LogHash("%064x".formatted(number));
    return new Revision(new Position(number, head, now()), List.of(changes));
  }

  void user(UserId user, Role role, Status status) {
    Instant since = role == Role.ADMIN ? now() : null;
    UserFacts before = graph.facts().user(user);
    Instant created = before == null ? now() : before.createdAt();
    UserFacts after = new UserFacts(role, status, created, since, false, false);
    tell(new Change.UserChanged(user, before, after));
  }

  void dashboard(DashboardId dashboard, Level companyDefault, boolean draft) {
    DashboardFacts before = graph.facts().dashboard(dashboard);
    WorkspaceId workspace = before == null ? null : before.workspace();
    DashboardFacts after = new DashboardFacts("Sales", ANN, companyDefault, draft, workspace);
    tell(new Change.DashboardChanged(dashboard, before, after));
  }

  void label(DashboardId dashboard, WorkspaceId workspace) {
    DashboardFacts before = graph.facts().dashboard(dashboard);
    tell(new Change.DashboardChanged(dashboard, before, before.withWorkspace(workspace)));
  }

  void workspace(WorkspaceId workspace) {
    tell(new Change.WorkspaceChanged(workspace, null, new WorkspaceFacts("Space")));
  }

  void team(TeamId team, Subject... members) {
    tell(new Change.TeamChanged(team, null, new TeamFacts("Team")));
    for (Subject member : members) {
      tell(new Change.MembershipChanged(team, member, true));
    }
  }

  void entry(Subject subject, @Nullable Level level) {
    entry(subject, level, null);
  }

  void entry(Subject subject, @Nullable Level level, @Nullable Instant end) {
    Entry before = graph.facts().entry(SALES, subject);
    Entry after = level == null ? null : new Entry(level, end);
    tell(new Change.EntryChanged(SALES, subject, before, after));
  }

  void agent(String group) {
    AgentFacts before = graph.facts().agent(AGENT);
    tell(new Change.AgentChanged(AGENT, before, new AgentFacts(group)));
  }

  void grant(String id, GrantFacts facts) {
    GrantId grant = new GrantId(id);
    tell(new Change.GrantChanged(grant, graph.facts().grant(grant), facts));
  }

  Level level(UserId person) {
    return AccessRules.level(AccessRules.decide(graph, person, SALES));
  }

  Because because(UserId person) {
    return AccessRules.because(AccessRules.decide(graph, person, SALES));
  }
}
