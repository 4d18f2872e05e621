package dev.sightline.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Something that a record of the log can be found by: who made it, what kind it is, or somebody or
 * something that it names.
 *
 * <p>What a record names is told by the names of its JSON's fields, wherever they stand, and not by
 * its kind: so a new kind of change is found, too, if it calls a user {@code user}.
 *
 * @param type {@code actor}, {@code kind}, or {@code user} (agents included), {@code team}, {@code
 *     dashboard} …
 * @param id of the thing, or the kind's name
 */
public record LogSubject(String type, String id) {
  private static final String ACTOR = "actor";
  private static final String KIND = "kind";
  private static final String USER = "user";

  /** Fields that hold an id, or as a plural an array of ids, and what the id is of. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("user", USER),
          Map.entry("owner", USER),
          Map.entry("requester", USER),
          Map.entry("addressee", USER),
          Map.entry("agent", USER),
          Map.entry("supportRequest", USER),
          Map.entry("by", USER),
          Map.entry("team", "team"),
          Map.entry("dashboard", "dashboard"),
          Map.entry("workspace", "workspace"),
          Map.entry("grant", "grant"),
          Map.entry("request", "request"),
          Map.entry("parent", "organization"));

  /** Whoever did something: {@code decidedBy}, {@code revokedBy} … */
  private static final String BY = "By";

  /** The one kind whose values before and after are ids of users and nothing more. */
  private static final String ESTATE = "ESTATE";

  /** No id is longer; what is, is none. */
  private static final int LONGEST_ID = 160;

  public static LogSubject actor(String id) {
    return new LogSubject(ACTOR, id);
  }

  public static LogSubject kind(String name) {
    return new LogSubject(KIND, name);
  }

  /** A user or an agent whom a record names. */
  public static LogSubject user(String id) {
    return new LogSubject(USER, id);
  }

  /** All that a record can be found by. */
  static SequencedSet<LogSubject> all(JsonNode body) {
    SequencedSet<LogSubject> found = new LinkedHashSet<>();
    found.add(kind(body.path(KIND).asText()));
    if (body.path(ACTOR).isTextual()) {
      found.add(actor(body.path(ACTOR).asText()));
    }
    found.addAll(named(body));
    return found;
  }

  /** Whom and what a record names, its actor aside, in the order of its fields. */
  public static SequencedSet<LogSubject> named(JsonNode body) {
    SequencedSet<LogSubject> found = new LinkedHashSet<>();
    if (body.path(KIND).asText().equals(ESTATE)) {
      add(USER, body.path("before"), found);
      add(USER, body.path("after"), found);
    }
    collect(body, found);
    return found;
  }

  private static void collect(JsonNode node, SequencedSet<LogSubject> found) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (value.isTextual()) {
        add(type(name), value, found);
      } else if (value.isArray()) {
        String type = name.endsWith("s") ? type(name.substring(0, name.length() - 1)) : "";
        value.forEach(element -> {
          add(type, element, found);
          collect(element, found);
        });
      } else {
        collect(value, found);
      }
    }
  }

  private static String type(String field) {
    return field.endsWith(BY) ? USER : TYPES.getOrDefault(field, "");
  }

  private static void add(String type, JsonNode id, SequencedSet<LogSubject> found) {
    if (!type.isEmpty() && id.isTextual() && id.asText().length() <= LONGEST_ID) {
      found.add(new LogSubject(type, id.asText()));
    }
  }

  /** As the table has it; an id may hold a colon, a type may not. */
  String text() {
    return type + ":" + id;
  }
}
