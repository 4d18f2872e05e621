package dev.sightline;

import dev.sightline.TestService.Node;
import dev.sightline.v1.AcceptInvitationRequest;
import dev.sightline.v1.AcceptInvitationResponse;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.GetUserRequest;
import dev.sightline.v1.InviteUserRequest;
import dev.sightline.v1.InviteUserResponse;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.Mail;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.MailServiceGrpc.MailServiceBlockingStub;
import dev.sightline.v1.ReadMailRequest;
import dev.sightline.v1.ResendInvitationRequest;
import dev.sightline.v1.ResendInvitationResponse;
import dev.sightline.v1.Role;
import dev.sightline.v1.UpdateUserRequest;
import dev.sightline.v1.User;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An organization with an admin, ada, and what can be done about people who are invited to it, in a
 * line each.
 */
record Invitees(Node node, String organization) {
  private static final Pattern LINK = Pattern.compile("/i/([A-Za-z0-9_-]{43})");

  static Invitees in(Node node, String organization) {
    Orgs.create(node, organization, "ada");
    return new Invitees(node, organization);
  }

  InviteUserResponse invite(String user) {
    return invite("ada", user, Role.ROLE_ANALYST);
  }

  InviteUserResponse invite(String actor, String user, Role role) {
    return node.directory.inviteUser(
        InviteUserRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor(actor))
            .setUser(Orgs.newUser(user, role))
            .build());
  }

  ResendInvitationResponse resend(String actor, String user) {
    return node.directory.resendInvitation(
        ResendInvitationRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor(actor))
            .setUserId(user)
            .build());
  }

  AcceptInvitationResponse accept(String link) {
    return accept(link, "");
  }

  AcceptInvitationResponse accept(String link, String key) {
    return node.directory.acceptInvitation(
        AcceptInvitationRequest.newBuilder().setLinkToken(link).setIdempotencyKey(key).build());
  }

  User user(String user) {
    return node.directory
        .getUser(
            GetUserRequest.newBuilder().setOrganizationId(organization).setUserId(user).build())
        .getUser();
  }

  void address(String user, String email) {
    var _ =
        node.directory.updateUser(
            UpdateUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .setEmail(email)
                .build());
  }

  void name(String user, String name) {
    var _ =
        node.directory.updateUser(
            UpdateUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .setName(name)
                .build());
  }

  String delete(String user) {
    return node.directory
        .deleteUser(
            DeleteUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .build())
        .getHeirId();
  }

  /** Everything that was sent, oldest first: to which address, what. */
  List<String> mails() {
    return sent(ListMailRequest.newBuilder()).stream()
        .map(mail ->
            mail.getAddress() + " " + mail.getKind().name().substring("MAIL_KIND_".length()))
        .toList();
  }

  /** The tokens of the links that somebody was sent, oldest first. */
  List<String> links(String user) {
    return invitations(user).stream().map(this::link).toList();
  }

  String link(String user) {
    return links(user).getLast();
  }

  String said(String user) {
    Mail mail = invitations(user).getLast();
    return mail().readMail(ReadMailRequest.newBuilder().setMailId(mail.getId()).build()).getText();
  }

  private List<Mail> invitations(String user) {
    return sent(
        ListMailRequest.newBuilder().setRecipientId(user).setKind(MailKind.MAIL_KIND_INVITATION));
  }

  private String link(Mail mail) {
    String text =
        mail().readMail(ReadMailRequest.newBuilder().setMailId(mail.getId()).build()).getText();
    Matcher link = LINK.matcher(text);
    if (!link.find()) {
      throw new AssertionError("no link in " + text);
    }
    return link.group(1);
  }

  private List<Mail> sent(ListMailRequest.Builder request) {
    node.server().deliverMail();
    return mail().listMail(request.setOrganizationId(organization).build()).getMailsList();
  }

  private MailServiceBlockingStub mail() {
    return MailServiceGrpc.newBlockingStub(node.channel);
  }
}
