package dev.sightline.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.auth.Authorization;
import dev.sightline.auth.Callers;
import dev.sightline.auth.LocalAuthentication;
import dev.sightline.auth.OpenStreams;
import dev.sightline.auth.RpcRules;
import dev.sightline.auth.TestRealms;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.rpc.Statuses;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.Level;
import dev.sightline.v1.LinkFacts;
import dev.sightline.v1.LinkOutcome;
import dev.sightline.v1.LinkState;
import dev.sightline.v1.LookAtLinkRequest;
import dev.sightline.v1.LookAtLinkResponse;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.UseLinkRequest;
import dev.sightline.v1.UseLinkResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages of one-click links, over a real socket; what links do is another test's. */
@Timeout(60)
class LinkPagesTest {
  private final Links links = new Links();
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer web;

  /** Knows one open link, which can be used once, and links in every other state. */
  private static final class Links extends AccessRequestServiceGrpc.AccessRequestServiceImplBase {
    final List<String> used = Collections.synchronizedList(new ArrayList<>());
    String dashboard = "Sales";
    String requester = "Dee <b>Dee</b>";
    Reason refusal = Reason.TOO_LARGE;

    private LinkFacts facts(RequestStatus status) {
      return LinkFacts.newBuilder()
          .setOrganizationId("acme")
          .setDashboardName(dashboard)
          .setRequesterName(requester)
          .setDecision(RequestDecision.REQUEST_DECISION_APPROVE_VIEWER)
          .setStatus(status)
          .setLevel(
              status == RequestStatus.REQUEST_STATUS_APPROVED
                  ? Level.LEVEL_VIEWER
                  : Level.LEVEL_UNSPECIFIED)
          .setEndsAtMicros(1_795_347_139_000_000L)
          .build();
    }

    @Override
    public void lookAtLink(LookAtLinkRequest request, StreamObserver<LookAtLinkResponse> observer) {
      var answer = LookAtLinkResponse.newBuilder();
      switch (request.getToken()) {
        case "open" ->
            answer
                .setState(
                    used.contains("open")
                        ? LinkState.LINK_STATE_ALREADY_DECIDED
                        : LinkState.LINK_STATE_OPEN)
                .setLink(
                    facts(
                        used.contains("open")
                            ? RequestStatus.REQUEST_STATUS_APPROVED
                            : RequestStatus.REQUEST_STATUS_PENDING));
        case "ended" ->
            answer
                .setState(LinkState.LINK_STATE_EXPIRED)
                .setLink(facts(RequestStatus.REQUEST_STATUS_EXPIRED));
        case "away" -> {
          observer.onError(Status.UNAVAILABLE.asRuntimeException());
          return;
        }
        default -> answer.setState(LinkState.LINK_STATE_VOID);
      }
      observer.onNext(answer.build());
      observer.onCompleted();
    }

    @Override
    public void useLink(UseLinkRequest request, StreamObserver<UseLinkResponse> observer) {
      assertEquals("one-click-link", Callers.current().tokenId());
      if (request.getToken().equals("refused")) {
        observer.onError(Statuses.exception(Refusal.of(refusal, "No.", "users", "2000001")));
        return;
      }
      var answer = UseLinkResponse.newBuilder().setOutcome(LinkOutcome.LINK_OUTCOME_VOID);
      if (request.getToken().equals("open")) {
        answer
            .setOutcome(
                used.contains("open")
                    ? LinkOutcome.LINK_OUTCOME_ALREADY_DECIDED
                    : LinkOutcome.LINK_OUTCOME_APPLIED)
            .setLink(facts(RequestStatus.REQUEST_STATUS_APPROVED));
        used.add("open");
      }
      observer.onNext(answer.build());
      observer.onCompleted();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    InetAddress address = InetAddress.getLoopbackAddress();
    var bound = List.of(links.bindService());
    var everybody = new LocalAuthentication(address);
    var guard =
        new Authorization(
            RpcRules.of(bound),
            everybody,
            new TestRealms(),
            new OpenStreams(everybody, Statuses::exception, Duration.ofSeconds(1)),
            Statuses::exception);
    web =
        WebServer.start(
            new WebServer.Listening(address, 0, null, false, null), bound, guard, everybody);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    web.close();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + web.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void a_page_says_who_asks_for_what_and_what_the_button_does() throws Exception {
    HttpResponse<String> page = send("GET", "/l/open");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("Dee &lt;b&gt;Dee&lt;/b&gt;"), page::body);
    assertTrue(page.body().contains("<bdi>Sales</bdi>"));
    assertTrue(page.body().contains("Approve as Viewer</button>"));
    assertTrue(page.body().contains("22 November 2026, 11:32 UTC"), page::body);
  }

  @Test
  void looking_decides_nothing_and_only_the_button_does() throws Exception {
    send("GET", "/l/open");
    send("HEAD", "/l/open");
    send("OPTIONS", "/l/open");
    send("PUT", "/l/open");
    assertEquals(List.of(), links.used);
    assertTrue(send("POST", "/l/open").body().contains("was let in to"));
    assertEquals(List.of("open"), links.used);
    assertTrue(send("GET", "/l/open").body().contains("already decided"));
    assertTrue(send("POST", "/l/open").body().contains("already decided"));
  }

  @Test
  void a_head_is_the_page_without_its_body() throws Exception {
    HttpResponse<String> head = send("HEAD", "/l/open");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(
        Integer.toString(send("GET", "/l/open").body().getBytes(StandardCharsets.UTF_8).length),
        header(head, "content-length"));
  }

  @Test
  void unknown_and_malformed_tokens_look_the_same() throws Exception {
    HttpResponse<String> unknown = send("GET", "/l/unknown");
    assertEquals(404, unknown.statusCode());
    for (String path : List.of("/l/", "/l/a/b", "/l/" + "x".repeat(5_000), "/l/%C3%A9", "/l/a?b")) {
      for (String method : List.of("GET", "POST")) {
        HttpResponse<String> other = send(method, path);
        assertEquals(404, other.statusCode(), path);
        assertEquals(unknown.body(), other.body(), path);
      }
    }
  }

  @Test
  void an_ended_request_points_to_manage_access() throws Exception {
    HttpResponse<String> page = send("GET", "/l/ended");
    assertTrue(page.body().contains("Manage Access"));
    assertFalse(page.body().contains("<button"));
  }

  @Test
  void what_cannot_be_told_now_is_said_so() throws Exception {
    HttpResponse<String> page = send("GET", "/l/away");
    assertEquals(503, page.statusCode());
    assertNotEquals("", header(page, "retry-after"));
  }

  @Test
  void what_the_organization_does_not_allow_now_is_no_dead_link() throws Exception {
    HttpResponse<String> full = send("POST", "/l/refused");
    assertEquals(409, full.statusCode());
    assertTrue(full.body().contains("cannot be done now"), full.body());
    assertTrue(full.body().contains("the most people or access entries"), full.body());
    assertFalse(full.body().contains("2000001"), full.body());
    links.refusal = Reason.LAST_ADMIN;
    HttpResponse<String> other = send("POST", "/l/refused");
    assertEquals(409, other.statusCode());
    assertTrue(other.body().contains("cannot be done now"), other.body());
    assertFalse(other.body().contains("the most people"), other.body());
    for (int i = 0; i < 2 * RateLimit.BURST; i++) {
      assertEquals(409, send("POST", "/l/refused").statusCode(), "nobody has guessed");
    }
  }

  @Test
  void names_that_are_left_out_are_not_called_deleted() throws Exception {
    links.used.add("open");
    links.dashboard = "";
    links.requester = "";
    String decided = send("GET", "/l/open").body();
    assertTrue(decided.contains("<p>Somebody was let in to a dashboard as a viewer.</p>"), decided);
    String ended = send("GET", "/l/ended").body();
    assertTrue(ended.contains("the request of somebody for a dashboard in time."), ended);
    for (String page : List.of(decided, ended)) {
      assertFalse(page.contains("deleted"), page);
      assertFalse(page.contains("open the dashboard"), page);
    }
  }

  @Test
  void a_page_takes_nothing_from_elsewhere_and_tells_nobody_where_it_was() throws Exception {
    for (String path : List.of("/l/open", "/l/unknown", "/l/ended")) {
      HttpResponse<String> page = send("GET", path);
      assertEquals("no-referrer", header(page, "referrer-policy"));
      assertEquals("no-store", header(page, "cache-control"));
      assertEquals("nosniff", header(page, "x-content-type-options"));
      String policy = header(page, "content-security-policy");
      for (String part :
          List.of("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'")) {
        assertTrue(policy.contains(part), policy);
      }
      for (String never : List.of("<script", "http:", "https:", "src=", "url(", "@import", "on=")) {
        assertFalse(page.body().contains(never), never);
      }
    }
  }

  @Test
  void the_style_is_the_one_that_the_policy_lets_in() throws Exception {
    HttpResponse<String> page = send("GET", "/l/open");
    int begin = page.body().indexOf("<style>") + "<style>".length();
    String style = page.body().substring(begin, page.body().indexOf("</style>"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertTrue(
        header(page, "content-security-policy")
            .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'"));
  }

  @Test
  void who_asks_too_often_is_told_when_to_come_back() throws Exception {
    int status = 200;
    for (int i = 0; i < 10 * RateLimit.BURST && status != 429; i++) {
      status = send("GET", "/l/unknown").statusCode();
    }
    HttpResponse<String> last = send("POST", "/l/open");
    assertEquals(429, last.statusCode());
    assertNotEquals("", header(last, "retry-after"));
    assertEquals(List.of(), links.used);
  }

  @Test
  void a_bucket_fills_up_again() {
    long[] now = {0};
    var limit = new RateLimit(() -> now[0]);
    var one = new InetSocketAddress("192.0.2.1", 1);
    var other = new InetSocketAddress("192.0.2.2", 1);
    for (int i = 0; i < RateLimit.BURST; i++) {
      assertFalse(limit.isSpent(one));
      limit.spend(one);
    }
    assertTrue(limit.isSpent(one));
    assertFalse(limit.isSpent(other));
    now[0] += RateLimit.REFILL.toNanos();
    assertFalse(limit.isSpent(one));
    limit.spend(one);
    assertTrue(limit.isSpent(one));
    now[0] += Duration.ofDays(1).toNanos();
    for (int i = 0; i < RateLimit.BURST; i++) {
      assertFalse(limit.isSpent(one));
      limit.spend(one);
    }
    assertTrue(limit.isSpent(one));
  }

  @Test
  void no_log_holds_a_token() throws Exception {
    List<String> logged = Collections.synchronizedList(new ArrayList<>());
    var noting = new Noting(logged);
    Logger root = Logger.getLogger("");
    root.addHandler(noting);
    try {
      for (String path : List.of("/l/s3cret", "/l/s3cret%zz", "/l/s3cret/%00", "/l/..;/s3cret")) {
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n");
        raw("s3cret " + path + "\r\n\r\n");
      }
    } finally {
      root.removeHandler(noting);
    }
    assertEquals(List.of(), logged.stream().filter(line -> line.contains("s3cret")).toList());
  }

  private void raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }

  private static final class Noting extends Handler {
    private final List<String> logged;

    Noting(List<String> logged) {
      this.logged = logged;
    }

    @Override
    public void publish(LogRecord line) {
      logged.add(line.getMessage() + Arrays.toString(line.getParameters()) + line.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
