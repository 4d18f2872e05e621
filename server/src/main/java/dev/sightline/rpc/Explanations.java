package dev.sightline.rpc;

import dev.sightline.change.Instants;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.Explanation;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.Because;
import dev.sightline.model.GrantId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.SupportAgents;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import java.util.Arrays;
import java.util.List;

/** Says why somebody has the level that they have. */
final class Explanations {
  private final Calls calls;
  private final Proof proof;
  private final SupportAgents agents;

  Explanations(Calls calls, Proof proof, SupportAgents agents) {
    this.calls = calls;
    this.proof = proof;
    this.agents = agents;
  }

  ExplainResponse explain(ExplainRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    UserId user = Requests.user("user_id", request.getUserId());
    boolean registered = user.isAgent() && isRegistered(user);
    return calls.fresh(
        organization,
        request.getConsistency(),
        fresh -> {
          OrgGraph graph = fresh.graph();
          int person = graph.personOrdinal(user.value());
          int dashboard = AccessRpc.dashboard(graph, request.getDashboardId());
          Explanation explanation = Explanation.of(graph, person, dashboard);
          // The graph knows only the agents whom a grant reaches.
          Because because =
              registered && graph.hasDashboard(dashboard)
                  ? Because.SUPPORT_GRANT
                  : explanation.because();
          return ExplainResponse.newBuilder()
              .setLevel(Enums.toProto(explanation.level()))
              .setBecause(Enums.toProto(because))
              .setRule(because == Because.SUPPORT_GRANT ? 0 : explanation.line())
              .setSentence(Sentences.why(user, request.getDashboardId(), explanation, because))
              .setTeamId(explanation.teams().isEmpty() ? "" : explanation.teams().getLast().value())
              .addAllTeamPath(explanation.teams().stream().map(TeamId::value).toList())
              .addAllGrantIds(explanation.grants().stream().map(GrantId::value).toList())
              .setEndsAtMicros(
                  explanation.until() == null ? 0 : Instants.micros(explanation.until()))
              .addAllAllowedActions(allowed(explanation, because))
              .setPosition(proof.position(fresh))
              .setProofAgeMicros(proof.ageMicros(fresh))
              .setValidForMicros(
                  proof.validForMicros(
                      fresh, person, dashboard, AccessRules.decide(graph, person, dashboard)))
              .build();
        });
  }

  private boolean isRegistered(UserId agent) {
    AgentRow row = agents.find(agent);
    return row != null && !row.removed();
  }

  private static List<dev.sightline.v1.Action> allowed(Explanation explanation, Because because) {
    return Arrays.stream(Action.values())
        .filter(action -> action.allowedBy(explanation.level(), because))
        .map(Enums::toProto)
        .toList();
  }
}
