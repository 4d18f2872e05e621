package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.graph.Seeds;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes in over HTTP is answered, and never as a fault of the server. */
@Timeout(300)
class JsonFuzzTest {
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "1E999999999",
          "0.5",
          "9223372036854775808",
          "[]",
          "{}",
          "[[]]",
          "{\"a\": 1}",
          "\"\"",
          "\"x\"",
          "\"\\u0000\"",
          "\"ROLE_ADMIN\"",
          "\"!!!\"",
          "\"" + "y".repeat(3_000) + "\"",
          "\"-0\"",
          "\"NaN\"",
          "[null]",
          "[\"a\", 1, {}]");
  private static final List<String> SEGMENTS =
      List.of("acme", "a%20b", "%00", "%C3%A9", "x".repeat(300), "support:x", "..x", "a+b@c", "-");

  private static TestService service;
  private static Server server;
  private static Web web;
  private static JsonNode document;

  private record Operation(String method, String path, JsonNode what) {}

  @BeforeAll
  static void start() {
    service = TestService.start();
    server =
        Server.start(
            service.serving(DatabaseClock.measured(), 0).withHttp(new ServerSettings.Http(0)));
    web = Web.to(server.httpPort());
    document = web.get("/openapi.json").ok();
  }

  @AfterAll
  static void stop() {
    web.close();
    server.close();
    service.close();
  }

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        operations.add(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
      }
    }
    return operations;
  }

  @Test
  void bodies_and_queries_of_any_types_are_never_a_fault() {
    Seeds.each(
        8,
        seed -> {
          var random = new Random(seed);
          for (Operation operation : operations()) {
            int status = statusOf(operation, random);
            assertTrue(
                status < 500, () -> operation.method + " " + operation.path + " gave " + status);
          }
        });
  }

  @Test
  void what_is_no_json_is_400() {
    Seeds.each(
        20,
        seed -> {
          var random = new Random(seed);
          String json =
              "{\"organizationId\": \"acme\", \"admin\": {\"id\": \"ada\", \"name\": \"A\"}}";
          String broken = json.substring(0, 1 + random.nextInt(json.length() - 2));
          String deep = "{\"admin\":".repeat(1 + random.nextInt(50_000));
          for (String body : List.of(broken, deep, broken + "\u0001", "\"" + broken)) {
            assertEquals(400, web.post("/v1/organizations", body).status(), body);
          }
        });
  }

  private static int statusOf(Operation operation, Random random) {
    String path = operation.path;
    while (path.contains("{")) {
      path =
          path.substring(0, path.indexOf('{'))
              + SEGMENTS.get(random.nextInt(SEGMENTS.size()))
              + path.substring(path.indexOf('}') + 1);
    }
    String body = null;
    if (operation.what.has("requestBody")) {
      body = object(operation.what.at("/requestBody/content/application~1json/schema"), random);
    } else {
      path += query(operation, random);
    }
    HttpRequest request = web.request(operation.method, path, body).build();
    try {
      var answer = web.client().send(request, BodyHandlers.ofInputStream());
      answer.body().close(); // A watch would go on for ever.
      return answer.statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(path + " " + body, e);
    }
  }

  /** Some fields of what a schema says, with anything in them. */
  private static String object(JsonNode schema, Random random) {
    var object = new StringBuilder("{");
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      if (random.nextInt(4) > 0) {
        object.append(object.length() > 1 ? "," : "");
        object.append('"').append(field.getKey()).append("\":");
        object.append(value(field.getValue(), random));
      }
    }
    return object.append('}').toString();
  }

  private static String value(JsonNode schema, Random random) {
    JsonNode of = resolved(schema);
    if (random.nextInt(3) == 0) {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
    if (of.path("type").asText().equals("array")) {
      return "[" + value(of.path("items"), random) + "," + value(of.path("items"), random) + "]";
    }
    if (of.has("properties")) {
      return object(of, random);
    }
    if (of.has("enum")) {
      return "\"" + of.path("enum").get(random.nextInt(of.path("enum").size())).asText() + "\"";
    }
    return switch (of.path("type").asText()) {
      case "boolean" -> "true";
      case "integer" -> Integer.toString(random.nextInt());
      default ->
          of.path("format").asText().equals("int64") ? "\"" + random.nextLong() + "\"" : "\"acme\"";
    };
  }

  private static JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : document.at(reference.substring(1));
  }

  private static String query(Operation operation, Random random) {
    var query = new StringBuilder("?");
    for (JsonNode parameter : operation.what.path("parameters")) {
      if (parameter.path("in").asText().equals("query") && random.nextBoolean()) {
        String value = random.nextBoolean() ? SEGMENTS.get(random.nextInt(SEGMENTS.size())) : "1";
        query.append(parameter.path("name").asText()).append('=').append(value).append('&');
      }
    }
    return query.toString();
  }
}
