package dev.sightline.rpc;

import dev.sightline.cache.Fresh;
import dev.sightline.cache.LevelHistory;
import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.SupportAgents;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says why somebody has the level that they have, what would change it, and since when. */
final class Explanations {
  private final Calls calls;
  private final Proof proof;
  private final SupportAgents agents;
  private final Histories histories;

  Explanations(Calls calls, Proof proof, SupportAgents agents) {
    this.calls = calls;
    this.proof = proof;
    this.agents = agents;
    this.histories = new Histories(calls);
  }

  ExplainResponse explain(ExplainRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    UserId user = Requests.user("user_id", request.getUserId());
    DashboardId dashboard = Requests.dashboard(request.getDashboardId());
    AgentRow agent = user.isAgent() ? agents.find(user) : null;
    if (!request.getIncludeHistory()) {
      return answered(request, organization, user, dashboard, agent, null);
    }
    return histories.oneOfFew(() -> {
      LevelHistory history = histories.of(organization, user, dashboard);
      return answered(request, organization, user, dashboard, agent, history);
    });
  }

  private ExplainResponse answered(
      ExplainRequest request,
      OrganizationId organization,
      UserId user,
      DashboardId dashboard,
      @Nullable AgentRow agent,
      @Nullable LevelHistory history)
      throws Exception {
    return calls.fresh(
        organization,
        request.getConsistency(),
        fresh -> {
          ExplainResponse.Builder response =
              ExplanationMessages.of(known(fresh.graph(), agent), user, dashboard);
          if (history != null) {
            Level level = AccessRules.level(AccessRules.decide(fresh.graph(), user, dashboard));
            response.setHistory(ExplanationMessages.of(level, history.since(fresh.graph())));
          }
          return proved(response, fresh, user, dashboard);
        });
  }

  /** The graph knows only the agents whom a grant reaches; the others are let in by none. */
  private static OrgGraph known(OrgGraph graph, @Nullable AgentRow agent) {
    return agent == null
            || agent.removed()
            || graph.revision() == 0
            || graph.facts().agent(agent.id()) != null
        ? graph
        : graph.supposing(
            List.of(new Change.AgentChanged(agent.id(), null, new AgentFacts(agent.group()))));
  }

  private ExplainResponse proved(
      ExplainResponse.Builder response, Fresh fresh, UserId user, DashboardId dashboard) {
    OrgGraph graph = fresh.graph();
    int person = graph.personOrdinal(user.value());
    int what = graph.dashboardOrdinal(dashboard.value());
    return response
        .setPosition(proof.position(fresh))
        .setProofAgeMicros(proof.ageMicros(fresh))
        .setValidForMicros(
            proof.validForMicros(fresh, person, what, AccessRules.decide(graph, person, what)))
        .build();
  }
}
