package dev.sightline.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.change.Change;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the log's records: JSON in UTF-8 without white space, with sorted keys, so that one
 * change has one spelling. Instants are ISO-8601 in UTC; whatever is absent is null.
 *
 * <p>Personal values are not in them, only commitments ({@link PersonalValue}).
 */
final class LogCodec {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private LogCodec() {}

  /** Where a record stands, and who made it. */
  record Context(
      OrganizationId organization, long revision, int number, Author author, Instant at) {}

  /** A record's bytes, what they only commit to, and what it is to be found by. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Encoded(byte[] body, List<PersonalValue> personal, Set<LogSubject> subjects) {}

  static Encoded encode(Context context, Change change) {
    ObjectNode body = JSON.createObjectNode();
    body.put("organization", context.organization.value());
    body.put("revision", context.revision);
    body.put("number", context.number);
    body.put("at", context.at.toString());
    Author author = context.author;
    body.put("actor", author.actor() == null ? null : author.actor().value());
    body.put(
        "actorOrganization",
        author.actorOrganization() == null ? null : author.actorOrganization().value());
    body.put("caller", author.caller());
    List<PersonalValue> personal = ChangeToJson.write(change, body);
    try {
      return new Encoded(JSON.writeValueAsBytes(body), personal, LogSubject.all(body));
    } catch (JsonProcessingException e) {
      throw new StoreFault("a change cannot be written to the log: " + change, e);
    }
  }

  /** The change in a record; profiles come as {@link ChangeFromJson#WITHHELD}. */
  static Change decode(byte[] body) {
    return ChangeFromJson.read(parse(body));
  }

  /** Who made a record's revision; null for nobody who is a person. */
  static @Nullable UserId actor(byte[] body) {
    JsonNode actor = parse(body).path("actor");
    return actor.isTextual() ? new UserId(actor.textValue()) : null;
  }

  static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new StoreFault("a record of the log is not JSON", e);
    }
  }
}
