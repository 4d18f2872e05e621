package dev.sightline.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.auth.Authorization;
import dev.sightline.auth.LocalAuthentication;
import dev.sightline.auth.OpenStreams;
import dev.sightline.auth.RpcRules;
import dev.sightline.auth.TestRealms;
import dev.sightline.rpc.Statuses;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.LinkOutcome;
import dev.sightline.v1.UseLinkRequest;
import dev.sightline.v1.UseLinkResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where callers need no token, other sites' pages get their visitors' browsers to do nothing. */
@Timeout(60)
class HostCheckTest {
  private static final String JSON = "/v1/links:use";

  private static final Uses USES = new Uses();
  private static WebServer web;

  /** Counts who came through. */
  private static final class Uses extends AccessRequestServiceGrpc.AccessRequestServiceImplBase {
    final AtomicInteger count = new AtomicInteger();

    @Override
    public void useLink(UseLinkRequest request, StreamObserver<UseLinkResponse> observer) {
      count.incrementAndGet();
      observer.onNext(
          UseLinkResponse.newBuilder().setOutcome(LinkOutcome.LINK_OUTCOME_VOID).build());
      observer.onCompleted();
    }
  }

  @BeforeAll
  static void serve() throws IOException {
    InetAddress address = InetAddress.getLoopbackAddress();
    var bound = List.of(USES.bindService());
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
            new WebServer.Listening(address, 0, null, true, null), bound, guard, everybody);
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @BeforeEach
  void forget() {
    USES.count.set(0);
  }

  /** The status that a request like a browser's gets. */
  private int send(String method, String path, String host, String origin) throws IOException {
    String request =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + (origin.isEmpty() ? "" : "\r\nOrigin: " + origin)
            + "\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: 2\r\n"
            + "Connection: close\r\n\r\n"
            + "{}";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 "), answer);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  private String here() {
    return "localhost:" + web.port();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.test",
        "http://localhost",
        "http://localhost:1",
        "https://localhost:PORT",
        "http://localhost.evil.test:PORT",
        "http://evil.test:PORT",
        "null"
      })
  void another_sites_page_changes_nothing(String origin) throws IOException {
    String from = origin.replace("PORT", Integer.toString(web.port()));
    for (String method : List.of("POST", "PATCH", "PUT", "DELETE")) {
      assertEquals(421, send(method, JSON, here(), from), method);
    }
    assertEquals(origin.equals("null") ? 404 : 421, send("POST", "/l/token", here(), from));
    assertEquals(origin.equals("null") ? 1 : 0, USES.count.get());
  }

  @Test
  void the_servers_own_pages_and_programs_get_through() throws IOException {
    assertEquals(404, send("POST", "/l/token", here(), "http://" + here()));
    // A page that tells nobody where it was does not tell the server either.
    assertEquals(404, send("POST", "/l/token", here(), "null"));
    assertEquals(200, send("POST", JSON, here(), "http://LOCALHOST:" + web.port()));
    assertEquals(200, send("POST", JSON, here(), ""));
    assertEquals(200, send("POST", JSON, "127.0.0.1:" + web.port(), ""));
    assertEquals(200, send("POST", JSON, "[::1]:" + web.port(), ""));
    assertEquals(6, USES.count.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "0.0.0.0"})
  void whoever_calls_this_machine_by_another_name_gets_nothing(String host) throws IOException {
    for (String method : List.of("GET", "POST")) {
      for (String path : List.of(JSON, "/l/token", "/openapi.json", "/outbox")) {
        assertEquals(421, send(method, path, host + ":" + web.port(), ""), path);
      }
    }
    assertEquals(0, USES.count.get());
  }
}
