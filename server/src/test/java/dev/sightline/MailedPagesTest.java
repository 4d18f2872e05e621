package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.mail.Links;
import dev.sightline.mail.MailSettings;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.ListMailResponse;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.UserStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a mail to its page to what its button does: the whole way, over real sockets. */
@Timeout(120)
class MailedPagesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static TestService service;
  private static Node node;
  private static String base;

  @BeforeAll
  static void start() {
    service = TestService.start();
    Server server =
        Server.start(
            service.serving(DatabaseClock.measured(), 0).withHttp(new ServerSettings.Http(0)));
    node = new Node(server);
    base = "http://localhost:" + server.httpPort();
  }

  @AfterAll
  static void stop() {
    node.close();
    service.close();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> press(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(base + path)).POST(BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  @Test
  void whoever_is_invited_gets_in_by_the_button_and_only_once() throws Exception {
    Invitees acme = Invitees.in(node, "inviting");
    acme.invite("gil");
    String page = "/i/" + acme.link("gil");

    String shown = get(page).body();
    assertTrue(shown.contains("<form method=\"post\">") && !shown.contains("<script"), shown);
    assertEquals(UserStatus.USER_STATUS_INVITED, acme.user("gil").getStatus());
    assertEquals(shown, get("/i/" + "A".repeat(43)).body(), "a page before tells nothing");

    HttpResponse<String> pressed = press(page);
    assertEquals(200, pressed.statusCode());
    assertEquals("no-store", pressed.headers().firstValue("cache-control").orElse(""));
    assertEquals("no-referrer", pressed.headers().firstValue("referrer-policy").orElse(""));
    assertEquals(UserStatus.USER_STATUS_ACTIVE, acme.user("gil").getStatus());

    String dead = press("/i/" + "A".repeat(43)).body();
    assertEquals(dead, press(page).body(), "used and unknown look the same");
    assertEquals(dead, press("/i/nonsense").body());
  }

  @Test
  void a_request_is_decided_by_the_button_of_a_link_and_not_by_looking() throws Exception {
    AskingPeople asking = AskingPeople.in(node, "asking");
    asking.dashboard("cal", "d");
    String request = asking.ask("fay", "d").getRequest().getId();
    String page = "/l/" + asking.link(request, "Approve as Editor");

    assertTrue(get(page).body().contains("Approve as Editor"));
    assertEquals(Level.LEVEL_NONE, asking.level("fay", "d"));
    assertTrue(press(page).body().contains("Approved"));
    assertEquals(Level.LEVEL_EDITOR, asking.level("fay", "d"));
    assertTrue(press(page).body().contains("already decided"));
  }

  @Test
  void the_outbox_can_be_read_in_the_browser_where_no_token_is_needed() throws Exception {
    Invitees acme = Invitees.in(node, "reading");
    acme.invite("hal");
    String link = acme.link("hal");

    String list = get("/outbox").body();
    assertTrue(list.contains("Invitation to hal@example.org"), list);
    String path = list.substring(list.indexOf("/outbox/"));
    path = path.substring(0, path.indexOf('"'));
    String mail = get(path).body();
    assertTrue(mail.contains(link), mail);
    assertTrue(get(path + "/html").body().contains("href=\""));
    assertEquals(404, get("/outbox/999999").statusCode());
  }

  @Test
  void a_dashboard_is_opened_where_the_operator_said_or_it_is_said_that_nobody_did()
      throws Exception {
    assertTrue(get("/open/acme/d").body().contains("--dashboard-url"));
    Links told =
        new Links(
            MailSettings.IN_MEMORY.links().base(),
            "https://app.acme.test/{organization}/{dashboard}",
            MailSettings.IN_MEMORY.links().invitation());
    MailSettings mail =
        new MailSettings(told, "access@acme.test", new MailSettings.Delivery.InMemory());
    try (Server other =
        Server.start(
            service
                .serving(DatabaseClock.measured(), 0)
                .withMail(mail)
                .withHttp(new ServerSettings.Http(0)))) {
      HttpResponse<String> led =
          CLIENT.send(
              HttpRequest.newBuilder(
                      URI.create("http://localhost:" + other.httpPort() + "/open/acme/d"))
                  .build(),
              BodyHandlers.ofString());
      assertEquals("https://app.acme.test/acme/d", led.headers().firstValue("location").orElse(""));
    }
  }

  @Test
  void mails_are_listed_from_either_end() {
    Invitees acme = Invitees.in(node, "listing");
    for (String who : List.of("ida", "jon", "kim", "lee", "mia")) {
      acme.invite(who);
    }
    List<Long> oldest = listed(false);
    assertEquals(5, oldest.size());
    assertEquals(oldest.stream().sorted().toList(), oldest);
    assertEquals(oldest.reversed(), listed(true));
  }

  /** Page by page. */
  private static List<Long> listed(boolean newestFirst) {
    var mails = MailServiceGrpc.newBlockingStub(node.channel);
    var request =
        ListMailRequest.newBuilder()
            .setOrganizationId("listing")
            .setNewestFirst(newestFirst)
            .setPageSize(2);
    List<Long> ids = new ArrayList<>();
    do {
      ListMailResponse page = mails.listMail(request.build());
      page.getMailsList().forEach(mail -> ids.add(mail.getId()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return ids;
  }

  @Test
  void where_tokens_are_asked_for_nobody_reads_mail_in_a_browser() throws Exception {
    try (Server closed =
        Server.start(
            service
                .serving(DatabaseClock.measured(), 0)
                .withTokens()
                .withHttp(new ServerSettings.Http(0)))) {
      HttpResponse<String> refused =
          CLIENT.send(
              HttpRequest.newBuilder(
                      URI.create("http://localhost:" + closed.httpPort() + "/outbox"))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(404, refused.statusCode());
      assertFalse(refused.body().contains("@example.org"));
    }
  }
}
