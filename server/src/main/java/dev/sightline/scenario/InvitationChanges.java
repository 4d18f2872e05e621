package dev.sightline.scenario;

import static dev.sightline.scenario.Clause.ERROR;
import static dev.sightline.scenario.Clause.ORGANIZATION;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.LINK;
import static dev.sightline.scenario.Operation.change;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.scenario.Operation.Play;
import dev.sightline.v1.AcceptInvitationRequest;
import dev.sightline.v1.InviteUserRequest;
import dev.sightline.v1.Mail;
import dev.sightline.v1.ResendInvitationRequest;
import java.util.List;
import java.util.Set;

/** How somebody new is let in. */
final class InvitationChanges {
  static final List<Operation> ALL =
      List.of(
          change("invite_user", PeopleChanges.NEW_USER, InvitationChanges::invite),
          change(
              "resend_invitation",
              Parameters.of(required("user", TEXT)),
              InvitationChanges::resend),
          new Operation(
              "accept_invitation",
              Parameters.of(required("user", TEXT), optional("link", LINK)),
              Set.of(ORGANIZATION, ERROR),
              Parameters.NONE,
              new Play.Change(InvitationChanges::accept)));

  /** What stands before the link in a mail. */
  private static final String LABEL = "Accept invitation";

  /** As good a token as any that nobody was sent. */
  private static final String MADE_UP = "A".repeat(43);

  private InvitationChanges() {}

  private static Value invite(Call call, Arguments in) {
    var request =
        InviteUserRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setUser(PeopleChanges.newUser(in))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().inviteUser(request).getWritten());
  }

  private static Value resend(Call call, Arguments in) {
    var request =
        ResendInvitationRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setUserId(in.text("user"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().resendInvitation(request).getWritten());
  }

  private static Value accept(Call call, Arguments in) {
    var request =
        AcceptInvitationRequest.newBuilder()
            .setLinkToken(token(call, in))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().acceptInvitation(request).getWritten());
  }

  /** From the mail that the step means; made up if there was none. */
  private static String token(Call call, Arguments in) {
    SentMail mail = call.mail();
    List<Mail> sent = mail.invitations(call.organization(), in.text("user"));
    if (sent.isEmpty()) {
      return MADE_UP;
    }
    boolean first = in.has("link") && in.text("link").equals("first");
    return mail.token(first ? sent.getFirst() : sent.getLast(), LABEL);
  }
}
