package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.cache.DatabaseClock;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams over HTTP, on a real node. */
@Timeout(120)
class JsonStreamsTest {
  private static final String WATCH = "/v1/organizations:watch";
  private static final String START =
      "{\"start\": {\"organizations\": [{\"organizationId\": \"acme\"}], \"revocationsOnly\":"
          + " true}}";

  private static TestService service;
  private static Server server;
  private static Web operator;

  @BeforeAll
  static void start() {
    service = TestService.start();
    server =
        Server.start(
            service
                .serving(DatabaseClock.measured(), 0)
                .withTokens()
                .withHttp(new ServerSettings.Http(0)));
    operator = Web.to(server.httpPort()).with(Objects.requireNonNull(server.firstToken()).reveal());
    operator
        .post(
            "/v1/organizations",
            """
            {"organizationId": "acme", "name": "Acme",
             "admin": {"id": "ada", "name": "Ada", "email": "ada@acme.test"}}\
            """)
        .ok();
    dashboard("sales");
  }

  @AfterAll
  static void stop() {
    operator.close();
    server.close();
    service.close();
  }

  private static void dashboard(String id) {
    operator
        .post(
            "/v1/organizations/acme/dashboards",
            """
            {"actor": {"userId": "ada"}, "dashboardId": "%s", "name": "D"}\
            """
                .formatted(id))
        .ok();
  }

  private static void delete(String id) {
    operator
        .send("DELETE", "/v1/organizations/acme/dashboards/" + id + "?actor.userId=ada", null)
        .ok();
  }

  private static JsonNode until(Web.Lines lines, String event) throws IOException {
    while (true) {
      JsonNode line = assertNotNull(lines.next(), "the stream ended");
      if (line.at("/result/event").has(event)) {
        return line.at("/result/event").path(event);
      }
    }
  }

  private static <T> T assertNotNull(T value, String otherwise) {
    org.junit.jupiter.api.Assertions.assertNotNull(value, otherwise);
    return value;
  }

  @Test
  void a_list_is_streamed_a_line_for_each_part() throws IOException {
    try (Web.Lines lines =
        operator.stream(
            "GET",
            "/v1/organizations/acme/users/ada/dashboards:stream?fields.name=true"
                + "&consistency.fullyConsistent=true",
            null)) {
      assertEquals(
          "application/x-ndjson",
          lines.response().headers().firstValue("content-type").orElseThrow());
      JsonNode first = assertNotNull(lines.next(), "no line");
      assertEquals("D", first.at("/result/dashboards/0/name").asText());
      assertNull(lines.next());
    }
  }

  @Test
  void a_watch_is_told_what_somebody_lost() throws IOException {
    dashboard("lost");
    try (Web.Lines lines = operator.stream("POST", WATCH, START)) {
      assertEquals("acme", until(lines, "started").path("organizationId").asText());
      delete("lost");
      JsonNode changed = until(lines, "levelsChanged");
      assertEquals("lost", changed.at("/changes/0/dashboardId").asText());
      assertEquals("LEVEL_NONE", changed.at("/changes/0/after").asText());
    }
  }

  @Test
  void a_watch_that_comes_back_with_its_cursor_misses_nothing() throws IOException {
    dashboard("one");
    dashboard("two");
    String cursor;
    try (Web.Lines lines = operator.stream("POST", WATCH, START)) {
      until(lines, "started");
      delete("one");
      cursor = until(lines, "levelsChanged").path("cursor").asText();
    }
    delete("two");
    try (Web.Lines lines =
        operator.stream(
            "POST", WATCH, START.replace("\"acme\"", "\"acme\", \"cursor\": \"" + cursor + "\""))) {
      assertEquals("two", until(lines, "levelsChanged").at("/changes/0/dashboardId").asText());
    }
  }

  @Test
  void a_watch_ends_when_its_reader_has_gone() throws Exception {
    dashboard("gone");
    int before = server.feeds().count();
    Web.Lines lines = operator.stream("POST", WATCH, START.replace("true", "false"));
    until(lines, "started");
    assertTrue(server.feeds().count() > before);
    lines.close();
    boolean draft = false;
    while (server.feeds().count() > before) {
      draft = !draft; // What is written to nobody shows that nobody reads.
      operator
          .post(
              "/v1/organizations/acme/dashboards/gone:setDraft",
              "{\"actor\": {\"userId\": \"ada\"}, \"draft\": " + draft + "}")
          .ok();
    }
  }

  @Test
  void a_stream_ends_with_the_token_and_says_so_in_its_last_line() throws IOException {
    JsonNode token =
        operator
            .post(
                "/v1/tokens",
                """
                {"name": "t", "scopes": ["SCOPE_WATCH"], "binding": {"organizationId": "acme"}}\
                """)
            .ok();
    Web watcher = operator.with(token.path("secret").asText());
    try (Web.Lines lines = watcher.stream("POST", WATCH, START)) {
      until(lines, "started");
      operator.post("/v1/tokens/" + token.at("/token/id").asText() + ":revoke", "{}").ok();
      JsonNode line = assertNotNull(lines.next(), "ended without a word");
      while (line.has("result")) {
        line = assertNotNull(lines.next(), "ended without a word");
      }
      assertEquals(16, line.at("/error/code").asInt());
      assertEquals("NOT_AUTHENTICATED", line.at("/error/details/0/reason").asText());
      assertNull(lines.next());
    }
  }

  @Test
  void what_is_refused_before_the_first_line_is_refused_as_usual() {
    operator
        .post(WATCH, "{\"start\": {\"organizations\": [{\"organizationId\": \"nobody\"}]}}")
        .refused(404, 5, "ORGANIZATION_NOT_FOUND");
    operator.with(null).post(WATCH, START).refused(401, 16, "NOT_AUTHENTICATED");
  }

  @Test
  void a_node_that_stops_ends_its_streams_with_a_reason() throws IOException {
    Server stopping =
        Server.start(
            service.serving(DatabaseClock.measured(), 0).withHttp(new ServerSettings.Http(0)));
    try (Web web = Web.to(stopping.httpPort());
        Web.Lines lines = web.stream("POST", WATCH, START)) {
      until(lines, "started");
      stopping.close();
      JsonNode last = assertNotNull(lines.next(), "ended without a word");
      assertEquals("SERVER_STOPPING", last.at("/error/details/0/reason").asText());
    }
  }
}
