package dev.sightline.cli.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A line of an exported log, read so that nothing passes that a server would not have written. */
sealed interface ExportedLine {
  /**
   * The first line.
   *
   * @param personal whether personal values are in the file; files of version 1 do not say it
   */
  record Header(
      String organization,
      Instant exportedAt,
      long from,
      long through,
      long head,
      String start,
      boolean personal)
      implements ExportedLine {}

  /** A record of the log, as text and parsed. */
  record Logged(String body, JsonNode json, String hash, List<Revealed> personal)
      implements ExportedLine {}

  /** The last line. */
  record Trailer(long revision, String hash, long records, List<Later> later)
      implements ExportedLine {}

  /** That what is personal about somebody was erased at a revision behind the file's. */
  record Later(Erasures.Person person, long revision) {}

  /** A personal value with the salt that it was committed to with, in hexadecimal digits. */
  record Revealed(String field, String about, String salt, String value) {}

  JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  Pattern HEX = Pattern.compile("([0-9a-f]{2})+");
  Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Reads a line by what it begins with. */
  static ExportedLine read(String line) throws Malformed {
    JsonNode node = json(line, "the line is not JSON");
    if (node.has("format")) {
      return header(node);
    }
    return node.has("end") ? trailer(node) : logged(node);
  }

  private static Header header(JsonNode node) throws Malformed {
    only(
        node,
        Set.of(
            "format",
            "version",
            "organization",
            "exported_at",
            "from_revision",
            "through_revision",
            "head_revision",
            "starting_hash",
            "personal"));
    long version = number(node, "version");
    if (!text(node, "format").equals("sightline-audit") || version < 1 || version > 2) {
      throw new Malformed("this is not an exported log of a version that is known here");
    }
    try {
      return new Header(
          text(node, "organization"),
          Instant.parse(text(node, "exported_at")),
          number(node, "from_revision"),
          number(node, "through_revision"),
          number(node, "head_revision"),
          hash(node, "starting_hash"),
          personal(node, version));
    } catch (DateTimeException e) {
      throw new Malformed("exported_at is not a time");
    }
  }

  private static boolean personal(JsonNode node, long version) throws Malformed {
    if (version == 1 ? node.has("personal") : !node.path("personal").isBoolean()) {
      throw new Malformed("the field personal is missing, or does not belong there");
    }
    return node.path("personal").asBoolean();
  }

  private static Logged logged(JsonNode node) throws Malformed {
    only(node, Set.of("body", "hash", "personal"));
    String body = text(node, "body");
    List<Revealed> personal = new ArrayList<>();
    for (JsonNode value : node.path("personal")) {
      only(value, Set.of("field", "about", "salt", "value"));
      String salt = text(value, "salt");
      if (!HEX.matcher(salt).matches()) {
        throw new Malformed("a salt is not in hexadecimal digits");
      }
      personal.add(
          new Revealed(text(value, "field"), text(value, "about"), salt, text(value, "value")));
    }
    return new Logged(
        body, json(body, "the record is not JSON"), hash(node, "hash"), List.copyOf(personal));
  }

  private static Trailer trailer(JsonNode node) throws Malformed {
    only(node, Set.of("end", "erased_later"));
    JsonNode end = node.path("end");
    only(end, Set.of("revision", "hash", "records"));
    List<Later> later = new ArrayList<>();
    for (JsonNode one : node.path("erased_later")) {
      only(one, Set.of("user", "user_organization", "revision"));
      later.add(
          new Later(
              new Erasures.Person(text(one, "user"), one.path("user_organization").textValue()),
              number(one, "revision")));
    }
    return new Trailer(
        number(end, "revision"), hash(end, "hash"), number(end, "records"), List.copyOf(later));
  }

  private static JsonNode json(String text, String otherwise) throws Malformed {
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        throw new Malformed(otherwise);
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new Malformed(otherwise);
    }
  }

  private static void only(JsonNode node, Set<String> known) throws Malformed {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new Malformed("the field " + name + " does not belong there");
      }
    }
  }

  private static String text(JsonNode node, String field) throws Malformed {
    if (!node.path(field).isTextual()) {
      throw new Malformed("the field " + field + " is missing, or no text");
    }
    return node.path(field).asText();
  }

  private static String hash(JsonNode node, String field) throws Malformed {
    String hash = text(node, field);
    if (!HASH.matcher(hash).matches()) {
      throw new Malformed("the field " + field + " is no hash of 64 hexadecimal digits");
    }
    return hash;
  }

  private static long number(JsonNode node, String field) throws Malformed {
    if (!node.path(field).isIntegralNumber() || !node.path(field).canConvertToLong()) {
      throw new Malformed("the field " + field + " is missing, or no number");
    }
    return node.path(field).asLong();
  }
}
