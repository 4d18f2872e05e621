package dev.sightline.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.scenario.Outcome.Difference;
import dev.sightline.scenario.Outcome.Played;
import dev.sightline.scenario.Outcome.Unreadable;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final Difference DIFFERENCE =
      new Difference(
          "own.yaml",
          3,
          12,
          Instant.parse("2021-01-04T10:00:00Z"),
          "list_visible: {user: fay}, expect: [D1, D2]",
          "[D1, D2]",
          "[D2, D3]",
          List.of("missing [D1]", "unexpected [D3]"),
          List.of("1  advance: 1h", "2  delete_user: {user: bo}, by: ada → NOT_FOUND"));

  private static final Outcome AS_SAID = new Played("fine.yaml", "", 1, List.of());
  private static final Outcome DIFFERS = new Played("own.yaml", "", 3, List.of(DIFFERENCE));
  private static final Outcome UNREADABLE =
      new Unreadable("bad.yaml", List.of(new Problem("bad.yaml", 2, 7, "`foo` is no operation")));

  @Test
  void the_exit_status_is_that_of_the_worst_file() {
    assertEquals(0, new Report(List.of()).exitStatus());
    assertEquals(0, new Report(List.of(AS_SAID, AS_SAID)).exitStatus());
    assertEquals(1, new Report(List.of(AS_SAID, DIFFERS, AS_SAID)).exitStatus());
    assertEquals(2, new Report(List.of(UNREADABLE, DIFFERS, AS_SAID)).exitStatus());
  }

  @Test
  void the_totals_count_files_and_steps() {
    var totals = new Report(List.of(AS_SAID, AS_SAID, DIFFERS, UNREADABLE)).totals();

    assertEquals(new Report.Totals(4, 1, 5, 1), totals);
  }

  @Test
  void the_report_has_a_line_for_each_file_and_what_differed_beneath_it() {
    assertEquals(
        """
        as said     fine.yaml  1 step played
        differs     own.yaml   3 steps played, 1 differed
            step 3, line 12, at 2021-01-04T10:00:00Z
              step      list_visible: {user: fay}, expect: [D1, D2]
              expected  [D1, D2]
              got       [D2, D3]
                        missing [D1]
                        unexpected [D3]
              before    1  advance: 1h
                        2  delete_user: {user: bo}, by: ada → NOT_FOUND
        unreadable  bad.yaml   1 problem
            bad.yaml, step 2, line 7: `foo` is no operation

        3 files, 1 unreadable; 4 steps played, 1 differed
        """,
        printed(false, AS_SAID, DIFFERS, UNREADABLE));
  }

  @Test
  void a_step_of_the_file_that_is_given_names_its_file() {
    var played = new Played("other.yaml", "", 3, List.of(DIFFERENCE));

    assertTrue(printed(false, played).contains("step 3 of own.yaml, line 12"));
  }

  @Test
  void a_file_that_differs_everywhere_tells_of_the_first_twenty() {
    var played = new Played("own.yaml", "", 50, Collections.nCopies(23, DIFFERENCE));

    String printed = printed(false, played);
    assertEquals(20, printed.split("step 3, line 12", -1).length - 1);
    assertTrue(printed.contains("… and 3 more"), printed);
  }

  @Test
  void colours_are_left_out_unless_asked_for() {
    assertTrue(printed(true, AS_SAID).startsWith("\u001b[32mas said   \u001b[0m  fine.yaml"));
  }

  private static String printed(boolean colours, Outcome... outcomes) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
    new ReportPrinter(out, colours).print(new Report(List.of(outcomes)));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
