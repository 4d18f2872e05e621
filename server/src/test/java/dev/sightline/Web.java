package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client of JSON over HTTP. */
record Web(HttpClient client, String base, @Nullable String token) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Web to(int port) {
    return new Web(HttpClient.newHttpClient(), "http://localhost:" + port, null);
  }

  /** The same client, presenting this token. */
  Web with(@Nullable String other) {
    return new Web(client, base, other);
  }

  /** An answer. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode json() {
      return read(response.body());
    }

    String reason() {
      return json().at("/details/0/reason").asText();
    }

    String fact(String name) {
      return json().at("/details/0/metadata/" + name).asText();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Asserts that the call was refused so, with a sentence for people. */
    Answer refused(int status, int code, String reason) {
      assertEquals(
          status + " " + code + " " + reason,
          status() + " " + json().path("code").asInt() + " " + reason(),
          response::body);
      assertEquals("sightline.dev", json().at("/details/0/domain").asText());
      assertFalse(json().path("message").asText().isEmpty());
      return this;
    }

    /** The answer to a call that must have been carried out. */
    JsonNode ok() {
      assertEquals(200, status(), response::body);
      assertEquals("application/json", header("content-type"));
      return json();
    }
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, String json) {
    return send("POST", path, json);
  }

  Answer send(String method, String path, @Nullable String json) {
    return new Answer(sent(request(method, path, json).build()));
  }

  HttpRequest.Builder request(String method, String path, @Nullable String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .method(
                method,
                json == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  HttpResponse<String> sent(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A stream that is being read. */
  record Lines(HttpResponse<InputStream> response, BufferedReader reader) implements AutoCloseable {
    /** The next line, whose JSON it is; null at the end. */
    @Nullable JsonNode next() throws IOException {
      String line = reader.readLine();
      return line == null ? null : read(line);
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }

  Lines stream(String method, String path, @Nullable String json) {
    try {
      HttpResponse<InputStream> response =
          client.send(request(method, path, json).build(), BodyHandlers.ofInputStream());
      return new Lines(
          response,
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
