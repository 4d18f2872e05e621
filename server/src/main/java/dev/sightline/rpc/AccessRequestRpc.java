package dev.sightline.rpc;

import dev.sightline.auth.BindingCheck;
import dev.sightline.auth.Caller;
import dev.sightline.auth.Callers;
import dev.sightline.command.RequestCommands;
import dev.sightline.command.RequestCommands.RequestResult;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Category;
import dev.sightline.model.RequestId;
import dev.sightline.v1.AccessRequest;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.CancelRequestRequest;
import dev.sightline.v1.CancelRequestResponse;
import dev.sightline.v1.DecideRequestRequest;
import dev.sightline.v1.DecideRequestResponse;
import dev.sightline.v1.GetRequestAccessScreenRequest;
import dev.sightline.v1.GetRequestAccessScreenResponse;
import dev.sightline.v1.GetRequestRequest;
import dev.sightline.v1.GetRequestResponse;
import dev.sightline.v1.ListRequestsRequest;
import dev.sightline.v1.ListRequestsResponse;
import dev.sightline.v1.LookAtLinkRequest;
import dev.sightline.v1.LookAtLinkResponse;
import dev.sightline.v1.RequestAccessRequest;
import dev.sightline.v1.RequestAccessResponse;
import dev.sightline.v1.UseLinkRequest;
import dev.sightline.v1.UseLinkResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Predicate;

/** Access requests, as people make and decide them. */
final class AccessRequestRpc extends AccessRequestServiceGrpc.AccessRequestServiceImplBase {
  private final Calls calls;
  private final WriteCalls writes;
  private final RequestScreen screen;
  private final RequestLists lists;
  private final RequestLinks links;
  private final BindingCheck reach;

  AccessRequestRpc(
      Calls calls,
      WriteCalls writes,
      RequestScreen screen,
      RequestLists lists,
      RequestLinks links,
      BindingCheck reach) {
    this.calls = calls;
    this.writes = writes;
    this.screen = screen;
    this.lists = lists;
    this.links = links;
    this.reach = reach;
  }

  @Override
  public void getRequestAccessScreen(
      GetRequestAccessScreenRequest request,
      StreamObserver<GetRequestAccessScreenResponse> observer) {
    calls.answer(observer, () -> screen.shown(request));
  }

  @Override
  public void requestAccess(
      RequestAccessRequest request, StreamObserver<RequestAccessResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new RequestCommands.Ask(
                actor,
                Requests.dashboard(request.getDashboardId()),
                new RequestId(NewIds.next()),
                Requests.prose("reason", request.getReason(), RequestCommands.MAX_REASON)),
        (result, written) ->
            RequestAccessResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setRequest(message(result))
                .build(),
        RequestAccessResponse.parser());
  }

  @Override
  public void getRequest(GetRequestRequest request, StreamObserver<GetRequestResponse> observer) {
    calls.answer(observer, () -> lists.request(request));
  }

  @Override
  public void listRequests(
      ListRequestsRequest request, StreamObserver<ListRequestsResponse> observer) {
    String caller = Callers.current().tokenId();
    calls.answer(observer, () -> lists.requests(request, caller));
  }

  @Override
  public void decideRequest(
      DecideRequestRequest request, StreamObserver<DecideRequestResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new RequestCommands.Decide(
                actor, id(request.getRequestId()), RequestMessages.decision(request.getDecision())),
        (result, written) ->
            DecideRequestResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setRequest(message(result))
                .build(),
        DecideRequestResponse.parser());
  }

  @Override
  public void cancelRequest(
      CancelRequestRequest request, StreamObserver<CancelRequestResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> new RequestCommands.Cancel(actor, id(request.getRequestId())),
        (_, written) ->
            CancelRequestResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        CancelRequestResponse.parser());
  }

  @Override
  public void lookAtLink(LookAtLinkRequest request, StreamObserver<LookAtLinkResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(
        observer,
        () -> {
          RequestLinks.Looked looked = links.look(request.getToken(), reachedBy(caller));
          LookAtLinkResponse.Builder response =
              LookAtLinkResponse.newBuilder().setState(RequestMessages.state(looked.outcome()));
          if (looked.link() != null) {
            response.setLink(RequestMessages.link(looked.link()));
          }
          return response.build();
        });
  }

  @Override
  public void useLink(UseLinkRequest request, StreamObserver<UseLinkResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(
        observer,
        () -> {
          RequestLinks.Used used = links.use(request.getToken(), reachedBy(caller));
          UseLinkResponse.Builder response =
              UseLinkResponse.newBuilder().setOutcome(RequestMessages.toProto(used.outcome()));
          if (used.link() != null) {
            response.setLink(RequestMessages.link(used.link()));
          }
          if (used.written() != null) {
            response.setWritten(WriteCalls.written(used.written()));
          }
          return response.build();
        });
  }

  /** Nobody learns by a link of an organization beyond the calling token that there is one. */
  private Predicate<OrganizationId> reachedBy(Caller caller) {
    return organization -> {
      Refusal refusal = reach.organization(caller, organization);
      if (refusal != null && refusal.reason().category() == Category.UNAVAILABLE) {
        throw Statuses.exception(refusal);
      }
      return refusal == null;
    };
  }

  private static RequestId id(String value) {
    return Requests.id("request_id", value, RequestId::new);
  }

  private static AccessRequest message(RequestResult result) {
    return RequestMessages.request(result.request(), result.facts(), result.reason());
  }
}
