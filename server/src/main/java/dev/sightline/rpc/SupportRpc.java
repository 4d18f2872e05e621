package dev.sightline.rpc;

import dev.sightline.model.Ids;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.SupportAgents;
import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.RegisterAgentResponse;
import dev.sightline.v1.SupportAccessServiceGrpc;
import dev.sightline.v1.SupportAgent;
import io.grpc.stub.StreamObserver;

/** The vendor's support agents. */
final class SupportRpc extends SupportAccessServiceGrpc.SupportAccessServiceImplBase {
  private static final int LONGEST_GROUP = 100;

  private final Calls calls;
  private final SupportAgents agents;

  SupportRpc(Calls calls, SupportAgents agents) {
    this.calls = calls;
    this.agents = agents;
  }

  @Override
  public void registerAgent(
      RegisterAgentRequest request, StreamObserver<RegisterAgentResponse> observer) {
    calls.answer(
        observer,
        () -> {
          SupportAgent agent = request.getAgent();
          boolean isNew = agents.register(row(agent));
          DashboardRpc.refuse(isNew ? null : taken(agent.getId()));
          return RegisterAgentResponse.newBuilder().setAgent(agent).build();
        });
  }

  private static AgentRow row(SupportAgent agent) {
    if (!Ids.isWellFormedAgent(agent.getId())) {
      throw Requests.invalid(
          Reason.MALFORMED_ID,
          "agent.id",
          "an agent's id is support: and [A-Za-z0-9_.@+-]{1,128}, not \"" + agent.getId() + "\"");
    }
    return new AgentRow(
        new UserId(agent.getId()),
        Requests.name("agent.name", agent.getName()),
        Requests.email("agent.email", agent.getEmail()),
        Requests.text("agent.group", agent.getGroup(), 1, LONGEST_GROUP),
        false);
  }

  private static Refusal taken(String id) {
    return Refusal.of(
        Reason.ID_TAKEN,
        "The agent id %s is or was in use; ids are never used again. Choose another.".formatted(id),
        "agent",
        id);
  }
}
