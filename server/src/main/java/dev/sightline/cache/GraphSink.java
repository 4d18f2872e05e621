package dev.sightline.cache;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.graph.GraphBuilder;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import dev.sightline.store.EntryRun;
import dev.sightline.store.FactSink;
import dev.sightline.store.Head;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a graph of the rows as they come, and checks that they add up. */
final class GraphSink implements FactSink {
  private final OrganizationId id;
  private final GraphBuilder builder;
  private @Nullable Head head;

  GraphSink(OrganizationId id) {
    this.id = id;
    this.builder = new GraphBuilder(id);
  }

  /**
   * The graph of what came; revision 0 if nothing did.
   *
   * @throws IllegalStateException if it does not have the fingerprint that its writer left
   */
  OrgGraph graph() {
    Head seen = head;
    if (seen == null) {
      return OrgGraph.empty(id);
    }
    OrgGraph graph = builder.build(seen.position());
    if (graph.fingerprint() != seen.fingerprint()) {
      throw new IllegalStateException(
          "the rows of organization %s at revision %d are not those that were written: fingerprint %x, expected %x"
              .formatted(id, seen.revision(), graph.fingerprint(), seen.fingerprint()));
    }
    return graph;
  }

  @Override
  public void organization(Head head, OrganizationFacts facts) {
    this.head = head;
    builder.organization(facts);
  }

  @Override
  public void user(UserId user, UserFacts facts) {
    builder.user(user, facts);
  }

  @Override
  public void team(TeamId team, TeamFacts facts) {
    builder.team(team);
  }

  @Override
  public void membership(TeamId team, Subject member) {
    builder.member(team, member);
  }

  @Override
  public void workspace(WorkspaceId workspace, WorkspaceFacts facts) {
    builder.workspace(workspace);
  }

  @Override
  public void dashboard(DashboardId dashboard, DashboardFacts facts) {
    builder.dashboard(dashboard, facts);
  }

  @Override
  public void userEntries(DashboardId dashboard, EntryRun entries) {
    int ordinal = builder.dashboardOrdinal(dashboard.value());
    for (int i = 0; i < entries.size(); i++) {
      int user = builder.userOrdinal(entries.subject(i));
      builder.userEntry(ordinal, user, entries.level(i).ordinal(), entries.endMicros(i));
    }
  }

  @Override
  public void teamEntries(DashboardId dashboard, EntryRun entries) {
    int ordinal = builder.dashboardOrdinal(dashboard.value());
    for (int i = 0; i < entries.size(); i++) {
      int team = builder.teamOrdinal(entries.subject(i));
      builder.teamEntry(ordinal, team, entries.level(i).ordinal(), entries.endMicros(i));
    }
  }

  @Override
  public void agent(UserId agent, AgentFacts facts) {
    builder.agent(agent, facts);
  }

  @Override
  public void grant(GrantId grant, GrantFacts facts) {
    builder.grant(grant, facts);
  }

  @Override
  public void request(RequestId request, RequestFacts facts) {
    builder.request(request, facts);
  }

  @Override
  public void subscriptions(UserId user, List<String> dashboards) {
    int ordinal = builder.userOrdinal(user.value());
    dashboards.forEach(dashboard -> builder.subscription(ordinal, dashboard));
  }
}
