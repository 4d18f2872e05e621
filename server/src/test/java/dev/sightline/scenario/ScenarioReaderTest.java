package dev.sightline.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScenarioReaderTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void what_is_given_comes_first_and_its_start_gives_way() throws IOException {
    write("given.yaml", "start: 2020-01-01T00:00:00Z\norganization: acme\nsteps: [users: {}]\n");
    var file =
        write(
            "own.yaml",
            """
            scenario: own
            start: 2021-01-01T00:00:00Z
            organization: west
            given: given.yaml
            steps: [advance: 1s, users: {}]
            """);

    var scenario = readable(file);

    assertEquals("own", scenario.title());
    assertEquals(Instant.parse("2021-01-01T00:00:00Z"), scenario.start());
    assertEquals(
        List.of("users", "advance", "users"),
        scenario.steps().stream().map(step -> step.operation().name()).toList());
    assertEquals(
        List.of("acme", "", "west"), scenario.steps().stream().map(Step::organization).toList());
    assertEquals(
        List.of(1, 1, 2), scenario.steps().stream().map(step -> step.place().number()).toList());
  }

  @Test
  void a_story_that_does_not_say_begins_on_a_monday_in_march() throws IOException {
    write("given.yaml", "start: 2020-01-01T00:00:00Z\nsteps: [users: {}]\n");
    var file = write("own.yaml", "organization: a\ngiven: given.yaml\nsteps: [users: {}]\n");

    assertEquals(Instant.parse("2025-03-03T09:00:00Z"), readable(file).start());
    assertEquals("a", readable(file).steps().getFirst().organization());
  }

  @Test
  void everything_that_is_wrong_is_said_with_file_step_and_line() throws IOException {
    write("given.yaml", "steps:\n  - advance: 1x\n");
    var file =
        write(
            "own.yaml",
            """
            given: given.yaml
            organization: acme
            steps:
              - users: {}
              # Two mistakes.
              - add_usr: {}
              - delete_user: {}
            """);

    var problems = problems(file);

    assertEquals(3, problems.size(), problems.toString());
    assertBegins(folder.resolve("given.yaml") + ", step 1, line 2: `1x`", problems.get(0));
    assertBegins(file + ", step 2, line 6: `add_usr` is no operation", problems.get(1));
    assertBegins(file + ", step 3, line 7: delete_user lacks `user`", problems.get(2));
  }

  @Test
  void heads_are_checked() throws IOException {
    assertProblem("has no argument `organisation`", "organisation: a\nsteps: [advance: 1s]\n");
    assertProblem("start is `soon`", "start: soon\nsteps: [advance: 1s]\n");
    assertProblem("there are no steps", "scenario: nothing\n");
    assertProblem("there are no steps", "steps: []\n");
  }

  @Test
  void files_that_cannot_be_read_are_said() throws IOException {
    assertBegins(
        folder.resolve("no.yaml") + ": there is no such file",
        problems(folder.resolve("no.yaml")).getFirst());
    var text = write("a.txt", "");
    assertBegins(text + ": the name must end in", problems(text).getFirst());
    var given = write("b.yaml", "given: no.yaml\nsteps: [advance: 1s]\n");
    assertBegins(folder.resolve("no.yaml") + ": there is no such file", problems(given).getFirst());
    var circle = write("c.yaml", "given: c.yaml\nsteps: [advance: 1s]\n");
    assertBegins(circle + ": `given` leads back here", problems(circle).getFirst());
  }

  private void assertProblem(String said, String yaml) throws IOException {
    var problems = problems(write("bad.yaml", yaml));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.getFirst().message().contains(said), problems.toString());
  }

  private static void assertBegins(String beginning, Problem problem) {
    assertTrue(problem.toString().startsWith(beginning), problem.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Scenario readable(Path file) {
    return assertInstanceOf(Reading.Playable.class, ScenarioReader.read(file)).scenario();
  }

  private static List<Problem> problems(Path file) {
    return assertInstanceOf(Reading.Unreadable.class, ScenarioReader.read(file)).problems();
  }
}
