package dev.sightline.scenario;

import static java.util.Comparator.comparing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The stories that the service must live up to. */
final class ScenariosTest {
  private static final Path OWN = Path.of("src/test/resources/scenarios");
  private static final Pattern SCENARIO = Pattern.compile(".*\\.(yaml|yml|jsonl)");

  @TestFactory
  List<DynamicTest> own_stories_come_out_as_they_say() throws IOException {
    return played(OWN);
  }

  @TestFactory
  List<DynamicTest> shared_stories_come_out_as_they_say() throws IOException {
    return played(shared());
  }

  @Test
  void shared_stories_are_read_without_a_problem() throws IOException {
    for (var file : scenarios(shared())) {
      assertFalse(readable(file).steps().isEmpty(), file.toString());
    }
  }

  private static Scenario readable(Path file) {
    var reading = ScenarioReader.read(file);
    return assertInstanceOf(Reading.Playable.class, reading, reading::toString).scenario();
  }

  private static List<DynamicTest> played(Path folder) throws IOException {
    var player = new ScenarioPlayer(WorldsUnderTest.open());
    return scenarios(folder).stream()
        .map(file ->
            dynamicTest(folder.relativize(file).toString(), file.toUri(), () -> play(player, file)))
        .toList();
  }

  private static void play(ScenarioPlayer player, Path file) {
    var report = player.play(List.of(file));
    assertEquals(0, report.exitStatus(), () -> "\n" + printed(report));
  }

  private static String printed(Report report) {
    var bytes = new ByteArrayOutputStream();
    new ReportPrinter(new PrintWriter(bytes, true, StandardCharsets.UTF_8), false).print(report);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static List<Path> scenarios(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> SCENARIO.matcher(file.getFileName().toString()).matches())
          .sorted(comparing(Path::toString))
          .toList();
    }
  }

  /** {@code shared/scenarios} beside the project, or beside a folder that holds it. */
  private static Path shared() {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var shared = at.resolve("shared").resolve("scenarios");
      if (Files.isDirectory(shared)) {
        return shared;
      }
    }
    return abort("there is no shared/scenarios here");
  }
}
