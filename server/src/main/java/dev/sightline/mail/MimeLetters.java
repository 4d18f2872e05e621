package dev.sightline.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;

/** Letters as they go over the wire: plain text, and HTML as the better alternative. */
final class MimeLetters {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final Session session;
  private final InternetAddress from;
  private final InstantSource time;

  MimeLetters(Session session, InternetAddress from, InstantSource time) {
    this.session = session;
    this.from = from;
    this.time = time;
  }

  MimeMessage message(Letter letter) throws MessagingException {
    // The same for each attempt, so that whoever gets it twice can tell.
    String id = "<sightline-%d@%s>".formatted(letter.id(), domain());
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to().value(), true));
    message.setSubject(letter.subject(), UTF_8);
    message.setSentDate(Date.from(time.instant()));
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.html(), UTF_8, "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    message.saveChanges();
    return message;
  }

  private String domain() {
    String address = from.getAddress();
    return address.substring(address.indexOf('@') + 1);
  }
}
