package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.MailTaker.Taken;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.UpdateAccessRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Service and database are killed while mails are sent: some are taken and noted, some taken by a
 * server that has not said so yet, some not begun with. A second start sends what is missing.
 */
@Timeout(120)
class KilledWhileSendingTest {
  private static final String ORGANIZATION = "org";
  private static final List<String> RECIPIENTS = List.of("u0", "u1", "u2", "u3", "u4");
  private static final int MAILS_EACH = 5;
  private static final int ANSWERED_BEFORE_THE_KILL = 7;

  private final List<Taken> taken = new ArrayList<>();

  @Test
  void every_mail_is_sent_in_order_though_the_service_is_killed_in_between() throws Exception {
    Path folder = Files.createTempDirectory("sightline-killed");
    try {
      sendAndKill(folder);
      startAgain(folder);
    } finally {
      ServerProcess.delete(folder);
    }
    for (String recipient : RECIPIENTS) {
      assertEquals(expected(), sentTo(recipient), recipient);
    }
  }

  private void sendAndKill(Path folder) throws Exception {
    try (MailTaker mails = new MailTaker(ANSWERED_BEFORE_THE_KILL)) {
      ServerProcess service = ServerProcess.start(folder, "--smtp-url", mails.url());
      try {
        write(service.port);
        Taken last;
        do {
          last = mails.next();
          taken.add(last);
        } while (last.answered());
      } finally {
        service.kill();
      }
    }
  }

  private void startAgain(Path folder) throws Exception {
    try (MailTaker mails = new MailTaker(Integer.MAX_VALUE)) {
      ServerProcess service = ServerProcess.start(folder, "--smtp-url", mails.url());
      try {
        assertTrue(claimedByTheDead(folder) > 0, "it was killed with mails in its hands");
        Set<String> waiting = new HashSet<>(RECIPIENTS);
        while (!waiting.isEmpty()) {
          Taken next = mails.next();
          taken.add(next);
          if (next.subject().equals(expected().getLast())) {
            waiting.remove(name(next));
          }
        }
      } finally {
        service.kill();
      }
    }
    List<String> errors = Files.readAllLines(ServerProcess.errors(folder));
    assertEquals(
        1, errors.stream().filter(line -> line.startsWith("--dashboard-url is not set")).count());
  }

  /** Nobody waits here for the claims of the dead to run out: they are over now. Their number. */
  private static int claimedByTheDead(Path folder) throws IOException, SQLException {
    String url = ServerProcess.databaseUrl(folder);
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(
          "UPDATE mail SET claimed_until = clock_timestamp()"
              + " WHERE state = 'WAITING' AND claimed_until > clock_timestamp()");
    }
  }

  private static List<String> expected() {
    return IntStream.range(0, MAILS_EACH)
        .mapToObj(i -> "d" + i + " has been shared with you")
        .toList();
  }

  /** In the order in which they arrived; what came again at once counts once. */
  private List<String> sentTo(String recipient) {
    List<String> subjects = new ArrayList<>();
    for (Taken mail : taken) {
      if (name(mail).equals(recipient)
          && (subjects.isEmpty() || !subjects.getLast().equals(mail.subject()))) {
        subjects.add(mail.subject());
      }
    }
    return subjects;
  }

  private static String name(Taken mail) {
    return mail.to().substring(0, mail.to().indexOf('@'));
  }

  /** Acknowledged, each of them, while the mails of those before are sent. */
  private static void write(int port) {
    ManagedChannel channel = TestService.Node.channel(port);
    var directory = DirectoryServiceGrpc.newBlockingStub(channel);
    var dashboards = DashboardServiceGrpc.newBlockingStub(channel);
    var _ =
        directory.createOrganization(
            CreateOrganizationRequest.newBuilder()
                .setOrganizationId(ORGANIZATION)
                .setName("Org")
                .setAdmin(Orgs.newUser("ada", Role.ROLE_ADMIN))
                .build());
    for (String recipient : RECIPIENTS) {
      var _ =
          directory.addUser(
              AddUserRequest.newBuilder()
                  .setOrganizationId(ORGANIZATION)
                  .setActor(Orgs.actor("ada"))
                  .setUser(Orgs.newUser(recipient, Role.ROLE_ANALYST))
                  .build());
    }
    for (int i = 0; i < MAILS_EACH; i++) {
      var _ =
          dashboards.createDashboard(
              CreateDashboardRequest.newBuilder()
                  .setOrganizationId(ORGANIZATION)
                  .setActor(Orgs.actor("ada"))
                  .setDashboardId("d" + i)
                  .setName("d" + i)
                  .build());
      var _ = dashboards.updateAccess(sharing("d" + i));
    }
    channel.shutdownNow();
  }

  private static UpdateAccessRequest sharing(String dashboard) {
    var request =
        UpdateAccessRequest.newBuilder()
            .setOrganizationId(ORGANIZATION)
            .setActor(Orgs.actor("ada"))
            .setDashboardId(dashboard);
    for (String recipient : RECIPIENTS) {
      request.addSet(EntryToSet.newBuilder().setUserId(recipient).setLevel(Level.LEVEL_EDITOR));
    }
    return request.build();
  }
}
