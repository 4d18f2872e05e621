package dev.sightline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls over HTTP, made of the same requests by what the contract says of paths and queries. */
final class MatrixHttp {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MatrixHttp() {}

  static boolean serves(AnyCall rpc) {
    return rpc.rpc().getOptions().hasExtension(AnnotationsProto.http);
  }

  /**
   * What came of a call.
   *
   * @param body of a stream, its first line
   */
  record Outcome(int status, String body) {
    /** OK, or the status and the reason as gRPC names them. */
    String brief() {
      try {
        JsonNode json = JSON.readTree(body);
        JsonNode error = status == 200 ? json.path("error") : json;
        return error.has("code")
            ? Status.fromCodeValue(error.path("code").asInt()).getCode()
                + " "
                + error.at("/details/0/reason").asText()
            : "OK";
      } catch (IOException e) {
        throw new AssertionError(body, e);
      }
    }
  }

  static Outcome outcome(Web web, AnyCall rpc, Message request) {
    HttpRule rule = rpc.rpc().getOptions().getExtension(AnnotationsProto.http);
    String json = json(request);
    return switch (rule.getPatternCase()) {
      case GET -> sent(web, "GET", path(rule.getGet(), request) + query(json), null);
      case DELETE -> sent(web, "DELETE", path(rule.getDelete(), request) + query(json), null);
      case POST -> sent(web, "POST", path(rule.getPost(), request), json);
      case PATCH -> sent(web, "PATCH", path(rule.getPatch(), request), json);
      case PUT -> sent(web, "PUT", path(rule.getPut(), request), json);
      case CUSTOM, PATTERN_NOT_SET -> throw new AssertionError(rpc.name());
    };
  }

  /** Of a stream, as much is read as shows what it is: a watch would not end. */
  private static Outcome sent(Web web, String method, String path, @Nullable String body) {
    try {
      HttpResponse<java.io.InputStream> response =
          web.client().send(web.request(method, path, body).build(), BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        return new Outcome(response.statusCode(), Objects.requireNonNullElse(lines.readLine(), ""));
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  private static String json(Message request) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(request);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static String path(String template, Message request) {
    String path = template;
    for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
      String variable = "{" + field.getName() + "}";
      if (path.contains(variable)) {
        path = path.replace(variable, encoded(request.getField(field).toString()));
      }
    }
    return path;
  }

  /** All fields: that the path says some of them, too, is no contradiction. */
  private static String query(String json) {
    List<String> fields = new ArrayList<>();
    try {
      collect("", JSON.readTree(json), fields);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
    return fields.isEmpty() ? "" : "?" + String.join("&", fields);
  }

  private static void collect(String name, JsonNode value, List<String> fields) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(field ->
              collect(
                  name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                  field.getValue(),
                  fields));
    } else if (value.isArray()) {
      value.forEach(one -> collect(name, one, fields));
    } else {
      fields.add(name + "=" + encoded(value.asText()));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
