package dev.sightline.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Hands letters to a mail server. Connections are kept for the letters to come, and given up when
 * anything goes wrong with them.
 */
public final class SmtpPostbox implements Postbox {
  static final int CONNECTIONS = 4;

  private static final String TIME_LIMIT_MILLIS = "20000";

  /** Replies from here on are final. */
  private static final int FOR_GOOD = 500;

  private final SmtpSettings settings;
  private final Session session;
  private final MimeLetters letters;
  private final Semaphore room = new Semaphore(CONNECTIONS);
  private final BlockingQueue<Transport> idle = new ArrayBlockingQueue<>(CONNECTIONS);

  /**
   * @throws IllegalArgumentException if {@code from} is no address
   */
  public SmtpPostbox(SmtpSettings settings, String from, InstantSource time) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings));
    this.letters = new MimeLetters(session, address(from), time);
  }

  static InternetAddress address(String from) {
    try {
      return new InternetAddress(from, true);
    } catch (AddressException e) {
      throw new IllegalArgumentException("Not an e-mail address to send from: " + from, e);
    }
  }

  private static Properties properties(SmtpSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.auth", String.valueOf(settings.user() != null));
    properties.setProperty("mail.smtp.connectiontimeout", TIME_LIMIT_MILLIS);
    properties.setProperty("mail.smtp.timeout", TIME_LIMIT_MILLIS);
    properties.setProperty("mail.smtp.writetimeout", TIME_LIMIT_MILLIS);
    // The name in the server's certificate is compared with the host that was set.
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    // What fails with the certificates that were set is not tried again with this machine's.
    properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    if (!settings.trusted().isEmpty()) {
      properties.put("mail.smtp.ssl.socketFactory", SmtpTrust.in(settings.trusted()));
    }
    switch (settings.security()) {
      case NONE -> {}
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    return properties;
  }

  @Override
  public Delivery deliver(Letter letter) {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Delivery.NotNow("the service is stopping");
    }
    try {
      send(letters.message(letter));
      return new Delivery.Taken();
    } catch (AddressException e) {
      return new Delivery.Never("not an address that mail can be sent to");
    } catch (MessagingException e) {
      return delivery(e);
    } finally {
      room.release();
    }
  }

  private void send(MimeMessage message) throws MessagingException {
    Address[] to = message.getAllRecipients();
    Transport kept = idle.poll();
    if (kept != null && kept.isConnected()) {
      try {
        send(kept, message, to);
        return;
      } catch (SendFailedException e) {
        throw e;
      } catch (MessagingException e) {
        // It went away while it was idle; a new one tells whether the server is there.
      }
    }
    Transport fresh = session.getTransport("smtp");
    fresh.connect(settings.host(), settings.port(), settings.user(), settings.password());
    send(fresh, message, to);
  }

  private void send(Transport transport, MimeMessage message, Address[] to)
      throws MessagingException {
    boolean sent = false;
    try {
      transport.sendMessage(message, to);
      sent = true;
    } finally {
      if (!sent || !idle.offer(transport)) {
        transport.close();
      }
    }
  }

  /**
   * What the server says for good about the recipient is final. All else may pass, even what it
   * says for good: a wrong sender, say, is the operator's to mend, and no letter's fault.
   */
  private static Delivery delivery(MessagingException failure) {
    if (failure instanceof AuthenticationFailedException) {
      return new Delivery.NotNow("the mail server did not accept user and password");
    }
    String distrust = SmtpTrust.distrust(failure);
    if (distrust != null) {
      return new Delivery.NotNow("no connection that can be trusted: " + distrust);
    }
    String why = failure.getMessage() == null ? "no reason given" : failure.getMessage().strip();
    return isRecipientRefused(failure) ? new Delivery.Never(why) : new Delivery.NotNow(why);
  }

  private static boolean isRecipientRefused(@Nullable Exception failure) {
    return switch (failure) {
      case SMTPAddressFailedException refused -> refused.getReturnCode() >= FOR_GOOD;
      case MessagingException other -> isRecipientRefused(other.getNextException());
      case null, default -> false;
    };
  }

  @Override
  public @Nullable Letter read(long id) {
    return null;
  }

  @Override
  public void close() {
    Transport transport = idle.poll();
    while (transport != null) {
      try {
        transport.close();
      } catch (MessagingException e) {
        // It is gone, which is what was wanted.
      }
      transport = idle.poll();
    }
  }
}
