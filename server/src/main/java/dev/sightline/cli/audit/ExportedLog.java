package dev.sightline.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.cli.audit.Erasures.Missing;
import dev.sightline.cli.audit.Erasures.Place;
import dev.sightline.cli.audit.ExportedLine.Header;
import dev.sightline.cli.audit.ExportedLine.Logged;
import dev.sightline.cli.audit.ExportedLine.Trailer;
import dev.sightline.cli.audit.NotedHeads.Noted;
import dev.sightline.cli.audit.Verdict.Broken;
import dev.sightline.cli.audit.Verdict.Whole;
import dev.sightline.model.LogHash;
import dev.sightline.model.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks an exported log without a server. Each record's hash covers its own bytes and the hash of
 * the record before it; revisions and numbers leave nothing out; the first line says what the first
 * record follows, the last one how it ends. So whatever is altered, left out, put in or moved shows
 * at the first record that does not fit. A file in which everything was computed anew fits in
 * itself: only heads that were noted elsewhere tell that.
 *
 * <p>In a file with personal values, each that a record commits to is there, or a later record says
 * that it was erased.
 */
public final class ExportedLog {
  private final NotedHeads noted;
  private final FileLines lines;
  private final Erasures erasures = new Erasures();
  private Header header = new Header("", java.time.Instant.EPOCH, 0, 0, 0, "", false);
  private String hash = "";
  private long revision;
  private int number;
  private long records;
  private long revealed;
  private long compared;

  /** The line that is looked at, from 1. */
  private long line = 1;

  private ExportedLog(InputStream in, NotedHeads noted) {
    this.lines = new FileLines(in);
    this.noted = noted;
  }

  /**
   * The organization whose log a file holds.
   *
   * @return null if the file does not begin as an exported log
   */
  public static @Nullable String organization(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      String first = new FileLines(in).next();
      return first != null && ExportedLine.read(first) instanceof Header header
          ? header.organization()
          : null;
    } catch (Malformed e) {
      return null;
    }
  }

  /** Checks a file, and its heads against those noted elsewhere. */
  public static Verdict check(Path file, NotedHeads noted) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new ExportedLog(in, noted).check();
    }
  }

  private Verdict check() throws IOException {
    try {
      begin(next());
      while (true) {
        switch (next()) {
          case Logged record -> follow(record);
          case Trailer trailer -> {
            return end(trailer);
          }
          case Header _ -> throw new Malformed("a second first line");
        }
      }
    } catch (Malformed e) {
      return new Broken(line, revision, Math.max(0, number), e.how());
    }
  }

  private ExportedLine next() throws IOException, Malformed {
    String text;
    try {
      text = lines.next();
    } finally {
      line = Math.max(1, lines.number());
    }
    if (text == null) {
      throw new Malformed(
          "the file ends behind this line, without the last line that says how the log ends");
    }
    return ExportedLine.read(text);
  }

  private void begin(ExportedLine opening) throws Malformed {
    if (!(opening instanceof Header first)) {
      throw new Malformed("the first line is missing, which says what the file holds");
    }
    boolean isRange =
        first.from() >= 1 && first.from() <= first.through() && first.through() <= first.head();
    if (!isRange) {
      throw new Malformed("the first line names revisions that cannot be");
    }
    if (first.from() == 1 && !first.start().equals(LogHash.EMPTY.hex())) {
      throw new Malformed("the first record of a log follows nothing, but the first line says so");
    }
    header = first;
    hash = first.start();
    revision = first.from() - 1;
    number = 0;
    compareHead();
  }

  private void follow(Logged record) throws Malformed {
    JsonNode body = record.json();
    if (!body.path("organization").asText().equals(header.organization())) {
      throw new Malformed("the record is of another organization");
    }
    takePlace(body.path("revision").asLong(-1), body.path("number").asInt(-1));
    byte[] bytes = record.body().getBytes(StandardCharsets.UTF_8);
    String computed = HexFormat.of().formatHex(Sha256.of(HexFormat.of().parseHex(hash), bytes));
    if (!computed.equals(record.hash())) {
      throw new Malformed("its hash is not that of the hash before it and its content");
    }
    hash = computed;
    records++;
    revealed += record.personal().size();
    Missing more = erasures.follow(body, record.personal(), place(), header.personal());
    if (more != null) {
      throw at(more);
    }
  }

  private Place place() {
    return new Place(line, revision, number);
  }

  /** Names the record at which something was missing, and not the line that was read last. */
  private Malformed at(Missing missing) {
    line = missing.place().line();
    revision = missing.place().revision();
    number = missing.place().number();
    return new Malformed(missing.how());
  }

  private void takePlace(long foundRevision, int foundNumber) throws Malformed {
    boolean continues = records > 0 && foundRevision == revision && foundNumber == number + 1;
    boolean begins = foundRevision == revision + 1 && foundNumber == 0;
    if (!continues && !begins) {
      String expected =
          records == 0
              ? "revision " + (revision + 1) + ", number 0"
              : "revision %d, number %d, or revision %d, number 0"
                  .formatted(revision, number + 1, revision + 1);
      String found = "revision " + foundRevision + ", number " + foundNumber;
      revision = Math.max(0, foundRevision);
      number = foundNumber;
      throw new Malformed(
          "%s was expected here, not %s: a record is missing, or in another place"
              .formatted(expected, found));
    }
    if (begins && records > 0) {
      line--;
      compareHead();
      line++;
    }
    revision = foundRevision;
    number = foundNumber;
  }

  /** A revision is complete: what was noted of it must be its last record's hash. */
  private void compareHead() throws Malformed {
    for (Noted head : noted.at(revision)) {
      if (!head.hash().equals(hash)) {
        throw new Malformed(
            "revision %d had another hash when it was noted at %s: the log was rewritten up to here"
                .formatted(revision, head.at()));
      }
      compared++;
    }
  }

  private Verdict end(Trailer trailer) throws IOException, Malformed {
    if (revision != header.through() || trailer.revision() != revision) {
      throw new Malformed(
          "the log ends with revision %d here, but the first line says %d and the last %d"
              .formatted(revision, header.through(), trailer.revision()));
    }
    if (!trailer.hash().equals(hash)) {
      throw new Malformed("the last line says another hash than the last record has");
    }
    if (trailer.records() != records) {
      throw new Malformed(
          "there are %d records, but the last line says %d".formatted(records, trailer.records()));
    }
    line--;
    compareHead();
    line++;
    compareLaterHeads();
    if (lines.next() != null) {
      line = lines.number();
      throw new Malformed("something stands behind the last line");
    }
    List<Verdict.ErasedLater> later = erasures.later(trailer.later(), header.through());
    Missing missing = erasures.first();
    if (missing != null) {
      throw at(missing);
    }
    return new Whole(
        header.organization(),
        header.exportedAt(),
        header.from(),
        header.through(),
        header.head(),
        hash,
        records,
        header.personal(),
        revealed,
        erasures.erased(),
        erasures.unrecorded(),
        later,
        compared,
        noted.count() - compared);
  }

  /** What was noted before this was exported cannot lie behind the end of the log. */
  private void compareLaterHeads() throws Malformed {
    for (Map.Entry<Long, List<Noted>> later : noted.behind(header.head()).entrySet()) {
      for (Noted head : later.getValue()) {
        if (!head.at().isAfter(header.exportedAt())) {
          throw new Malformed(
              "revision %d was noted at %s, before this was exported, but the log ended with revision %d: its end is missing"
                  .formatted(later.getKey(), head.at(), header.head()));
        }
      }
    }
  }
}
