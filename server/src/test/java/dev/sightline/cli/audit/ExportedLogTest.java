package dev.sightline.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.model.LogHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to an exported log is named, with the line where it shows first. */
class ExportedLogTest {
  private static final long SEED = Long.getLong("sightline.seed", System.nanoTime());

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final List<String> log = LogFile.random(random, 25);

  private Verdict check(List<String> lines, String... heads) throws IOException {
    Path noted = LogFile.write(folder, "heads", List.of(heads));
    return ExportedLog.check(
        LogFile.write(folder, "log.jsonl", lines), NotedHeads.read(noted, "acme"));
  }

  private void assertBroken(int line, List<String> lines, String what, String... heads)
      throws IOException {
    Verdict verdict = check(lines, heads);
    var broken = assertInstanceOf(Verdict.Broken.class, verdict, () -> what + ", seed " + SEED);
    assertEquals(line, broken.line(), () -> what + ", seed " + SEED + ": " + broken);
  }

  private List<String> copy() {
    return new ArrayList<>(log);
  }

  @Test
  void what_was_not_touched_is_whole() throws IOException {
    var whole = assertInstanceOf(Verdict.Whole.class, check(log));
    assertEquals(25, whole.through());
    assertEquals(log.size() - 2, whole.records());
    assertEquals(LogFile.computedAnew(log), log, "the forger's tool is as good as ours");
  }

  @Test
  void any_line_that_is_left_out_is_named() throws IOException {
    for (int i = 0; i < log.size(); i++) {
      List<String> lines = copy();
      lines.remove(i);
      boolean isLast = i == log.size() - 1;
      assertBroken(isLast ? i : i + 1, lines, "without line " + (i + 1));
    }
  }

  @Test
  void any_line_that_is_altered_is_named() throws IOException {
    for (int i = 1; i < log.size() - 1; i++) {
      String line = log.get(i);
      String hash = LogFile.hash(line);
      altered(i, line.replaceFirst("x\\\\\":", "x\\\\\":1"));
      altered(i, line.replaceFirst("\\\\\"u\\d", "\\\\\"u7"));
      altered(i, line.replaceFirst("acme", "acne"));
      altered(i, line.replace(hash, LogHash.EMPTY.hex()));
      altered(i, line.replace(hash, hash.substring(1)));
      altered(i, line.replace("\"body\"", "\"body\":\"{}\",\"body\""));
      altered(i, line.replace("\"body\"", "\"note\":\"\",\"body\""));
      altered(i, line + "{}");
      altered(i, "");
      if (line.contains("personal")) {
        altered(i, line.replaceFirst("Größe", "Grösse"));
        altered(i, line.replaceFirst("\"salt\":\"..", "\"salt\":\"zz"));
        altered(i, line.replaceFirst("\"about\":\"u\\d", "\"about\":\"u8"));
        altered(i, line.replaceFirst("after\\.name", "after.title"));
      }
    }
  }

  private void altered(int i, String line) throws IOException {
    List<String> lines = copy();
    lines.set(i, line);
    assertBroken(i + 1, lines, "line " + (i + 1) + " altered to " + line);
  }

  @Test
  void an_altered_first_or_last_line_is_named() throws IOException {
    String first = log.getFirst();
    altered(0, first.replace("\"version\":1", "\"version\":2"));
    altered(0, first.replace("\"from_revision\":1", "\"from_revision\":0"));
    altered(0, first.replace("\"head_revision\":25", "\"head_revision\":24"));
    altered(0, first.replace("starting_hash\":\"0", "starting_hash\":\"1"));
    int end = log.size() - 1;
    String last = log.getLast();
    altered(end, last.replace("\"revision\":25", "\"revision\":24"));
    altered(end, last.replaceFirst("\"records\":", "\"records\":1"));
    altered(end, last.replaceFirst("\"hash\":\"....", "\"hash\":\"0000"));
    List<String> lines = copy();
    lines.set(0, first.replace("\"from_revision\":1", "\"from_revision\":2"));
    assertBroken(2, lines, "a first line that promises less than there is");
  }

  @Test
  void lines_that_change_places_are_named() throws IOException {
    for (int i = 0; i < log.size() - 1; i++) {
      List<String> lines = copy();
      Collections.swap(lines, i, i + 1);
      assertBroken(i + 1, lines, "line " + (i + 1) + " after the next");
      lines = copy();
      int other = i + 1 + random.nextInt(log.size() - i - 1);
      Collections.swap(lines, i, other);
      assertBroken(i + 1, lines, "line " + (i + 1) + " for line " + (other + 1));
    }
  }

  @Test
  void a_line_that_is_there_twice_is_named() throws IOException {
    for (int i = 0; i < log.size(); i++) {
      List<String> lines = copy();
      lines.add(i, lines.get(i));
      assertBroken(i + 2, lines, "line " + (i + 1) + " twice");
    }
  }

  @Test
  void a_file_that_is_cut_off_anywhere_is_named() throws IOException {
    byte[] whole = Files.readAllBytes(LogFile.write(folder, "log.jsonl", log));
    Path file = folder.resolve("log.jsonl");
    int wholeLines = 0;
    for (int length = 0; length < whole.length; length++) {
      boolean isLineEnd = length > 0 && whole[length - 1] == '\n';
      wholeLines += isLineEnd ? 1 : 0;
      if (isLineEnd || random.nextInt(20) == 0) {
        byte[] cut = new byte[length];
        System.arraycopy(whole, 0, cut, 0, length);
        Files.write(file, cut);
        var broken =
            assertInstanceOf(Verdict.Broken.class, ExportedLog.check(file, NotedHeads.none()));
        int named = isLineEnd || length == 0 ? Math.max(1, wholeLines) : wholeLines + 1;
        assertEquals(named, broken.line(), "cut off after " + length + " bytes, seed " + SEED);
      }
    }
  }

  @Test
  void a_log_that_was_computed_anew_is_betrayed_by_heads_noted_elsewhere() throws IOException {
    for (int i = 1; i < log.size() - 1; i++) {
      List<String> lines = copy();
      lines.set(i, lines.get(i).replaceFirst("\\\\\"x\\\\\"", "\\\\\"y\\\\\""));
      List<String> forged = LogFile.computedAnew(lines);
      assertInstanceOf(Verdict.Whole.class, check(forged), "it fits in itself");
      int revision = (int) LogFile.revision(log.get(i));
      int later = revision + random.nextInt(26 - revision);
      int last = lastLineOf(later);
      String head = LogFile.noted("2027-02-01T00:00:00Z", later, LogFile.hash(log.get(last)));
      assertBroken(last + 1, forged, "line " + (i + 1) + " forged", head);
    }
  }

  @Test
  void a_log_whose_end_was_cut_off_is_betrayed_by_heads_noted_before() throws IOException {
    String hash = LogFile.hash(log.get(lastLineOf(25)));
    List<String> cut = copy();
    cut.subList(lastLineOf(20) + 1, cut.size() - 1).clear();
    List<String> forged = LogFile.computedAnew(cut);
    assertBroken(forged.size(), forged, "cut off", LogFile.noted("2027-02-28T00:00:00Z", 25, hash));
    var whole =
        assertInstanceOf(
            Verdict.Whole.class, check(forged, LogFile.noted("2027-03-02T00:00:00Z", 25, hash)));
    assertEquals(1, whole.notInFile(), "what was noted later may well be further on");
  }

  @Test
  void heads_that_are_the_same_are_counted_and_those_of_others_are_not() throws IOException {
    String ten = LogFile.hash(log.get(lastLineOf(10)));
    var whole =
        assertInstanceOf(
            Verdict.Whole.class,
            check(
                log,
                LogFile.noted("2027-02-01T00:00:00Z", 10, ten),
                LogFile.noted("2027-02-01T00:00:00Z", 10, LogHash.EMPTY.hex())
                    .replace("acme", "other"),
                "{\"at\":\"2027-02-01T00:0"));
    assertEquals(1, whole.compared());
    assertEquals(0, whole.notInFile());
  }

  @Test
  void what_is_no_exported_log_is_named_in_its_first_line() throws IOException {
    assertBroken(1, List.of(), "nothing");
    assertBroken(1, List.of("{}"), "an empty object");
    assertBroken(1, List.of("revision,number"), "a table");
    Path file = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, '\n'});
    assertTrue(ExportedLog.check(file, NotedHeads.none()) instanceof Verdict.Broken);
  }

  /** The index of the last line of a revision. */
  private int lastLineOf(long revision) throws IOException {
    int last = 0;
    for (int i = 1; i < log.size() - 1; i++) {
      if (LogFile.revision(log.get(i)) == revision) {
        last = i;
      }
    }
    return last;
  }
}
