package dev.sightline.rpc;

import dev.sightline.auth.Caller;
import dev.sightline.auth.Callers;
import dev.sightline.command.AgentCommands;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.v1.AllowSupportAccessRequest;
import dev.sightline.v1.AllowSupportAccessResponse;
import dev.sightline.v1.AwaitAgentEverywhereRequest;
import dev.sightline.v1.AwaitAgentEverywhereResponse;
import dev.sightline.v1.DiagnoseSupportAccessRequest;
import dev.sightline.v1.DiagnoseSupportAccessResponse;
import dev.sightline.v1.DismissSupportRequestRequest;
import dev.sightline.v1.DismissSupportRequestResponse;
import dev.sightline.v1.EraseAgentRequest;
import dev.sightline.v1.EraseAgentResponse;
import dev.sightline.v1.GetAgentRequest;
import dev.sightline.v1.GetAgentResponse;
import dev.sightline.v1.GetSupportActivityLogRequest;
import dev.sightline.v1.GetSupportActivityLogResponse;
import dev.sightline.v1.GetSupportHistoryRequest;
import dev.sightline.v1.GetSupportHistoryResponse;
import dev.sightline.v1.GetSupportPolicyRequest;
import dev.sightline.v1.GetSupportPolicyResponse;
import dev.sightline.v1.GrantSupportAccessRequest;
import dev.sightline.v1.GrantSupportAccessResponse;
import dev.sightline.v1.ListAgentsRequest;
import dev.sightline.v1.ListAgentsResponse;
import dev.sightline.v1.ListPortalsRequest;
import dev.sightline.v1.ListPortalsResponse;
import dev.sightline.v1.ListSupportRequestsRequest;
import dev.sightline.v1.ListSupportRequestsResponse;
import dev.sightline.v1.MoveAgentRequest;
import dev.sightline.v1.MoveAgentResponse;
import dev.sightline.v1.RecordAgentActivityRequest;
import dev.sightline.v1.RecordAgentActivityResponse;
import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.RegisterAgentResponse;
import dev.sightline.v1.RemoveAgentRequest;
import dev.sightline.v1.RemoveAgentResponse;
import dev.sightline.v1.RequestSupportAccessRequest;
import dev.sightline.v1.RequestSupportAccessResponse;
import dev.sightline.v1.RevokePortalAccessRequest;
import dev.sightline.v1.RevokePortalAccessResponse;
import dev.sightline.v1.RevokeSupportAccessRequest;
import dev.sightline.v1.RevokeSupportAccessResponse;
import dev.sightline.v1.SetSupportPolicyRequest;
import dev.sightline.v1.SetSupportPolicyResponse;
import dev.sightline.v1.SupportAccessServiceGrpc;
import dev.sightline.v1.WhoHasSupportAccessRequest;
import dev.sightline.v1.WhoHasSupportAccessResponse;
import io.grpc.stub.StreamObserver;

/** Vendor support: who does what of it. */
final class SupportRpc extends SupportAccessServiceGrpc.SupportAccessServiceImplBase {
  private static final int LONGEST_ACT = 1_000;

  private final Calls calls;
  private final WriteCalls writes;
  private final AgentAdministration agents;
  private final SupportDecisions decisions;
  private final SupportViews views;
  private final SupportRecords records;
  private final Diagnosis diagnosis;
  private final AgentActivity activity;

  SupportRpc(
      Calls calls,
      WriteCalls writes,
      AgentAdministration agents,
      SupportDecisions decisions,
      SupportViews views,
      SupportRecords records,
      Diagnosis diagnosis,
      AgentActivity activity) {
    this.calls = calls;
    this.writes = writes;
    this.agents = agents;
    this.decisions = decisions;
    this.views = views;
    this.records = records;
    this.diagnosis = diagnosis;
    this.activity = activity;
  }

  @Override
  public void registerAgent(
      RegisterAgentRequest request, StreamObserver<RegisterAgentResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> agents.register(request, caller));
  }

  @Override
  public void moveAgent(MoveAgentRequest request, StreamObserver<MoveAgentResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> agents.move(request, caller));
  }

  @Override
  public void removeAgent(
      RemoveAgentRequest request, StreamObserver<RemoveAgentResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> agents.remove(request, caller));
  }

  @Override
  public void awaitAgentEverywhere(
      AwaitAgentEverywhereRequest request, StreamObserver<AwaitAgentEverywhereResponse> observer) {
    long begin = System.nanoTime();
    calls.answer(observer, () -> agents.awaitEverywhere(request, begin));
  }

  @Override
  public void eraseAgent(EraseAgentRequest request, StreamObserver<EraseAgentResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> agents.erase(request, caller));
  }

  @Override
  public void getAgent(GetAgentRequest request, StreamObserver<GetAgentResponse> observer) {
    calls.answer(observer, () -> agents.get(request));
  }

  @Override
  public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> agents.list(request, caller));
  }

  @Override
  public void requestSupportAccess(
      RequestSupportAccessRequest request, StreamObserver<RequestSupportAccessResponse> observer) {
    decisions.ask(request, observer);
  }

  @Override
  public void listSupportRequests(
      ListSupportRequestsRequest request, StreamObserver<ListSupportRequestsResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> views.requests(request, caller));
  }

  @Override
  public void dismissSupportRequest(
      DismissSupportRequestRequest request,
      StreamObserver<DismissSupportRequestResponse> observer) {
    decisions.dismiss(request, observer);
  }

  @Override
  public void allowSupportAccess(
      AllowSupportAccessRequest request, StreamObserver<AllowSupportAccessResponse> observer) {
    decisions.allow(request, observer);
  }

  @Override
  public void grantSupportAccess(
      GrantSupportAccessRequest request, StreamObserver<GrantSupportAccessResponse> observer) {
    decisions.grant(request, observer);
  }

  @Override
  public void revokeSupportAccess(
      RevokeSupportAccessRequest request, StreamObserver<RevokeSupportAccessResponse> observer) {
    decisions.revoke(request, observer);
  }

  @Override
  public void revokePortalAccess(
      RevokePortalAccessRequest request, StreamObserver<RevokePortalAccessResponse> observer) {
    decisions.revokeAll(request, observer);
  }

  @Override
  public void setSupportPolicy(
      SetSupportPolicyRequest request, StreamObserver<SetSupportPolicyResponse> observer) {
    decisions.setPolicy(request, observer);
  }

  @Override
  public void getSupportPolicy(
      GetSupportPolicyRequest request, StreamObserver<GetSupportPolicyResponse> observer) {
    calls.answer(observer, () -> views.policy(request));
  }

  @Override
  public void listPortals(
      ListPortalsRequest request, StreamObserver<ListPortalsResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> views.portals(request, caller));
  }

  @Override
  public void getSupportHistory(
      GetSupportHistoryRequest request, StreamObserver<GetSupportHistoryResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> records.history(request, caller));
  }

  @Override
  public void whoHasSupportAccess(
      WhoHasSupportAccessRequest request, StreamObserver<WhoHasSupportAccessResponse> observer) {
    calls.answer(observer, () -> views.who(request));
  }

  @Override
  public void getSupportActivityLog(
      GetSupportActivityLogRequest request,
      StreamObserver<GetSupportActivityLogResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> records.log(request, caller));
  }

  @Override
  public void recordAgentActivity(
      RecordAgentActivityRequest request, StreamObserver<RecordAgentActivityResponse> observer) {
    record(request, observer);
  }

  @Override
  public void diagnoseSupportAccess(
      DiagnoseSupportAccessRequest request,
      StreamObserver<DiagnoseSupportAccessResponse> observer) {
    calls.answer(observer, () -> diagnosis.diagnose(request));
  }

  private void record(
      RecordAgentActivityRequest request, StreamObserver<RecordAgentActivityResponse> observer) {
    try {
      OrganizationId organization = Requests.organization(request.getOrganizationId());
      UserId agent = SupportMessages.agent("agent_id", request.getAgentId());
      writes.operate(
          observer,
          request,
          organization,
          new AgentCommands.RecordActivity(
              agent,
              request.getDashboardId().isEmpty()
                  ? null
                  : Requests.dashboard(request.getDashboardId()),
              Requests.text("what", request.getWhat(), 1, LONGEST_ACT),
              request.getAtMicros() == 0
                  ? null
                  : Requests.instant("at_micros", request.getAtMicros())),
          (_, written) -> {
            activity.acted(organization, agent);
            return RecordAgentActivityResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .build();
          },
          RecordAgentActivityResponse.parser());
    } catch (RuntimeException e) {
      observer.onError(Calls.status(e));
    }
  }
}
