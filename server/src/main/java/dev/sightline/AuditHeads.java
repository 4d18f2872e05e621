package dev.sightline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.store.AuditLog;
import dev.sightline.store.LogHead;
import dev.sightline.store.Page;
import dev.sightline.store.StartRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes where the organizations' logs stand in a file that is none of the database's. Whoever
 * rewrites a log, hashes and all, cannot rewrite that: {@code sightline audit verify --heads}
 * compares. The file is only ever added to, and a node has one of its own.
 */
final class AuditHeads {
  private static final Logger LOG = LoggerFactory.getLogger(AuditHeads.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int TOGETHER = 500;

  private final AuditLog log;
  private final Path file;
  private final InstantSource time;

  /** What the file says of each organization. */
  private final Map<String, Noted> noted = new HashMap<>();

  /** The file's size when it was last written or read; another one means: read it again. */
  private long size = -1;

  private AuditHeads(AuditLog log, Path file, InstantSource time) {
    this.log = log;
    this.file = file;
    this.time = time;
  }

  private record Noted(long revision, String hash) {}

  /**
   * Opens the file or makes it.
   *
   * @throws StartRefused if it cannot be written to
   */
  static AuditHeads open(AuditLog log, Path file, InstantSource time) {
    AuditHeads heads = new AuditHeads(log, file, time);
    try {
      heads.append("");
      heads.readIfChanged();
    } catch (IOException e) {
      throw new StartRefused("The file for audit heads cannot be written: " + file, e);
    }
    return heads;
  }

  /** Adds a line for each organization whose log has moved since its last line. */
  synchronized void noteMoved() {
    try {
      readIfChanged();
      List<LogHead> heads = log.heads(Page.first(TOGETHER));
      while (!heads.isEmpty()) {
        append(lines(heads));
        heads = log.heads(new Page(heads.getLast().organization().value(), TOGETHER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("audit heads cannot be written to " + file, e);
    }
  }

  /** The time is read after the heads were: what is noted was so then, or before. */
  private String lines(List<LogHead> heads) {
    String at = time.instant().toString();
    var lines = new StringBuilder();
    for (LogHead head : heads) {
      String organization = head.organization().value();
      Noted now = new Noted(head.revision(), head.hash().hex());
      Noted before = noted.put(organization, now);
      if (now.equals(before)) {
        continue;
      }
      if (before != null && now.revision <= before.revision) {
        LOG.warn(
            "the log of {} stood at revision {} and stands at {} now: it has been put back or rewritten",
            organization,
            before.revision,
            now.revision);
      }
      lines
          .append(
              JSON.createObjectNode()
                  .put("at", at)
                  .put("organization", organization)
                  .put("revision", now.revision)
                  .put("hash", now.hash))
          .append('\n');
    }
    return lines.toString();
  }

  private void append(String lines) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      if (!lines.isEmpty()) {
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
        size = channel.size();
      }
    }
  }

  /** At start, and whenever somebody took the file away or put another one there. */
  private void readIfChanged() throws IOException {
    long now = Files.exists(file) ? Files.size(file) : 0;
    if (now == size) {
      return;
    }
    noted.clear();
    size = now;
    if (now > 0) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        lines.lines().forEach(this::read);
      }
      if (!endsWithLine()) {
        // It was being written when the machine went down: the next line begins anew.
        append("\n");
      }
    }
  }

  private void read(String line) {
    try {
      JsonNode head = JSON.readTree(line);
      noted.put(
          head.path("organization").asText(),
          new Noted(head.path("revision").asLong(), head.path("hash").asText()));
    } catch (JsonProcessingException e) {
      LOG.warn("{} has a line that is no head; it was cut off, or is none of ours", file);
    }
  }

  private boolean endsWithLine() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n';
    }
  }
}
