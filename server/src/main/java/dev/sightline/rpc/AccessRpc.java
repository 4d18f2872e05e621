package dev.sightline.rpc;

import dev.sightline.auth.Callers;
import dev.sightline.cache.Fresh;
import dev.sightline.cache.Requirement;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.BatchCheckResponse;
import dev.sightline.v1.CanEditRequest;
import dev.sightline.v1.CanEditResponse;
import dev.sightline.v1.CanUseActiveResponseRequest;
import dev.sightline.v1.CanUseActiveResponseResponse;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.CheckResponse;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import dev.sightline.v1.ItemError;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListAudienceResponse;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.ListVisibleDashboardsResponse;
import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import dev.sightline.v1.StreamVisibleDashboardsResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/** Checks, lists, audiences and explanations. */
final class AccessRpc extends AccessServiceGrpc.AccessServiceImplBase {
  private static final int MOST_ITEMS = 10_000;

  /** A batch up to this many items is answered on the event loop: about 10 µs. */
  private static final int SMALL_BATCH = 128;

  private final CheckStreams streams;
  private final Calls calls;
  private final Proof proof;
  private final Lists lists;
  private final Explanations explanations;
  private final AgentActivity activity;

  AccessRpc(
      CheckStreams streams,
      Calls calls,
      Proof proof,
      Lists lists,
      Explanations explanations,
      AgentActivity activity) {
    this.streams = streams;
    this.calls = calls;
    this.proof = proof;
    this.lists = lists;
    this.explanations = explanations;
    this.activity = activity;
  }

  @Override
  public void canView(CanViewRequest request, StreamObserver<CanViewResponse> observer) {
    answer(
        request.getOrganizationId(),
        request.getConsistency(),
        observer,
        fresh -> {
          int person = person(fresh.graph(), request.getUserId());
          int dashboard = dashboard(fresh.graph(), request.getDashboardId());
          int decision = AccessRules.decide(fresh.graph(), person, dashboard);
          activity.decided(fresh.graph().id(), request.getUserId(), decision);
          return CanViewResponse.newBuilder()
              .setAllowed(allowed(decision, Action.VIEW))
              .setPosition(proof.position(fresh))
              .setProofAgeMicros(proof.ageMicros(fresh))
              .setValidForMicros(proof.validForMicros(fresh, person, dashboard, decision))
              .build();
        });
  }

  @Override
  public void canEdit(CanEditRequest request, StreamObserver<CanEditResponse> observer) {
    answer(
        request.getOrganizationId(),
        request.getConsistency(),
        observer,
        fresh -> {
          int person = person(fresh.graph(), request.getUserId());
          int dashboard = dashboard(fresh.graph(), request.getDashboardId());
          int decision = AccessRules.decide(fresh.graph(), person, dashboard);
          activity.decided(fresh.graph().id(), request.getUserId(), decision);
          return CanEditResponse.newBuilder()
              .setAllowed(allowed(decision, Action.EDIT))
              .setPosition(proof.position(fresh))
              .setProofAgeMicros(proof.ageMicros(fresh))
              .setValidForMicros(proof.validForMicros(fresh, person, dashboard, decision))
              .build();
        });
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
    answer(
        request.getOrganizationId(),
        request.getConsistency(),
        observer,
        fresh -> {
          Action action = Enums.action(request.getAction());
          int person = person(fresh.graph(), request.getUserId());
          int dashboard = dashboard(fresh.graph(), request.getDashboardId());
          int decision = AccessRules.decide(fresh.graph(), person, dashboard);
          activity.decided(fresh.graph().id(), request.getUserId(), decision);
          return CheckResponse.newBuilder()
              .setAllowed(allowed(decision, action))
              .setPosition(proof.position(fresh))
              .setProofAgeMicros(proof.ageMicros(fresh))
              .setValidForMicros(proof.validForMicros(fresh, person, dashboard, decision))
              .build();
        });
  }

  @Override
  public void canUseActiveResponse(
      CanUseActiveResponseRequest request, StreamObserver<CanUseActiveResponseResponse> observer) {
    answer(
        request.getOrganizationId(),
        request.getConsistency(),
        observer,
        fresh ->
            CanUseActiveResponseResponse.newBuilder()
                .setAllowed(
                    AccessRules.canUseActiveResponse(
                        fresh.graph(), person(fresh.graph(), request.getUserId())))
                .setPosition(proof.position(fresh))
                .setProofAgeMicros(proof.ageMicros(fresh))
                .build());
  }

  @Override
  public void batchCheck(BatchCheckRequest request, StreamObserver<BatchCheckResponse> observer) {
    int items = request.getItemsCount();
    if (items < 1 || items > MOST_ITEMS) {
      observer.onError(
          Requests.invalid(
              Reason.OUT_OF_RANGE,
              "items",
              "a batch holds 1 to %d items, not %d".formatted(MOST_ITEMS, items)));
    } else if (items <= SMALL_BATCH) {
      answer(
          request.getOrganizationId(),
          request.getConsistency(),
          observer,
          fresh -> batch(fresh, request));
    } else {
      answerWaiting(
          request.getOrganizationId(),
          request.getConsistency(),
          observer,
          fresh -> batch(fresh, request));
    }
  }

  private BatchCheckResponse batch(Fresh fresh, BatchCheckRequest request) {
    BatchCheckResponse.Builder response = BatchCheckResponse.newBuilder();
    for (CheckItem item : request.getItemsList()) {
      response.addResults(result(fresh.graph(), item));
    }
    return response
        .setPosition(proof.position(fresh))
        .setProofAgeMicros(proof.ageMicros(fresh))
        .setValidForMicros(proof.validForMicros(fresh))
        .build();
  }

  private CheckResult result(OrgGraph graph, CheckItem item) {
    Action action = Enums.actionOrNull(item.getAction());
    int person = graph.personOrdinal(item.getUserId());
    int dashboard = graph.dashboardOrdinal(item.getDashboardId());
    ItemError error =
        person < 0 || dashboard < 0 || action == null
            ? ItemErrors.ofQuestion(
                item.getUserId(), item.getDashboardId(), action, item.getActionValue())
            : null;
    if (error != null || action == null) {
      return CheckResult.newBuilder().setError(error).build();
    }
    int decision = AccessRules.decide(graph, person, dashboard);
    activity.decided(graph.id(), item.getUserId(), decision);
    return CheckResult.newBuilder()
        .setAllowed(action.allowedBy(AccessRules.level(decision), AccessRules.because(decision)))
        .setLevel(Enums.toProto(AccessRules.level(decision)))
        .build();
  }

  @Override
  public StreamObserver<StreamChecksRequest> streamChecks(
      StreamObserver<StreamChecksResponse> observer) {
    return CheckStream.on(streams, calls, proof, activity, observer);
  }

  @Override
  public void listVisibleDashboards(
      ListVisibleDashboardsRequest request,
      StreamObserver<ListVisibleDashboardsResponse> observer) {
    String caller = Callers.current().tokenId();
    calls.answer(observer, () -> lists.visible(request, caller));
  }

  @Override
  public void streamVisibleDashboards(
      StreamVisibleDashboardsRequest request,
      StreamObserver<StreamVisibleDashboardsResponse> observer) {
    Backpressure<StreamVisibleDashboardsResponse> stream = Backpressure.on(observer);
    calls.run(observer, () -> lists.streamVisible(request, stream));
  }

  @Override
  public void listAudience(
      ListAudienceRequest request, StreamObserver<ListAudienceResponse> observer) {
    String caller = Callers.current().tokenId();
    calls.answer(observer, () -> lists.audience(request, caller));
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> observer) {
    calls.answer(observer, () -> explanations.explain(request));
  }

  /** Answers on the event loop if the graph is here and fresh enough, else as soon as it is. */
  private <T> void answer(
      String organization,
      Consistency consistency,
      StreamObserver<T> observer,
      Function<Fresh, T> evaluate) {
    try {
      OrganizationId id = Requests.organization(organization);
      Requirement requirement = Calls.requirement(id, consistency);
      Fresh fresh = calls.peek(id, requirement);
      if (fresh != null) {
        T response = evaluate.apply(fresh);
        if (calls.stillFresh(fresh)) {
          observer.onNext(response);
          observer.onCompleted();
          return;
        }
      }
      calls.answer(observer, () -> calls.fresh(id, requirement, evaluate::apply));
    } catch (RuntimeException e) {
      observer.onError(Calls.status(e));
    }
  }

  private <T> void answerWaiting(
      String organization,
      Consistency consistency,
      StreamObserver<T> observer,
      Function<Fresh, T> evaluate) {
    calls.answer(
        observer,
        () -> {
          OrganizationId id = Requests.organization(organization);
          return calls.fresh(id, Calls.requirement(id, consistency), evaluate::apply);
        });
  }

  private static boolean allowed(int decision, Action action) {
    return action.allowedBy(AccessRules.level(decision), AccessRules.because(decision));
  }

  /** The ordinal, -1 for nobody; only then is it worth asking whether the id could be one. */
  static int person(OrgGraph graph, String id) {
    int ordinal = graph.personOrdinal(id);
    if (ordinal < 0) {
      var _ = Requests.user("user_id", id);
    }
    return ordinal;
  }

  /** The ordinal, -1 for none. */
  static int dashboard(OrgGraph graph, String id) {
    int ordinal = graph.dashboardOrdinal(id);
    if (ordinal < 0) {
      var _ = Requests.dashboard(id);
    }
    return ordinal;
  }
}
