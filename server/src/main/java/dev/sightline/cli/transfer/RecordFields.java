package dev.sightline.cli.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.cli.output.Names;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.Ids;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A record of a file, asked for its fields; each answer is what it should be, or refused. */
final class RecordFields {
  static final int LONGEST_NAME = 200;

  private final Place place;
  private final JsonNode node;

  RecordFields(Place place, JsonNode node, Set<String> known) {
    this.place = place;
    this.node = node;
    if (!node.isObject()) {
      throw place.malformed("is " + kind(node) + ", expected an object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(field.getKey())) {
        throw place.malformed(
            "unknown field '" + field.getKey() + "', expected " + new TreeSet<>(known));
      }
    }
  }

  String id(String field) {
    return wellFormedId(field, text(field));
  }

  String optionalId(String field) {
    return isAbsent(field) ? "" : id(field);
  }

  String name(String field) {
    String name = text(field);
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw wrong(field, "is " + name.length() + " characters long, expected 1 to 200");
    }
    return name;
  }

  String title(String field) {
    String title = isAbsent(field) ? "" : text(field);
    if (title.length() > LONGEST_NAME) {
      throw wrong(field, "is " + title.length() + " characters long, expected up to 200");
    }
    return title;
  }

  String email(String field) {
    String email = text(field);
    if (!EmailAddress.isWellFormed(email)) {
      throw wrong(field, "is '" + email + "', expected an e-mail address");
    }
    return email;
  }

  boolean flag(String field) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw wrong(field, "is " + kind(value) + ", expected true or false");
    }
    return value.booleanValue();
  }

  /** Microseconds since 1970; 0 if it is not said. */
  long time(String field) {
    if (isAbsent(field)) {
      return 0;
    }
    String text = text(field);
    try {
      return Names.micros(Instant.parse(text));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw wrong(field, "is '" + text + "', expected a time like 2026-01-31T12:00:00Z");
    }
  }

  long count(String field) {
    JsonNode value = node.get(field);
    if (value == null
        || !value.canConvertToLong()
        || !value.isIntegralNumber()
        || value.longValue() < 0) {
      throw wrong(field, "is " + kind(value) + ", expected a number of pairs");
    }
    return value.longValue();
  }

  /** One of the values, by its short name; the first of them if it is not said. */
  <E extends Enum<E>> E oneOf(String field, List<E> values) {
    return isAbsent(field) ? values.getFirst() : named(field, text(field), values);
  }

  /** One of the values by its short name. */
  <E extends Enum<E>> E named(String field, String name, List<E> values) {
    for (E value : values) {
      if (Names.of(value).toUpperCase(Locale.ROOT).equals(name)) {
        return value;
      }
    }
    var names = values.stream().map(each -> Names.of(each).toUpperCase(Locale.ROOT)).toList();
    throw wrong(field, "is '" + name + "', expected one of " + names);
  }

  /** Ids; none if it is not said. */
  List<String> ids(String field) {
    var ids = new ArrayList<String>();
    JsonNode values = node.get(field);
    if (values == null || values.isNull()) {
      return ids;
    }
    if (!values.isArray()) {
      throw wrong(field, "is " + kind(values) + ", expected a list of ids");
    }
    for (JsonNode value : values) {
      if (!value.isTextual()) {
        throw wrong(field, "holds " + kind(value) + ", expected ids");
      }
      ids.add(wellFormedId(field, value.textValue()));
    }
    return ids;
  }

  /** What is said under each id; nothing if it is not said. */
  Set<Map.Entry<String, JsonNode>> byId(String field) {
    JsonNode values = node.get(field);
    if (values == null || values.isNull()) {
      return Set.of();
    }
    if (!values.isObject()) {
      throw wrong(field, "is " + kind(values) + ", expected an object with an id for each level");
    }
    values.fieldNames().forEachRemaining(id -> wellFormedId(field, id));
    return values.properties();
  }

  boolean isAbsent(String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull();
  }

  String text(String field) {
    JsonNode value = node.get(field);
    if (value == null || !value.isTextual()) {
      throw wrong(field, "is " + kind(value) + ", expected a text");
    }
    return value.textValue();
  }

  static String kind(@Nullable JsonNode value) {
    if (value == null) {
      return "missing";
    }
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      case STRING, BINARY -> "a text";
      case NULL -> "null";
      case MISSING -> "missing";
    };
  }

  private String wellFormedId(String field, String id) {
    if (!Ids.isWellFormed(id)) {
      throw wrong(field, "has '" + id + "', expected an id: [A-Za-z0-9_.@+-]{1,128}");
    }
    return id;
  }

  private RuntimeException wrong(String field, String problem) {
    return place.malformed("'" + field + "' " + problem);
  }
}
