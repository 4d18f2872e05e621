package dev.sightline.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.scenario.Value.Fields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DocumentTest {
  @Test
  void scalars_are_the_text_that_was_written() throws Exception {
    var document =
        Document.yaml(
            """
            start: 2021-01-04T09:00:00Z
            organization: 007
            steps:
              - ids: [no, 1e3, true, 0x1F, 1_000, 2024-12-31, "support:sam", support:sam, .5, "null", ""]
                none: [null, ~]
            """);

    assertEquals(Value.of("2021-01-04T09:00:00Z"), document.header().values().get("start"));
    assertEquals(Value.of("007"), document.header().values().get("organization"));
    assertEquals(
        new Fields(
            Map.of(
                "ids",
                Value.of(
                    List.of(
                        "no",
                        "1e3",
                        "true",
                        "0x1F",
                        "1_000",
                        "2024-12-31",
                        "support:sam",
                        "support:sam",
                        ".5",
                        "null",
                        "")),
                "none",
                new Value.Items(List.of(Value.NOTHING, Value.NOTHING)))),
        document.steps().getFirst().step());
  }

  @Test
  void a_step_knows_its_line() throws Exception {
    var document =
        Document.yaml(
            """
            # A comment.
            steps:
              - a: {}

              # Another.
              - b:
                  c: d
              - e: f
            """);

    assertEquals(List.of(3, 6, 8), document.steps().stream().map(Document.Line::number).toList());
  }

  @Test
  void the_first_of_the_json_lines_is_the_header() throws Exception {
    var document =
        Document.jsonLines(
            """
            {"scenario": "two", "start": "2025-03-03T09:00:00Z"}
            {"a": {"draft": true, "n": 1e3, "w": null}, "by": "ada"}

            {"b": []}
            """);

    assertEquals(Value.of("two"), document.header().values().get("scenario"));
    assertEquals(List.of(2, 4), document.steps().stream().map(Document.Line::number).toList());
    assertEquals(
        "{a: {draft: true, n: 1e3, w: null}, by: ada}",
        document.steps().getFirst().step().toString());
  }

  @Test
  void what_is_said_twice_is_refused_with_its_line() {
    assertMalformed("`by` is said twice", 4, "steps:\n  - a: {}\n    by: ada\n    by: bo\n");
    assertMalformed("`steps` is said twice", 3, "steps:\n  - a: {}\nsteps: []\n");
  }

  @Test
  void what_is_no_yaml_is_refused_with_its_line() {
    assertMalformed("line 2, column 8", 0, "steps:\n  - a: {b: c\n");
    assertMalformed("line 2, column 1", 0, "steps:\n\t- a\n");
  }

  @Test
  void aliases_lists_for_mappings_and_second_documents_are_refused() {
    assertMalformed("aliases", 3, "steps:\n  - a: &x {}\n    b: *x\n");
    assertMalformed("a scenario is a mapping", 1, "- a\n");
    assertMalformed("a scenario is a mapping", 1, "");
    assertMalformed("`steps` is no list", 1, "steps: {}\n");
    assertMalformed("a second document", 4, "steps:\n  - a: {}\n---\nsteps: []\n");
  }

  @Test
  void broken_json_lines_are_refused_with_their_line() {
    assertLineMalformed("the first line must be the header", 1, "");
    assertLineMalformed("the first line must be the header", 1, "[]\n");
    assertLineMalformed("", 2, "{}\n{\"a\": \n");
    assertLineMalformed("one value a line", 2, "{}\n{} {}\n");
    assertLineMalformed("`a` is said twice", 2, "{}\n{\"a\": 1, \"a\": 2}\n");
  }

  private static void assertMalformed(String said, int line, String yaml) {
    check(said, line, assertThrows(Malformed.class, () -> Document.yaml(yaml)));
  }

  private static void assertLineMalformed(String said, int line, String lines) {
    check(said, line, assertThrows(Malformed.class, () -> Document.jsonLines(lines)));
  }

  private static void check(String said, int line, Malformed malformed) {
    assertTrue(malformed.said().contains(said), malformed.said());
    assertEquals(line, malformed.line(), malformed.said());
  }
}
