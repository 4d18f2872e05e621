package dev.sightline.rpc;

import dev.sightline.auth.BindingCheck;
import dev.sightline.auth.Caller;
import dev.sightline.auth.Callers;
import dev.sightline.change.Instants;
import dev.sightline.command.InvitationCommands;
import dev.sightline.model.LinkTarget.OfInvitation;
import dev.sightline.model.LinkToken;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Category;
import dev.sightline.model.UserId;
import dev.sightline.store.Author;
import dev.sightline.store.OneClickLinks;
import dev.sightline.store.OneClickLinks.Link;
import dev.sightline.v1.AcceptInvitationRequest;
import dev.sightline.v1.AcceptInvitationResponse;
import dev.sightline.v1.InviteUserRequest;
import dev.sightline.v1.InviteUserResponse;
import dev.sightline.v1.ResendInvitationRequest;
import dev.sightline.v1.ResendInvitationResponse;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** How somebody new is let in. */
final class InvitationCalls {
  /** Who asks, for the log: whoever holds the link, through whatever service. */
  private static final Author BY_LINK = new Author(null, null, "invitation link");

  private final Calls calls;
  private final WriteCalls writes;
  private final OneClickLinks links;
  private final BindingCheck reach;

  InvitationCalls(Calls calls, WriteCalls writes, OneClickLinks links, BindingCheck reach) {
    this.calls = calls;
    this.writes = writes;
    this.links = links;
    this.reach = reach;
  }

  void invite(InviteUserRequest request, StreamObserver<InviteUserResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new InvitationCommands.Invite(actor, DirectoryRpc.newUser("user", request.getUser())),
        (result, written) ->
            InviteUserResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUser(DirectoryRpc.user(result.user()))
                .setLinkEndsAtMicros(Instants.micros(result.linkEnd()))
                .build(),
        InviteUserResponse.parser());
  }

  void resend(ResendInvitationRequest request, StreamObserver<ResendInvitationResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new InvitationCommands.Resend(actor, Requests.user("user_id", request.getUserId())),
        (linkEnd, written) ->
            ResendInvitationResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setLinkEndsAtMicros(Instants.micros(linkEnd))
                .build(),
        ResendInvitationResponse.parser());
  }

  /** Which organization it is about, only the link says. */
  void accept(AcceptInvitationRequest request, StreamObserver<AcceptInvitationResponse> observer) {
    Caller caller = Callers.current();
    calls.run(observer, () -> accept(request, caller, observer));
  }

  private void accept(
      AcceptInvitationRequest request,
      Caller caller,
      StreamObserver<AcceptInvitationResponse> observer) {
    Link link = link(request.getLinkToken(), caller);
    if (link == null || !(link.target() instanceof OfInvitation(UserId user))) {
      throw Statuses.exception(InvitationCommands.DEAD_LINK);
    }
    writes.byLink(
        observer,
        request,
        link.organization(),
        BY_LINK,
        new InvitationCommands.Accept(user, link.generation()),
        (result, written) ->
            AcceptInvitationResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setOrganizationId(link.organization().value())
                .setUser(DirectoryRpc.user(result))
                .build(),
        AcceptInvitationResponse.parser());
  }

  /** A link of an organization that the caller reaches, alive or not; null if there is none. */
  private @Nullable Link link(String text, Caller caller) {
    LinkToken token = LinkToken.parse(text);
    Link link = token == null ? null : links.find(token.hash());
    Refusal outside = link == null ? null : reach.organization(caller, link.organization());
    if (outside != null && outside.reason().category() == Category.UNAVAILABLE) {
      throw Statuses.exception(outside);
    }
    return outside == null ? link : null;
  }
}
