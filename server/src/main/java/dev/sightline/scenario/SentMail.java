package dev.sightline.scenario;

import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.ListMailResponse;
import dev.sightline.v1.Mail;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.MailServiceGrpc.MailServiceBlockingStub;
import dev.sightline.v1.MailState;
import dev.sightline.v1.ReadMailRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mail of a world, as its local outbox has it. */
final class SentMail {
  /** A one-click link, or one to accept an invitation with; what counts is the token at its end. */
  private static final Pattern LINK =
      Pattern.compile("^(.+): https?://\\S+/([A-Za-z0-9_-]{20,})$", Pattern.MULTILINE);

  private final MailServiceBlockingStub service;
  private long asked;

  SentMail(MailServiceBlockingStub service) {
    this.service = service;
  }

  /** Everything since this was last asked. */
  List<Mail> sinceLast() {
    List<Mail> sent =
        all(ListMailRequest.getDefaultInstance()).stream()
            .filter(mail -> mail.getId() > asked)
            .toList();
    asked = sent.isEmpty() ? asked : sent.getLast().getId();
    return sent;
  }

  /** What was sent about a request, oldest first. */
  List<Mail> aboutRequest(String request) {
    return all(ListMailRequest.newBuilder().setRequestId(request).build());
  }

  /** The invitations that somebody was sent, oldest first. */
  List<Mail> invitations(String organization, String user) {
    return all(
        ListMailRequest.newBuilder()
            .setOrganizationId(organization)
            .setRecipientId(user)
            .setKind(MailKind.MAIL_KIND_INVITATION)
            .build());
  }

  private List<Mail> all(ListMailRequest request) {
    ListMailRequest.Builder next = request.toBuilder().setState(MailState.MAIL_STATE_SENT);
    List<Mail> all = new ArrayList<>();
    ListMailResponse page;
    do {
      page = service.listMail(next.build());
      all.addAll(page.getMailsList());
      next.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return all;
  }

  /**
   * The token of a mail's link.
   *
   * @param label what stands before the link in the plain text, such as {@code Decline}
   * @return empty if there is no such link
   */
  String token(Mail mail, String label) {
    String text =
        service.readMail(ReadMailRequest.newBuilder().setMailId(mail.getId()).build()).getText();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      if (link.group(1).equals(label)) {
        return link.group(2);
      }
    }
    return "";
  }
}
