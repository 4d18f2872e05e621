package dev.sightline.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sightline.TestDatabases;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Effect;
import dev.sightline.change.Mail;
import dev.sightline.change.Mail.Recipient;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.mail.SmtpSettings.Security;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.UserId;
import dev.sightline.store.Author;
import dev.sightline.store.Database;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.MailQueue;
import dev.sightline.store.MailRow;
import dev.sightline.store.MailState;
import dev.sightline.store.ScratchDatabases;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mails of transactions on their way through a real mail server. */
class MailSenderTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final MailQueue.Filter ALL = new MailQueue.Filter(null, null, null, null, null);

  private final ScratchDatabases.Scratch scratch = TestDatabases.shared().create();
  private final Database database = Database.open(scratch.settings().withConnections(3, 3));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private Instant now = Instant.parse("2021-01-04T09:00:00Z");

  @AfterEach
  void close() {
    server.stop();
    threads.close();
    database.close();
    scratch.close();
  }

  /** Writes mails in one transaction each, or all in one. */
  private void write(Mail... mails) {
    database
        .organizations()
        .write(
            ACME,
            transaction -> {
              OrganizationFacts facts = new OrganizationFacts("Acme", null);
              OrganizationChanged change =
                  new OrganizationChanged(transaction.head() == null ? null : facts, facts);
              return transaction.append(
                  new Author(null, null, "test"),
                  transaction.now(),
                  List.of(change),
                  Arrays.stream(mails).<Effect>map(Effect.Send::new).toList(),
                  0);
            });
    // What was written has the database's time.
    now = Stream.of(now, Instant.now()).max(Instant::compareTo).orElseThrow();
  }

  private static Mail.Shared shared(String to, String dashboard) {
    return new Mail.Shared(
        new Recipient(new UserId(to), new EmailAddress(to + "@acme.test")),
        new DashboardId(dashboard),
        dashboard,
        Level.VIEWER,
        "Cal Roe");
  }

  private static Mail.AccessRequested requested() {
    return new Mail.AccessRequested(
        new Recipient(new UserId("cal"), new EmailAddress("cal@acme.test")),
        new RequestId("r1"),
        3,
        new DashboardId("D1"),
        "Sales",
        new UserId("fay"),
        "Fay Öz",
        new EmailAddress("fay@acme.test"),
        "Quarterly review",
        Instant.parse("2099-01-11T09:00:00Z"));
  }

  private Postbox smtp(int port) {
    return new SmtpPostbox(
        new SmtpSettings("127.0.0.1", port, Security.NONE, null, null),
        "Sightline <access@acme.test>",
        () -> now);
  }

  private MailSender sender(Postbox postbox) {
    return new MailSender(
        database.mails(),
        database.oneClickLinks(),
        Links.of(URI.create("https://access.acme.test")),
        postbox,
        () -> now,
        threads);
  }

  private List<MailRow> rows() {
    return database.mails().list(ALL, 0, 1_000);
  }

  private List<MailState> states() {
    return rows().stream().map(MailRow::state).toList();
  }

  private List<String> subjectsTo(String to) throws Exception {
    List<String> subjects = new ArrayList<>();
    for (MimeMessage message : server.getReceivedMessages()) {
      if (message.getAllRecipients()[0].toString().equals(to + "@acme.test")) {
        subjects.add(message.getSubject());
      }
    }
    return subjects;
  }

  @Test
  void a_mail_arrives_as_plain_text_and_html_and_what_it_says_is_forgotten() throws Exception {
    server.start();
    write(requested());
    try (Postbox postbox = smtp(server.getSmtp().getPort())) {
      sender(postbox).sendWhatIsDue();
    }
    MimeMessage message = server.getReceivedMessages()[0];
    assertEquals("Fay Öz is requesting access to Sales", message.getSubject());
    assertEquals("cal@acme.test", message.getAllRecipients()[0].toString());
    assertEquals("Sightline <access@acme.test>", message.getFrom()[0].toString());
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertTrue(parts.getBodyPart(0).isMimeType("text/plain"));
    assertTrue(parts.getBodyPart(1).isMimeType("text/html"));
    assertEquals(List.of(MailState.SENT), states());
    assertEquals(0, count("SELECT count(*) FROM mail WHERE content IS NOT NULL"));
  }

  private int count(String query) throws SQLException {
    DatabaseSettings settings = scratch.settings();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void a_server_that_is_away_is_tried_again_and_nothing_is_lost_or_out_of_order() throws Exception {
    server.start();
    int port = server.getSmtp().getPort();
    server.stop();
    List<Mail> mails =
        IntStream.range(0, 30)
            .<Mail>mapToObj(i -> shared(i % 2 == 0 ? "fay" : "dee", "D" + i))
            .toList();
    mails.forEach(this::write);
    try (Postbox postbox = smtp(port)) {
      MailSender sender = sender(postbox);
      sender.sendWhatIsDue();
      assertTrue(rows().stream().allMatch(row -> row.state() == MailState.WAITING));
      assertTrue(rows().getFirst().failures() > 0);

      GreenMail back = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
      back.start();
      try {
        now = now.plus(Duration.ofHours(1));
        sender.sendWhatIsDue();
        assertEquals(List.of(MailState.SENT), states().stream().distinct().toList());
        for (String to : List.of("fay", "dee")) {
          List<String> expected =
              mails.stream()
                  .map(Mail.Shared.class::cast)
                  .filter(mail -> mail.to().user().value().equals(to))
                  .map(mail -> mail.dashboardName() + " has been shared with you")
                  .toList();
          List<String> got = new ArrayList<>();
          for (MimeMessage message : back.getReceivedMessages()) {
            if (message.getAllRecipients()[0].toString().startsWith(to)) {
              got.add(message.getSubject());
            }
          }
          assertEquals(expected, got);
        }
      } finally {
        back.stop();
      }
    }
  }

  @Test
  void what_cannot_be_delivered_for_a_day_is_dead_and_can_be_tried_again() throws Exception {
    server.start();
    int port = server.getSmtp().getPort();
    server.stop();
    write(shared("fay", "D1"));
    try (Postbox postbox = smtp(port)) {
      sender(postbox).sendWhatIsDue();
      now = now.plus(Duration.ofDays(1));
      sender(postbox).sendWhatIsDue();
    }
    assertEquals(List.of(MailState.DEAD), states());
    write(shared("fay", "D2"));
    GreenMail back = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    back.start();
    try (Postbox postbox = smtp(port)) {
      sender(postbox).sendWhatIsDue();
      assertEquals(1, back.getReceivedMessages().length, "a dead mail holds up nothing");
      assertTrue(database.mails().retry(rows().getFirst().id(), now));
      sender(postbox).sendWhatIsDue();
      assertEquals(2, back.getReceivedMessages().length);
      assertEquals(List.of(MailState.SENT, MailState.SENT), states());
    } finally {
      back.stop();
    }
  }

  @Test
  void what_the_server_refuses_for_good_is_dead_at_once() {
    Postbox refusing =
        new Postbox() {
          @Override
          public Delivery deliver(Letter letter) {
            return letter.to().value().startsWith("fay")
                ? new Delivery.Never("550 no such mailbox")
                : new Delivery.Taken();
          }

          @Override
          public @Nullable Letter read(long id) {
            return null;
          }

          @Override
          public void close() {}
        };
    write(shared("fay", "D1"), shared("dee", "D1"));
    sender(refusing).sendWhatIsDue();
    assertEquals(List.of(MailState.DEAD, MailState.SENT), states());
    assertEquals("550 no such mailbox", rows().getFirst().failure());
  }

  @Test
  void no_token_is_in_the_database_before_or_after_sending() throws Exception {
    write(requested());
    MemoryPostbox postbox = new MemoryPostbox();
    sender(postbox).sendWhatIsDue();
    Letter letter = postbox.read(rows().getFirst().id());
    List<String> tokens =
        letter
            .text()
            .lines()
            .filter(line -> line.contains("/l/"))
            .map(line -> line.substring(line.indexOf("/l/") + 3))
            .toList();
    assertEquals(3, tokens.size());
    for (String token : tokens) {
      assertEquals(0, count("SELECT count(*) FROM mail m WHERE m::text LIKE '%" + token + "%'"));
      assertEquals(
          0, count("SELECT count(*) FROM one_click_link l WHERE l::text LIKE '%" + token + "%'"));
    }
    assertEquals(3, count("SELECT count(*) FROM one_click_link WHERE generation = 3"));
    assertNull(rows().getFirst().failure());
  }

  @Test
  void several_nodes_send_each_mail_once_and_in_order() throws Exception {
    server.start();
    for (int i = 0; i < 40; i++) {
      write(shared("fay", "D" + i), shared("dee" + i % 7, "D" + i));
    }
    try (Postbox one = smtp(server.getSmtp().getPort());
        Postbox other = smtp(server.getSmtp().getPort())) {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(sender(one)::sendWhatIsDue, threads),
              CompletableFuture.runAsync(sender(other)::sendWhatIsDue, threads))
          .join();
      sender(one).sendWhatIsDue();
    }
    assertEquals(80, server.getReceivedMessages().length);
    assertEquals(
        IntStream.range(0, 40).mapToObj(i -> "D" + i + " has been shared with you").toList(),
        subjectsTo("fay"));
  }

  @Test
  void a_node_that_died_while_sending_leaves_its_mail_to_another() {
    write(shared("fay", "D1"));
    List<MailQueue.Due> taken = database.mails().claim(now, Duration.ofMinutes(3), 10);
    assertEquals(1, taken.size());
    MemoryPostbox postbox = new MemoryPostbox();
    sender(postbox).sendWhatIsDue();
    assertEquals(
        List.of(MailState.WAITING), states(), "it is the other's for as long as it claims");
    now = now.plus(Duration.ofMinutes(3));
    sender(postbox).sendWhatIsDue();
    assertEquals(List.of(MailState.SENT), states());
  }

  @Test
  void whoever_lost_its_claim_has_nothing_to_say_any_more() {
    MailQueue queue = database.mails();
    write(shared("fay", "D1"));
    MailQueue.Due late = queue.claim(now, Duration.ofMinutes(3), 10).getFirst();
    now = now.plus(Duration.ofMinutes(3));
    MailQueue.Due other = queue.claim(now, Duration.ofMinutes(3), 10).getFirst();
    MailRow claimed = rows().getFirst();

    queue.sent(late, now);
    queue.failed(late, "late", now.plus(Duration.ofHours(1)));
    queue.died(late, "late", now);
    assertEquals(List.of(claimed), rows());
    assertEquals(List.of(), queue.claim(now, Duration.ofMinutes(3), 10), "it is the other's");

    queue.failed(other, "busy", now);
    queue.sent(late, now);
    assertEquals(List.of(MailState.WAITING), states(), "it is nobody's, so not the late one's");
    assertEquals("busy", rows().getFirst().failure());

    MailQueue.Due last = queue.claim(now, Duration.ofMinutes(3), 10).getFirst();
    queue.sent(last, now);
    Instant at = rows().getFirst().sentAt();
    queue.failed(other, "late", now);
    queue.died(late, "late", now);
    queue.sent(last, now.plus(Duration.ofHours(1)));
    assertEquals(List.of(MailState.SENT), states(), "what was sent stays sent");
    assertEquals(at, rows().getFirst().sentAt());
  }

  @Test
  void a_server_that_asks_for_a_password_gets_it() throws Exception {
    server.setUser("access@acme.test", "access", "secret");
    server.start();
    write(shared("fay", "D1"));
    SmtpSettings settings =
        new SmtpSettings(
            "127.0.0.1", server.getSmtp().getPort(), Security.NONE, "access", "secret");
    try (Postbox postbox = new SmtpPostbox(settings, "access@acme.test", () -> now)) {
      sender(postbox).sendWhatIsDue();
    }
    assertEquals(List.of("D1 has been shared with you"), subjectsTo("fay"));
    assertTrue(GreenMailUtil.getHeaders(server.getReceivedMessages()[0]).contains("Message-ID"));
  }

  @Test
  void tls_is_demanded_where_it_was_asked_for() {
    server.start();
    write(shared("fay", "D1"));
    SmtpSettings settings =
        new SmtpSettings("127.0.0.1", server.getSmtp().getPort(), Security.STARTTLS, null, null);
    try (Postbox postbox = new SmtpPostbox(settings, "access@acme.test", () -> now)) {
      sender(postbox).sendWhatIsDue();
    }
    assertEquals(0, server.getReceivedMessages().length, "nothing goes in the open");
    assertEquals(List.of(MailState.WAITING), states());
  }
}
