package dev.sightline.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the request of a call out of path, query and body.
 *
 * <p>All three become one JSON object first, which must name nothing but fields of the contract;
 * protobuf's own parser then reads it.
 */
final class RequestReader {
  private static final int DEEPEST = 64;

  /** Strict, so that what is said twice or trails behind is not passed over. */
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
  }

  private RequestReader() {}

  /**
   * The request.
   *
   * @param variables what the path says, still encoded, by the fields' names in the contract
   * @param query still encoded; null: none
   * @throws io.grpc.StatusRuntimeException if it is not what the contract asks for
   */
  static Message read(
      Route route, Map<String, String> variables, @Nullable String query, byte[] body) {
    Descriptor type = route.rpc().getInputType();
    ObjectNode request;
    if (route.takesBody()) {
      if (query != null && !query.isEmpty()) {
        throw Malformed.request("This call takes its fields in the body, and no query.");
      }
      request = object(body);
    } else {
      if (body.length > 0) {
        throw Malformed.request("This call takes its fields in the path and the query, no body.");
      }
      request = QueryFields.read(type, query == null ? "" : query);
    }
    variables.forEach((field, value) -> put(request, type.findFieldByName(field), value));
    KnownFields.check(request, type);
    return message(request, type);
  }

  private static ObjectNode object(byte[] body) {
    if (body.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw Malformed.request(
          "The body is not JSON: " + Malformed.shortened(e.getOriginalMessage()) + where(e));
    } catch (IOException e) {
      throw Malformed.request("The body is not JSON in UTF-8.");
    }
    throw Malformed.request("The body is not a JSON object.");
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? "."
        : " (line %d, column %d)."
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static void put(ObjectNode request, FieldDescriptor field, String encoded) {
    String value = Percent.decodedPath(encoded);
    if (value == null) {
      throw Malformed.field(
          field.getJsonName(), "In the path, " + field.getJsonName() + " is not encoded rightly.");
    }
    for (String name : new String[] {field.getName(), field.getJsonName()}) {
      JsonNode said = request.remove(name);
      if (said != null && !(said.isValueNode() && said.asText().equals(value))) {
        throw Malformed.field(
            field.getJsonName(),
            "The path and the rest of the request say different things for "
                + field.getJsonName()
                + "; leave it to the path.");
      }
    }
    request.put(field.getJsonName(), value);
  }

  private static Message message(ObjectNode request, Descriptor type) {
    var message = DynamicMessage.newBuilder(type);
    try {
      JsonFormat.parser().merge(request.toString(), message);
      return message.build();
    } catch (InvalidProtocolBufferException e) {
      throw Malformed.request(
          "The request is not what the contract asks for: "
              + Malformed.shortened(String.valueOf(e.getMessage()))
              + ".");
    } catch (RuntimeException e) {
      // What the parser stumbles over is the request's fault; it says so in its own words.
      throw Malformed.request("The request is not what the contract asks for.");
    }
  }
}
