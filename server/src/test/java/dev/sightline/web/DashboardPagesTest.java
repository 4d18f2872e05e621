package dev.sightline.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.auth.Authorization;
import dev.sightline.auth.LocalAuthentication;
import dev.sightline.auth.OpenStreams;
import dev.sightline.auth.RpcRules;
import dev.sightline.auth.TestRealms;
import dev.sightline.rpc.Statuses;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where Open Dashboard leads while nobody has said where dashboards are, and afterwards. */
@Timeout(60)
class DashboardPagesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AfterAll
  static void stop() {
    CLIENT.close();
  }

  private static WebServer serving(@Nullable DashboardAddress dashboards) throws IOException {
    InetAddress address = InetAddress.getLoopbackAddress();
    List<ServerServiceDefinition> nothing = List.of();
    var everybody = new LocalAuthentication(address);
    var guard =
        new Authorization(
            RpcRules.of(nothing),
            everybody,
            new TestRealms(),
            new OpenStreams(everybody, Statuses::exception, Duration.ofSeconds(1)),
            Statuses::exception);
    return WebServer.start(
        new WebServer.Listening(address, 0, null, false, dashboards), nothing, guard, everybody);
  }

  private static HttpResponse<String> send(WebServer web, String method, String path)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + web.port() + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static void assertShutIn(HttpResponse<String> page) {
    assertEquals("no-referrer", header(page, "referrer-policy"));
    assertEquals("no-store", header(page, "cache-control"));
    assertEquals("nosniff", header(page, "x-content-type-options"));
    assertEquals("text/html;charset=utf-8", header(page, "content-type"));
    assertTrue(header(page, "content-security-policy").startsWith("default-src 'none'"));
    assertFalse(page.body().contains("<script"));
  }

  @Test
  void whoever_is_led_nowhere_is_told_why_and_the_operator_what_to_set() throws Exception {
    try (WebServer web = serving(null)) {
      HttpResponse<String> page = send(web, "GET", "/open/acme/D1");
      assertEquals(404, page.statusCode());
      assertTrue(page.body().contains("has not been told where"), page.body());
      assertTrue(page.body().contains("--dashboard-url"), page.body());
      assertShutIn(page);
      for (String path : List.of("/open/", "/open/acme", "/open/no/such", "/open/a/b/c?x=%3Cb")) {
        assertEquals(page.body(), send(web, "GET", path).body(), "the same for every id");
        assertEquals(404, send(web, "GET", path).statusCode());
      }
      HttpResponse<String> head = send(web, "HEAD", "/open/acme/D1");
      assertEquals(404, head.statusCode());
      assertEquals("", head.body());
      HttpResponse<String> post = send(web, "POST", "/open/acme/D1");
      assertEquals(405, post.statusCode());
      assertEquals("GET, HEAD", header(post, "allow"));
      assertShutIn(post);
    }
  }

  @Test
  void links_of_earlier_mails_lead_on_once_it_is_known_where_to() throws Exception {
    DashboardAddress there =
        (organization, id) -> "https://app.acme.test/" + organization + "?" + id;
    try (WebServer web = serving(there)) {
      HttpResponse<String> page = send(web, "GET", "/open/acme/a%2Bb%40c");
      assertEquals(302, page.statusCode());
      assertEquals("https://app.acme.test/acme?a+b@c", header(page, "location"));
      assertShutIn(page);
      for (String path :
          List.of(
              "/open/",
              "/open/acme",
              "/open/a/b/c",
              "/open/acme/%0d%0aSet-Cookie:x",
              "/open/%C3%28/b")) {
        HttpResponse<String> none = send(web, "GET", path);
        assertTrue(none.statusCode() == 404 || none.statusCode() == 400, path);
        assertEquals("", header(none, "location"), path);
      }
    }
  }
}
