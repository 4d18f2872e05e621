package dev.sightline.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sightline.mail.Postbox.Delivery;
import dev.sightline.mail.SmtpSettings.Security;
import dev.sightline.model.EmailAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mail goes over TLS, with a login, to the server that was meant and to nobody else. */
@Timeout(60)
class SmtpTlsTest {
  @TempDir private static Path folder;
  private static TestAuthority ours;
  private static TestAuthority strangers;

  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  @BeforeAll
  static void makeKeys() throws IOException {
    ours = new TestAuthority(Files.createDirectory(folder.resolve("ours")));
    strangers = new TestAuthority(Files.createDirectory(folder.resolve("strangers")));
  }

  @BeforeEach
  void start() {
    server.setUser("access@acme.test", "access", "secret");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private TlsFront front(Security security, SSLContext context) throws IOException {
    int behind = server.getSmtp().getPort();
    return security == Security.TLS
        ? TlsFront.implicit(context, behind)
        : TlsFront.startTls(context, behind);
  }

  private static Delivery deliver(
      TlsFront front, Security security, String password, List<X509Certificate> trusted) {
    SmtpSettings settings =
        new SmtpSettings("localhost", front.port(), security, "access", password, trusted);
    try (Postbox postbox = new SmtpPostbox(settings, "access@acme.test", InstantSource.system())) {
      return postbox.deliver(
          new Letter(1, new EmailAddress("fay@acme.test"), "Hello", "text", "<p>html</p>"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"TLS", "STARTTLS"})
  void a_mail_is_delivered_after_logging_in(Security security) throws Exception {
    try (TlsFront front = front(security, ours.serverNamed("localhost"))) {
      assertEquals(
          new Delivery.Taken(), deliver(front, security, "secret", List.of(ours.certificate())));
      assertEquals("Hello", server.getReceivedMessages()[0].getSubject());
      assertNothingInTheOpen(front, security);
      assertEquals(
          new Delivery.NotNow("the mail server did not accept user and password"),
          deliver(front, security, "wrong", List.of(ours.certificate())));
      assertEquals(1, server.getReceivedMessages().length);
    }
  }

  private static void assertNothingInTheOpen(TlsFront front, Security security) {
    assertEquals(
        security == Security.TLS ? List.of() : List.of("EHLO", "STARTTLS"), front.inTheOpen());
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"TLS", "STARTTLS"})
  void a_certificate_for_another_name_is_refused(Security security) throws Exception {
    try (TlsFront front = front(security, ours.serverNamed("mail.elsewhere.test"))) {
      assertRefused(front, security, List.of(ours.certificate()), "localhost");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"TLS", "STARTTLS"})
  void a_certificate_that_somebody_else_vouches_for_is_refused(Security security) throws Exception {
    try (TlsFront front = front(security, strangers.serverNamed("localhost"))) {
      assertRefused(front, security, List.of(ours.certificate()), "certification path");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"TLS", "STARTTLS"})
  void a_private_authority_is_not_trusted_unless_it_was_named(Security security) throws Exception {
    try (TlsFront front = front(security, ours.serverNamed("localhost"))) {
      assertRefused(front, security, List.of(), "certification path");
      assertEquals(
          new Delivery.Taken(),
          deliver(front, security, "secret", List.of(strangers.certificate(), ours.certificate())));
    }
  }

  /** Nothing is handed over, and nothing is tried a second time in another way. */
  private void assertRefused(
      TlsFront front, Security security, List<X509Certificate> trusted, String why) {
    Delivery.NotNow refused =
        assertInstanceOf(Delivery.NotNow.class, deliver(front, security, "secret", trusted));
    assertTrue(refused.why().startsWith("no connection that can be trusted: "), refused::why);
    assertTrue(refused.why().contains(why), refused::why);
    assertEquals(0, server.getReceivedMessages().length);
    assertEquals(1, front.connections());
    assertNothingInTheOpen(front, security);
  }
}
