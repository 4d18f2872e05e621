package dev.sightline.web;

import dev.sightline.auth.OwnCalls;
import dev.sightline.auth.Scope;
import dev.sightline.v1.AcceptInvitationRequest;
import dev.sightline.v1.AcceptInvitationResponse;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Invitations, {@code /i/<token>}: the button accepts. Before that the page is the same for every
 * token, so that it tells nothing.
 */
final class InvitationPages extends SecretPages {
  private static final int DEADLINE_SECONDS = 30;

  private static final LinkPage QUESTION =
      new LinkPage(
          200,
          Html.page(
              "Accept your invitation?",
              Html.paragraph("The button opens your account. Nothing has happened yet.")
                  + Html.button("Accept invitation")));

  private static final LinkPage DEAD =
      new LinkPage(
          404,
          Html.page(
              "This invitation does not work",
              Html.paragraph(
                  "It was used already, has ended, or was replaced by one in a newer mail. Ask"
                      + " whoever invited you to send a new one.")));

  private final LocalCalls calls;
  private final DirectoryServiceBlockingStub directory;

  InvitationPages(ServerServiceDefinition service, RateLimit limit) {
    super("/i/", limit);
    calls = new LocalCalls(List.of(service), new OwnCalls("invitation-link", Scope.MANAGE));
    directory = DirectoryServiceGrpc.newBlockingStub(calls.channel());
  }

  @Override
  LinkPage shown(String token) {
    return QUESTION;
  }

  @Override
  LinkPage pressed(String token) {
    AcceptInvitationResponse accepted =
        directory
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .acceptInvitation(AcceptInvitationRequest.newBuilder().setLinkToken(token).build());
    return new LinkPage(
        200,
        Html.page(
            "Welcome",
            Html.raw("Your account is open, " + Html.name(accepted.getUser().getName()) + ".")
                + Html.hint("You can close this page and log in where your dashboards are.")));
  }

  @Override
  LinkPage dead() {
    return DEAD;
  }

  @Override
  protected void doStop() throws Exception {
    calls.close();
    super.doStop();
  }
}
