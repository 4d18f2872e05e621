package dev.sightline.rpc;

import com.google.protobuf.Message;
import dev.sightline.auth.Caller;
import dev.sightline.auth.PageCursors;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.command.AgentCommands;
import dev.sightline.command.AgentErasures;
import dev.sightline.command.AgentWrites;
import dev.sightline.command.Outcome;
import dev.sightline.model.Refusal;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.Page;
import dev.sightline.store.SupportAgents;
import dev.sightline.v1.AwaitAgentEverywhereRequest;
import dev.sightline.v1.AwaitAgentEverywhereResponse;
import dev.sightline.v1.EraseAgentRequest;
import dev.sightline.v1.EraseAgentResponse;
import dev.sightline.v1.GetAgentRequest;
import dev.sightline.v1.GetAgentResponse;
import dev.sightline.v1.ListAgentsRequest;
import dev.sightline.v1.ListAgentsResponse;
import dev.sightline.v1.MoveAgentRequest;
import dev.sightline.v1.MoveAgentResponse;
import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.RegisterAgentResponse;
import dev.sightline.v1.RemoveAgentRequest;
import dev.sightline.v1.RemoveAgentResponse;
import dev.sightline.watch.Everywhere;
import java.util.List;

/** The vendor's register of agents, as operators keep it. All of it blocks. */
final class AgentAdministration {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final AgentWrites writes;
  private final AgentErasures erasures;
  private final SupportAgents agents;
  private final PageCursors cursors;
  private final Everywhere everywhere;

  AgentAdministration(
      AgentWrites writes,
      AgentErasures erasures,
      SupportAgents agents,
      PageCursors cursors,
      Everywhere everywhere) {
    this.writes = writes;
    this.erasures = erasures;
    this.agents = agents;
    this.cursors = cursors;
    this.everywhere = everywhere;
  }

  RegisterAgentResponse register(RegisterAgentRequest request, Caller caller) {
    return answer(
        writes.register(
            SupportMessages.row(request.getAgent()),
            caller.tokenId(),
            registered ->
                RegisterAgentResponse.newBuilder()
                    .setAgent(SupportMessages.agent(registered.agent()))
                    .build(),
            WriteCalls.idempotency(request, RegisterAgentResponse.parser())));
  }

  MoveAgentResponse move(MoveAgentRequest request, Caller caller) {
    return answer(
        writes.move(
            SupportMessages.agent("agent_id", request.getAgentId()),
            SupportMessages.group("group", request.getGroup()),
            caller.tokenId(),
            registered ->
                MoveAgentResponse.newBuilder()
                    .setAgent(SupportMessages.agent(registered.agent()))
                    .setChanged(registered.changed())
                    .build(),
            WriteCalls.idempotency(request, MoveAgentResponse.parser())));
  }

  RemoveAgentResponse remove(RemoveAgentRequest request, Caller caller) {
    return answer(
        writes.remove(
            SupportMessages.agent("agent_id", request.getAgentId()),
            caller.tokenId(),
            registered ->
                RemoveAgentResponse.newBuilder()
                    .setAgent(SupportMessages.agent(registered.agent()))
                    .build(),
            WriteCalls.idempotency(request, RemoveAgentResponse.parser())));
  }

  EraseAgentResponse erase(EraseAgentRequest request, Caller caller) {
    UserId agent = SupportMessages.agent("agent_id", request.getAgentId());
    return switch (erasures.erase(agent, caller.tokenId())) {
      case Outcome.Done<AgentRow>(AgentRow row) ->
          EraseAgentResponse.newBuilder().setAgent(SupportMessages.agent(row)).build();
      case Outcome.Refused<AgentRow>(var refusal) -> throw Statuses.exception(refusal);
    };
  }

  private static <T extends Message> T answer(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T answer) -> answer;
      case Outcome.Refused<T>(var refusal) -> throw Statuses.exception(refusal);
    };
  }

  AwaitAgentEverywhereResponse awaitEverywhere(AwaitAgentEverywhereRequest request, long begin)
      throws NotAnswerable, InterruptedException {
    UserId agent = SupportMessages.agent("agent_id", request.getAgentId());
    long until = EverywhereCalls.until(begin, request.getLongestWaitMicros());
    if (agents.find(agent) == null) {
      throw Statuses.exception(AgentCommands.unknown(agent));
    }
    Refusal unfinished = writes.finish(agent);
    if (unfinished != null) {
      throw Statuses.exception(unfinished);
    }
    // Not only those that are concerned now: who was removed is known to none.
    var spread = everywhere.awaitNow(agents.everReached(agent), until);
    return AwaitAgentEverywhereResponse.newBuilder()
        .setKnown(EverywhereCalls.message(spread, begin))
        .build();
  }

  GetAgentResponse get(GetAgentRequest request) {
    UserId agent = SupportMessages.agent("agent_id", request.getAgentId());
    AgentRow row = agents.find(agent);
    if (row == null) {
      throw Statuses.exception(AgentCommands.unknown(agent));
    }
    return GetAgentResponse.newBuilder().setAgent(SupportMessages.agent(row)).build();
  }

  ListAgentsResponse list(ListAgentsRequest request, Caller caller) {
    int size = Requests.within("page_size", request.getPageSize(), USUAL_PAGE, LARGEST_PAGE);
    String group =
        request.getGroup().isEmpty() ? null : SupportMessages.group("group", request.getGroup());
    var list = Pages.listOf(caller.tokenId(), request.toBuilder().clearPageSize().clearPageToken());
    String after = Pages.after(cursors, list, request.getPageToken());
    Page page = after.isEmpty() ? Page.first(size + 1) : new Page(after, size + 1);
    List<AgentRow> rows = agents.list(group, request.getIncludeRemoved(), page);
    String goesOnAfter = rows.size() > size ? rows.get(size - 1).id().value() : "";
    return ListAgentsResponse.newBuilder()
        .addAllAgents(rows.stream().limit(size).map(SupportMessages::agent).toList())
        .setNextPageToken(Pages.token(cursors, list, goesOnAfter))
        .build();
  }
}
