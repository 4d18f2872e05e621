package dev.sightline.rpc;

import dev.sightline.command.DigestCommands;
import dev.sightline.graph.Digests;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.v1.DigestServiceGrpc;
import dev.sightline.v1.ListSubscriptionsRequest;
import dev.sightline.v1.ListSubscriptionsResponse;
import dev.sightline.v1.ResolveDigestsRequest;
import dev.sightline.v1.ResolveDigestsResponse;
import dev.sightline.v1.SubscribeRequest;
import dev.sightline.v1.SubscribeResponse;
import dev.sightline.v1.Subscription;
import dev.sightline.v1.UnsubscribeRequest;
import dev.sightline.v1.UnsubscribeResponse;
import io.grpc.stub.StreamObserver;

/** Subscriptions, and the digests that come of them. */
final class DigestRpc extends DigestServiceGrpc.DigestServiceImplBase {
  private final Calls calls;
  private final WriteCalls writes;
  private final Proof proof;

  DigestRpc(Calls calls, WriteCalls writes, Proof proof) {
    this.calls = calls;
    this.writes = writes;
    this.proof = proof;
  }

  @Override
  public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> new DigestCommands.Subscribe(actor, Requests.dashboard(request.getDashboardId())),
        (_, written) ->
            SubscribeResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        SubscribeResponse.parser());
  }

  @Override
  public void unsubscribe(
      UnsubscribeRequest request, StreamObserver<UnsubscribeResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new DigestCommands.Unsubscribe(actor, Requests.dashboard(request.getDashboardId())),
        (_, written) ->
            UnsubscribeResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        UnsubscribeResponse.parser());
  }

  @Override
  public void listSubscriptions(
      ListSubscriptionsRequest request, StreamObserver<ListSubscriptionsResponse> observer) {
    calls.answer(observer, () -> subscriptions(request));
  }

  private ListSubscriptionsResponse subscriptions(ListSubscriptionsRequest request)
      throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    return calls.fresh(
        organization,
        request.getConsistency(),
        fresh -> {
          OrgGraph graph = fresh.graph();
          ListSubscriptionsResponse.Builder response = ListSubscriptionsResponse.newBuilder();
          int person = AccessRpc.person(graph, request.getUserId());
          for (int dashboard : Digests.visibleSubscriptions(graph, person)) {
            response.addSubscriptions(subscription(graph, dashboard));
          }
          return response
              .setPosition(proof.position(fresh))
              .setProofAgeMicros(proof.ageMicros(fresh))
              .setValidForMicros(proof.validForMicros(fresh))
              .build();
        });
  }

  private static Subscription subscription(OrgGraph graph, int dashboard) {
    return Subscription.newBuilder()
        .setDashboardId(graph.dashboard(dashboard).value())
        .setName(graph.dashboardName(dashboard))
        .setInDigest(!graph.isDraft(dashboard))
        .build();
  }

  @Override
  public void resolveDigests(
      ResolveDigestsRequest request, StreamObserver<ResolveDigestsResponse> observer) {
    Backpressure<ResolveDigestsResponse> stream = Backpressure.on(observer);
    calls.run(observer, () -> DigestStream.send(request, calls, proof, stream));
  }
}
