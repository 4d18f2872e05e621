package dev.sightline.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.nio.charset.StandardCharsets;

/** Refuses JSON that names what the contract does not know, or holds what is no text. */
final class KnownFields {
  private KnownFields() {}

  static void check(ObjectNode request, Descriptor type) {
    check(request, type, "");
  }

  private static void check(ObjectNode object, Descriptor type, String where) {
    object
        .properties()
        .forEach(property -> {
          FieldDescriptor field = JsonNames.field(type, property.getKey());
          String path = where + property.getKey();
          if (field == null) {
            throw Malformed.field(
                path,
                "There is no field %s; the fields there are: %s."
                    .formatted(Malformed.shortened(path), JsonNames.all(type)));
          }
          check(property.getValue(), field, path);
        });
  }

  private static void check(JsonNode value, FieldDescriptor field, String path) {
    switch (value) {
      case ArrayNode array -> array.forEach(element -> check(element, field, path));
      case ObjectNode object -> {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
          check(object, field.getMessageType(), path + ".");
        }
      }
      default -> {
        if (value.isTextual() && !isText(value.textValue())) {
          throw Malformed.field(path, path + " holds half of a character, which is no text.");
        }
      }
    }
  }

  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
