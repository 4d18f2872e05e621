package dev.sightline.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.Map;
import java.util.TreeMap;

/** Messages and enums as JSON schemas, each once, and those that they hold. */
final class Schemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Comments comments;
  private final Map<String, ObjectNode> byName = new TreeMap<>();

  Schemas(Comments comments) {
    this.comments = comments;
  }

  /** All that were referred to, by their names. */
  ObjectNode all() {
    ObjectNode all = JSON.objectNode();
    byName.forEach(all::set);
    return all;
  }

  /** Points to the schema of a message. */
  ObjectNode reference(Descriptor message) {
    String name = name(message);
    if (!byName.containsKey(name)) {
      ObjectNode schema = JSON.objectNode().put("type", "object");
      byName.put(name, schema);
      describe(schema, comments.of(message.getFullName()));
      ObjectNode properties = schema.putObject("properties");
      message.getFields().forEach(field -> properties.set(field.getJsonName(), described(field)));
      schema.put("additionalProperties", false);
    }
    return reference(name);
  }

  /** What a field holds, and what the contract says of it. */
  ObjectNode described(FieldDescriptor field) {
    ObjectNode schema = of(field);
    describe(schema, comments.of(field.getFullName()));
    return schema;
  }

  /** What a field holds. */
  ObjectNode of(FieldDescriptor field) {
    if (field.isMapField()) {
      ObjectNode map = JSON.objectNode().put("type", "object");
      map.set("additionalProperties", single(field.getMessageType().findFieldByName("value")));
      return map;
    }
    if (field.isRepeated()) {
      ObjectNode array = JSON.objectNode().put("type", "array");
      array.set("items", single(field));
      return array;
    }
    return single(field);
  }

  private ObjectNode single(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> JSON.objectNode().put("type", "string");
      case BOOLEAN -> JSON.objectNode().put("type", "boolean");
      case INT -> JSON.objectNode().put("type", "integer").put("format", "int32");
      // JSON's numbers end at 2^53 for many readers.
      case LONG -> JSON.objectNode().put("type", "string").put("format", "int64");
      case FLOAT, DOUBLE -> JSON.objectNode().put("type", "number");
      case BYTE_STRING -> JSON.objectNode().put("type", "string").put("contentEncoding", "base64");
      case ENUM -> reference(field.getEnumType());
      case MESSAGE -> reference(field.getMessageType());
    };
  }

  private ObjectNode reference(EnumDescriptor type) {
    String name = name(type);
    if (!byName.containsKey(name)) {
      ObjectNode schema = JSON.objectNode().put("type", "string");
      ArrayNode values = schema.putArray("enum");
      var text = new StringBuilder(comments.of(type.getFullName())).append('\n');
      for (EnumValueDescriptor value : type.getValues()) {
        values.add(value.getName());
        // A value's full name lacks its type's.
        text.append("\n- ").append(value.getName()).append(": ");
        text.append(comments.of(type.getFullName() + "." + value.getName()));
      }
      describe(schema, text.toString());
      byName.put(name, schema);
    }
    return reference(name);
  }

  static ObjectNode reference(String name) {
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private static String name(GenericDescriptor type) {
    String packaged = type.getFile().getPackage();
    return type.getFullName().substring(packaged.isEmpty() ? 0 : packaged.length() + 1);
  }

  private static void describe(ObjectNode schema, String text) {
    if (!text.isBlank()) {
      schema.put("description", text.strip());
    }
  }
}
