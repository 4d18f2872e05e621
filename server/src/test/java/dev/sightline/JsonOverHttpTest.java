package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.cache.DatabaseClock;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls over HTTP, to a node that asks for tokens. */
@Timeout(120)
class JsonOverHttpTest {
  private static final String SALES = "/v1/organizations/acme/dashboards/sales";
  private static final String CHECK = "/v1/organizations/acme/users/%s/dashboards/sales:canView";

  private static TestService service;
  private static Server server;
  private static Web nobody;
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
    nobody = Web.to(server.httpPort());
    operator = nobody.with(Objects.requireNonNull(server.firstToken()).reveal());
    for (String organization : List.of("acme", "other")) {
      operator
          .post(
              "/v1/organizations",
              """
              {"organizationId": "%s", "name": "Acme",
               "admin": {"id": "ada", "name": "Ada", "email": "ada@acme.test"}}\
              """
                  .formatted(organization))
          .ok();
    }
    operator
        .post(
            "/v1/organizations/acme/users",
            """
            {"actor": {"userId": "ada"},
             "user": {"id": "dee", "name": "Dee", "email": "dee@acme.test", "role": "ROLE_ANALYST"}}\
            """)
        .ok();
    operator
        .post(
            "/v1/organizations/acme/dashboards",
            """
            {"actor": {"userId": "ada"}, "dashboardId": "sales", "name": "Sales",
             "company_default": "LEVEL_NONE"}\
            """)
        .ok();
  }

  @AfterAll
  static void stop() {
    nobody.close();
    server.close();
    service.close();
  }

  private static Web holding(String binding, String... scopes) {
    JsonNode made =
        operator
            .post(
                "/v1/tokens",
                """
                {"name": "test", "scopes": ["%s"], "binding": %s}\
                """
                    .formatted(String.join("\", \"", scopes), binding))
            .ok();
    return nobody.with(made.path("secret").asText());
  }

  @Test
  void an_answer_says_no_as_plainly_as_yes() {
    JsonNode yes = operator.get(CHECK.formatted("ada")).ok();
    JsonNode no = operator.get(CHECK.formatted("dee")).ok();
    assertTrue(yes.path("allowed").booleanValue());
    assertTrue(no.has("allowed"));
    assertFalse(no.path("allowed").booleanValue());
    assertTrue(no.path("proofAgeMicros").isTextual(), "64 bits are text");
    assertFalse(no.path("position").asText().isEmpty());
  }

  @Test
  void a_position_that_is_passed_back_is_at_least_what_the_answer_is_decided_at() {
    JsonNode written =
        operator
            .post(SALES + ":rename", "{\"actor\": {\"userId\": \"ada\"}, \"name\": \"Sales 2\"}")
            .ok();
    String position = written.at("/written/position").asText();
    String query = "?consistency.atLeast=" + position.replace("+", "%2B").replace("=", "%3D");
    operator.get(CHECK.formatted("ada") + query).ok();
    operator.get(CHECK.formatted("ada") + "?consistency.fully_consistent=true").ok();
  }

  @Test
  void changes_take_their_fields_in_the_body() {
    JsonNode changed =
        operator
            .send(
                "PATCH",
                SALES + "/access",
                """
                {"actor": {"userId": "ada"},
                 "set": [{"userId": "dee", "level": "LEVEL_VIEWER", "expiresInMicros": "3600000000"}]}\
                """)
            .ok();
    assertEquals("dee", changed.at("/entries/0/userId").asText());
    assertTrue(
        operator
            .get(CHECK.formatted("dee") + "?consistency.fullyConsistent=true")
            .ok()
            .path("allowed")
            .booleanValue());
    JsonNode removed =
        operator
            .send(
                "PATCH",
                SALES + "/access",
                "{\"actor\": {\"userId\": \"ada\"}, \"remove\": [{\"userId\": \"dee\"}]}")
            .ok();
    assertEquals(0, removed.path("entries").size());
  }

  @Test
  void deleting_takes_its_fields_in_the_query() {
    operator
        .post(
            "/v1/organizations/acme/dashboards",
            "{\"actor\": {\"userId\": \"dee\"}, \"dashboardId\": \"mine\", \"name\": \"Mine\"}")
        .ok();
    JsonNode deleted =
        operator
            .send("DELETE", "/v1/organizations/acme/dashboards/mine?actor.userId=dee", null)
            .ok();
    assertTrue(deleted.at("/written/changed").booleanValue());
  }

  @Test
  void whoever_presents_no_valid_token_is_refused_before_the_body_is_looked_at() {
    for (String token : new String[] {null, "nonsense", "sl_" + "0".repeat(40)}) {
      Web.Answer answer = nobody.with(token).post("/v1/organizations", "no JSON");
      answer.refused(401, 16, "NOT_AUTHENTICATED");
      assertEquals("Bearer", answer.header("www-authenticate"));
    }
  }

  @Test
  void a_token_without_the_scope_is_refused_with_the_scope_that_is_needed() {
    Web.Answer answer =
        holding("{\"organizationId\": \"acme\"}", "SCOPE_CHECK")
            .post(SALES + ":rename", "{\"actor\": {\"userId\": \"ada\"}, \"name\": \"X\"}");
    answer.refused(403, 7, "CALLER_NOT_ALLOWED");
    assertEquals("MANAGE", answer.fact("needed_scopes"));
  }

  @Test
  void a_token_reaches_no_organization_beyond_its_own() {
    Web acme = holding("{\"organizationId\": \"acme\"}", "SCOPE_CHECK");
    acme.get(CHECK.formatted("ada")).ok();
    acme.get("/v1/organizations/other/users/ada/dashboards/sales:canView")
        .refused(403, 7, "CALLER_NOT_ALLOWED");
  }

  @Test
  void refusals_are_the_same_as_over_grpc() {
    operator.get("/v1/organizations/nobody").refused(404, 5, "ORGANIZATION_NOT_FOUND");
    operator
        .get("/v1/organizations/acme/dashboards/none?actor.userId=ada")
        .refused(404, 5, "DASHBOARD_NOT_FOUND");
    operator
        .post(
            "/v1/organizations/acme/dashboards",
            "{\"actor\": {\"userId\": \"ada\"}, \"dashboardId\": \"sales\", \"name\": \"S\"}")
        .refused(409, 6, "ID_TAKEN");
    operator
        .post(
            "/v1/organizations/acme/users/ada:changeRole",
            "{\"actor\": {\"userId\": \"ada\"}, \"role\": \"ROLE_ANALYST\"}")
        .refused(400, 9, "LAST_ADMIN");
    operator
        .get("/v1/organizations/%20/users/ada/dashboards/sales:canView")
        .refused(400, 3, "MALFORMED_ID");
  }

  @Test
  void what_the_contract_does_not_know_is_refused_by_its_name() {
    Web.Answer body = operator.post("/v1/organizations", "{\"organisationId\": \"x\"}");
    body.refused(400, 3, "MALFORMED_REQUEST");
    assertEquals("organisationId", body.fact("field"));
    Web.Answer nested =
        operator.post("/v1/organizations", "{\"admin\": {\"id\": \"x\", \"mail\": \"y\"}}");
    assertEquals("admin.mail", nested.refused(400, 3, "MALFORMED_REQUEST").fact("field"));
    Web.Answer query = operator.get(CHECK.formatted("ada") + "?consistency.at_last=x");
    assertEquals("consistency.at_last", query.refused(400, 3, "MALFORMED_REQUEST").fact("field"));
  }

  @Test
  void requests_that_are_ambiguous_are_refused() {
    List<Web.Answer> answers = new ArrayList<>();
    answers.add(operator.post(SALES + ":rename", "{\"name\": \"a\", \"name\": \"b\"}"));
    answers.add(operator.post(SALES + ":rename", "{\"dashboardId\": \"other\", \"name\": \"b\"}"));
    answers.add(operator.post(SALES + ":rename", "{\"name\": \"b\"} {}"));
    answers.add(operator.post(SALES + ":rename", "[]"));
    answers.add(operator.post(SALES + ":rename", "{\"name\": \"\\ud800\"}"));
    answers.add(operator.post(SALES + ":rename?name=x", "{}"));
    answers.add(operator.send("DELETE", SALES + "?actor.userId=ada&actor.userId=dee", null));
    answers.add(operator.send("DELETE", SALES, "{\"actor\": {\"userId\": \"ada\"}}"));
    answers.add(operator.get("/v1/organizations/acme/people?query=%FF"));
    answers.forEach(answer -> answer.refused(400, 3, "MALFORMED_REQUEST"));
  }

  @Test
  void a_body_must_say_that_it_is_json() {
    var request =
        operator
            .request("POST", "/v1/organizations", null)
            .method("POST", HttpRequest.BodyPublishers.ofString("{}"))
            .header("Content-Type", "text/plain")
            .build();
    new Web.Answer(operator.sent(request)).refused(415, 3, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void a_body_beyond_the_limit_is_refused_with_the_limit() {
    String large = "{\"name\": \"" + "x".repeat(4 * 1024 * 1024) + "\"}";
    Web.Answer answer = operator.post("/v1/organizations", large);
    answer.refused(413, 8, "MESSAGE_TOO_LARGE");
    assertEquals("4194304", answer.fact("limit_bytes"));
  }

  @Test
  void paths_and_methods_that_there_are_not_are_said_to_be_not_there() {
    nobody.get("/").refused(404, 5, "NO_SUCH_PATH");
    nobody.get("/v1/organizations/acme/").refused(404, 5, "NO_SUCH_PATH");
    nobody.post("/v1/organizations:nothing", "{}").refused(404, 5, "NO_SUCH_PATH");
    Web.Answer put = nobody.send("PUT", "/v1/organizations", "{}");
    put.refused(405, 12, "METHOD_NOT_ALLOWED");
    assertEquals("GET, HEAD, OPTIONS, POST", put.header("allow"));
  }

  @Test
  void options_tell_the_methods_and_nothing_lets_other_sites_in() {
    Web.Answer options = nobody.send("OPTIONS", SALES, null);
    assertEquals(204, options.status());
    assertEquals("DELETE, GET, HEAD, OPTIONS", options.header("allow"));
    assertTrue(
        options.response().headers().map().keySet().stream()
            .noneMatch(name -> name.startsWith("access-control-")));
  }

  @Test
  void a_head_is_the_answer_without_its_body() {
    Web.Answer head = operator.send("HEAD", CHECK.formatted("ada"), null);
    assertEquals(200, head.status());
    assertEquals("", head.response().body());
    assertEquals("no-store", head.header("cache-control"));
    assertEquals(401, nobody.send("HEAD", CHECK.formatted("ada"), null).status());
    assertEquals(405, operator.send("HEAD", "/v1/organizations/acme:export", null).status());
  }

  @Test
  void the_document_names_every_path_and_needs_no_token() {
    JsonNode document = nobody.get("/openapi.json").ok();
    assertEquals("3.1.0", document.path("openapi").asText());
    assertEquals(
        "AccessService_CanView",
        document
            .path("paths")
            .path(
                "/v1/organizations/{organizationId}/users/{userId}/dashboards/{dashboardId}:canView")
            .at("/get/operationId")
            .asText());
    nobody.send("POST", "/openapi.json", "{}").refused(405, 12, "METHOD_NOT_ALLOWED");
  }
}
