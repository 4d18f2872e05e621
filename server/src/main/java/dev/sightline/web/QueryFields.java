package dev.sightline.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;

/**
 * The fields of a request in a query: {@code actor.userId=ada&pageSize=50}, a repeated field by
 * naming it more than once.
 */
final class QueryFields {
  private final Descriptor type;
  private final ObjectNode request = JsonNodeFactory.instance.objectNode();

  private QueryFields(Descriptor type) {
    this.type = type;
  }

  /**
   * What a query says, as JSON.
   *
   * @param query still encoded
   */
  static ObjectNode read(Descriptor type, String query) {
    var fields = new QueryFields(type);
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        fields.put(
            decoded(equals < 0 ? parameter : parameter.substring(0, equals)),
            decoded(equals < 0 ? "" : parameter.substring(equals + 1)));
      }
    }
    return fields.request;
  }

  private static String decoded(String encoded) {
    String text = Percent.decodedQuery(encoded);
    if (text == null) {
      throw Malformed.request("The query is not encoded rightly.");
    }
    return text;
  }

  private void put(String path, String value) {
    ObjectNode object = request;
    Descriptor message = type;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      FieldDescriptor field = field(message, names[i], path);
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isRepeated()) {
        throw Malformed.field(path, "A query cannot say " + Malformed.shortened(path) + ".");
      }
      message = field.getMessageType();
      object = object.withObjectProperty(field.getJsonName());
    }
    put(object, field(message, names[names.length - 1], path), path, value);
  }

  private static void put(ObjectNode object, FieldDescriptor field, String path, String value) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      throw Malformed.field(
          path,
          "%s has fields of its own: say %s.%s and the like."
              .formatted(path, path, field.getMessageType().getFields().getFirst().getJsonName()));
    }
    if (field.isRepeated()) {
      object.withArrayProperty(field.getJsonName()).add(value);
    } else if (object.has(field.getJsonName())) {
      throw Malformed.field(path, "The query says " + path + " twice.");
    } else {
      object.put(field.getJsonName(), value);
    }
  }

  private static FieldDescriptor field(Descriptor message, String name, String path) {
    FieldDescriptor field = JsonNames.field(message, name);
    if (field == null) {
      throw Malformed.field(
          path,
          "There is no field %s; the fields there are: %s."
              .formatted(Malformed.shortened(path), JsonNames.all(message)));
    }
    return field;
  }
}
