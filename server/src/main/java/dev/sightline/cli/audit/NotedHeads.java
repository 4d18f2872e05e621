package dev.sightline.cli.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Where one organization's log stood, as a server noted it in a file of its own. */
public final class NotedHeads {
  private static final JsonMapper JSON = new JsonMapper();

  private final NavigableMap<Long, List<Noted>> byRevision;

  private NotedHeads(NavigableMap<Long, List<Noted>> byRevision) {
    this.byRevision = byRevision;
  }

  /** A log's head at a time. */
  record Noted(Instant at, String hash) {}

  /** For a check against nothing. */
  public static NotedHeads none() {
    return new NotedHeads(new TreeMap<>());
  }

  /**
   * Reads what a file says of one organization. A line that is cut off, as a power failure leaves
   * one, says nothing.
   */
  public static NotedHeads read(Path file, String organization) throws IOException {
    var heads = new TreeMap<Long, List<Noted>>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read(line, organization, heads);
      }
    }
    return new NotedHeads(heads);
  }

  private static void read(String line, String organization, Map<Long, List<Noted>> heads) {
    try {
      JsonNode head = JSON.readTree(line);
      if (head.path("organization").asText().equals(organization)) {
        heads
            .computeIfAbsent(head.path("revision").asLong(), _ -> new ArrayList<>())
            .add(new Noted(Instant.parse(head.path("at").asText()), head.path("hash").asText()));
      }
    } catch (JsonProcessingException | DateTimeException e) {
      // Cut off.
    }
  }

  /** What was noted at a revision. */
  List<Noted> at(long revision) {
    return byRevision.getOrDefault(revision, List.of());
  }

  /** What was noted behind a revision. */
  NavigableMap<Long, List<Noted>> behind(long revision) {
    return byRevision.tailMap(revision, false);
  }

  /** How many were noted. */
  long count() {
    return byRevision.values().stream().mapToLong(List::size).sum();
  }
}
