package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.mail.MailSettings;
import dev.sightline.mail.SmtpSettings;
import dev.sightline.mail.SmtpSettings.Security;
import dev.sightline.v1.ErasePersonalDataRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.MailKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mails that could not be sent before somebody was erased. */
@Timeout(120)
class ErasedMailsTest {
  private final StoryClock clock = new StoryClock(Instant.parse("2027-03-01T09:00:00Z"));
  private final TestService service = TestService.at(clock);
  private Node without;
  private AskingPeople acme;

  @BeforeEach
  void start() throws IOException {
    without = new Node(Server.start(service.serving(clock, 0).withMail(nobodyThere())));
    acme = AskingPeople.in(without, "acme");
    acme.dashboard("cal", "d");
  }

  @AfterEach
  void stop() {
    without.close();
    service.close();
  }

  /** A mail server that is away. */
  private static MailSettings nobodyThere() throws IOException {
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new MailSettings(
          MailSettings.IN_MEMORY.links(),
          MailSettings.IN_MEMORY.from(),
          new MailSettings.Delivery.Smtp(
              new SmtpSettings("127.0.0.1", closed.getLocalPort(), Security.NONE, null, null)));
    }
  }

  private void erase(String user) {
    acme.delete(user);
    var _ =
        AuditHistory.audit(without)
            .erasePersonalData(
                ErasePersonalDataRequest.newBuilder()
                    .setOrganizationId("acme")
                    .setActor(Orgs.actor("ada"))
                    .setUserId(user)
                    .build());
  }

  /** What is sent once there is a mail server. */
  private AskingPeople afterwards(Node node) {
    without.close();
    clock.set(clock.now().plus(Duration.ofHours(2)));
    return new AskingPeople(node, "acme");
  }

  private String kept() {
    return service.text("SELECT coalesce(string_agg(mail::text, ' '), '') FROM mail");
  }

  @Test
  void a_mail_to_others_is_sent_without_the_name_of_whoever_shared() {
    acme.give("cal", "d", "fay", Level.LEVEL_VIEWER);
    acme.give("ada", "d", "eli", Level.LEVEL_VIEWER);
    assertTrue(kept().contains("Name of cal"));
    erase("cal");
    assertFalse(kept().contains("Name of cal"));
    assertTrue(kept().contains("Name of ada"));
    try (Node node = service.node()) {
      AskingPeople later = afterwards(node);
      assertEquals(List.of("SHARED fay d VIEWER", "SHARED eli d VIEWER"), later.mails());
      String said = later.said("fay", MailKind.MAIL_KIND_SHARED);
      assertTrue(said.contains("You have been given access to Dashboard d as Viewer."), said);
      assertTrue(later.said("eli", MailKind.MAIL_KIND_SHARED).contains("Name of ada has given"));
    }
  }

  @Test
  void an_approval_is_sent_without_the_owners_name_and_a_decline_names_whom_to_turn_to_by_now() {
    acme.approve("cal", acme.asked("fay", "d"));
    acme.decline("cal", acme.asked("eli", "d"));
    assertTrue(kept().contains("cal@example.org"));
    erase("cal");
    assertFalse(kept().contains("cal@example.org") || kept().contains("Name of cal"), kept());
    try (Node node = service.node()) {
      AskingPeople later = afterwards(node);
      assertEquals(List.of("APPROVED fay d VIEWER", "DECLINED eli d"), later.mails());
      String approved = later.said("fay", MailKind.MAIL_KIND_APPROVED);
      assertFalse(approved.contains("belongs to"), approved);
      assertTrue(
          later.said("eli", MailKind.MAIL_KIND_DECLINED).contains("ada@example.org"),
          "who has inherited it");
    }
  }

  @Test
  void mails_to_whoever_was_erased_and_their_requests_to_others_are_dropped() {
    acme.give("cal", "d", "fay", Level.LEVEL_VIEWER);
    acme.ask("eli", "d", "For Eli's tax");
    acme.ask("dee", "d");
    erase("fay");
    erase("eli");
    assertFalse(
        kept().contains("fay@") || kept().contains("eli@") || kept().contains("tax"), kept());
    try (Node node = service.node()) {
      assertEquals(List.of("ACCESS_REQUESTED cal d dee"), afterwards(node).mails());
    }
  }
}
