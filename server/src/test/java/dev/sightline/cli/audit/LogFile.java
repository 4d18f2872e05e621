package dev.sightline.cli.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.model.LogHash;
import dev.sightline.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Exported logs made up at random, the lines of one after the other. */
final class LogFile {
  private static final JsonMapper JSON = new JsonMapper();
  static final String EXPORTED_AT = "2027-03-01T12:00:00Z";

  private LogFile() {}

  /** A log of so many revisions with one to three records each, some with personal values. */
  static List<String> random(Random random, int revisions) {
    List<String> lines = new ArrayList<>();
    byte[] hash = LogHash.EMPTY.bytes();
    long records = 0;
    for (int revision = 1; revision <= revisions; revision++) {
      int most = 1 + random.nextInt(3);
      for (int number = 0; number < most; number++) {
        ObjectNode record = record(random, revision, number);
        hash = Sha256.of(hash, bytes(record.get("body").asText()));
        record.put("hash", HexFormat.of().formatHex(hash));
        lines.add(record.toString());
        records++;
      }
    }
    lines.addFirst(header(revisions).toString());
    lines.add(trailer(revisions, hash, records).toString());
    return lines;
  }

  private static ObjectNode record(Random random, int revision, int number) {
    ObjectNode body = JSON.createObjectNode();
    body.put("organization", "acme").put("revision", revision).put("number", number);
    body.put("kind", "PROFILE").put("user", "u" + random.nextInt(5)).put("x", random.nextInt());
    ObjectNode record = JSON.createObjectNode();
    if (random.nextBoolean()) {
      byte[] salt = new byte[16];
      random.nextBytes(salt);
      String value = "Größe " + random.nextInt();
      body.putObject("after").put("name", HexFormat.of().formatHex(Sha256.of(salt, bytes(value))));
      record
          .putArray("personal")
          .addObject()
          .put("field", "after.name")
          .put("about", body.get("user").asText())
          .put("salt", HexFormat.of().formatHex(salt))
          .put("value", value);
    }
    return record.put("body", body.toString());
  }

  private static ObjectNode header(long revisions) {
    return JSON.createObjectNode()
        .put("format", "sightline-audit")
        .put("version", 1)
        .put("organization", "acme")
        .put("exported_at", EXPORTED_AT)
        .put("from_revision", 1)
        .put("through_revision", revisions)
        .put("head_revision", revisions)
        .put("starting_hash", LogHash.EMPTY.hex());
  }

  private static ObjectNode trailer(long revision, byte[] hash, long records) {
    ObjectNode trailer = JSON.createObjectNode();
    trailer
        .putObject("end")
        .put("revision", revision)
        .put("hash", HexFormat.of().formatHex(hash))
        .put("records", records);
    return trailer;
  }

  /** The same records with hashes and ends that fit: what a forger with time makes. */
  static List<String> computedAnew(List<String> lines) throws IOException {
    List<String> anew = new ArrayList<>();
    byte[] hash = LogHash.EMPTY.bytes();
    long revision = 0;
    for (String line : lines.subList(1, lines.size() - 1)) {
      ObjectNode record = (ObjectNode) JSON.readTree(line);
      revision = JSON.readTree(record.get("body").asText()).get("revision").asLong();
      hash = Sha256.of(hash, bytes(record.get("body").asText()));
      anew.add(record.put("hash", HexFormat.of().formatHex(hash)).toString());
    }
    anew.add(trailer(revision, hash, anew.size()).toString());
    anew.addFirst(header(revision).toString());
    return anew;
  }

  /** The revision of a line's record; 0 for the first line and the last. */
  static long revision(String line) throws IOException {
    var body = JSON.readTree(line).path("body");
    return body.isMissingNode() ? 0 : JSON.readTree(body.asText()).get("revision").asLong();
  }

  static String hash(String line) throws IOException {
    return JSON.readTree(line).get("hash").asText();
  }

  static String noted(String at, long revision, String hash) {
    return JSON.createObjectNode()
        .put("at", at)
        .put("organization", "acme")
        .put("revision", revision)
        .put("hash", hash)
        .toString();
  }

  static Path write(Path folder, String name, List<String> lines) throws IOException {
    return Files.writeString(
        folder.resolve(name), String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
