package dev.sightline.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.LaterErasures.Later;
import dev.sightline.store.LoggedChange;
import dev.sightline.store.PersonalValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A log as JSON lines, which can be checked without a server. The first line says what the file
 * holds and what its first record is chained to, the last what the last record must be: so nothing
 * can be missing at either end. A record's body is a string, so that its bytes stay exactly those
 * that its hash covers.
 *
 * <p>The first line says whether personal values are in the file, so that one that is missing can
 * be told from one that was not asked for. The last names those whose values were erased by records
 * that the file does not hold.
 */
record AuditLines(Range range) implements AuditFile {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public byte[] begin() {
    ObjectNode header = JSON.createObjectNode();
    header.put("format", "sightline-audit");
    header.put("version", 2);
    header.put("organization", range.organization().value());
    header.put("exported_at", range.at().toString());
    header.put("from_revision", range.from());
    header.put("through_revision", range.through());
    header.put("head_revision", range.head());
    header.put("starting_hash", range.start().hex());
    header.put("personal", range.personal());
    return line(header);
  }

  @Override
  public byte[] record(LoggedChange change) {
    ObjectNode record = JSON.createObjectNode();
    record.put("body", new String(change.body(), StandardCharsets.UTF_8));
    record.put("hash", change.hash().hex());
    if (range.personal() && !change.personal().isEmpty()) {
      ArrayNode values = record.putArray("personal");
      for (PersonalValue value : change.personal()) {
        values
            .addObject()
            .put("field", value.field())
            .put("about", value.about().user().value())
            .put("salt", HexFormat.of().formatHex(value.salt()))
            .put("value", value.value());
      }
    }
    return line(record);
  }

  @Override
  public byte[] end(long records, List<Later> later) {
    ObjectNode trailer = JSON.createObjectNode();
    trailer
        .putObject("end")
        .put("revision", range.through())
        .put("hash", range.end().hex())
        .put("records", records);
    if (!later.isEmpty()) {
      ArrayNode erased = trailer.putArray("erased_later");
      for (Later one : later) {
        OrganizationId home = one.person().home();
        erased
            .addObject()
            .put("user", one.person().user().value())
            .put("user_organization", home == null ? null : home.value())
            .put("revision", one.revision());
      }
    }
    return line(trailer);
  }

  private static byte[] line(ObjectNode node) {
    try {
      return (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record cannot be written as JSON", e);
    }
  }
}
