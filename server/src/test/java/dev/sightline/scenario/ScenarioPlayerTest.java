package dev.sightline.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.scenario.Outcome.Played;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.UpdateAccessRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScenarioPlayerTest {
  @TempDir private Path folder = Path.of("");
  private final List<RepeatingWorld> worlds = new ArrayList<>();

  @Test
  void what_comes_out_as_said_is_no_difference() throws IOException {
    var played =
        play(
            """
            - create_team: {id: red, name: Red}
              by: ada
            - can_view: {user: eli, dashboard: D1}
              expect: true
            - update_access: {dashboard: D1}
              error: NOT_FOUND
            - list_visible: {user: eli}
              expect: [four, three, two, one]
            """);

    assertEquals(List.of(), played.differences());
    assertEquals(4, played.played());
  }

  @Test
  void a_difference_tells_what_was_expected_and_the_changes_before_it() throws IOException {
    var played =
        play(
            """
            - create_team: {id: red, name: Red}
              by: ada
            - update_access: {dashboard: D1}
              error: NOT_FOUND
            - advance: 1h
            - can_view: {user: eli, dashboard: D1}
              expect: false
            """);

    var difference = played.differences().getFirst();
    assertEquals(1, played.differences().size());
    assertEquals(4, difference.step());
    assertEquals(Instant.parse("2025-03-03T10:00:00Z"), difference.at());
    assertEquals("can_view: {user: eli, dashboard: D1}, expect: false", difference.text());
    assertEquals("false", difference.expected());
    assertEquals("true", difference.got());
    assertEquals(
        List.of(
            "1  create_team: {id: red, name: Red}, by: ada",
            "2  update_access: {dashboard: D1}, error: NOT_FOUND → NOT_FOUND",
            "3  advance: 1h"),
        difference.before());
  }

  @Test
  void a_change_is_refused_exactly_where_the_story_says() throws IOException {
    var played =
        play(
            """
            - create_team: {id: red, name: Red}
              error: PERMISSION_DENIED
            - update_access: {dashboard: D1}
            - update_access: {dashboard: D1}
              error: PERMISSION_DENIED
            """);

    assertEquals(
        List.of("PERMISSION_DENIED", "success", "PERMISSION_DENIED"),
        played.differences().stream().map(Outcome.Difference::expected).toList());
    assertEquals(
        List.of("success", "NOT_FOUND: no such dashboard", "NOT_FOUND: no such dashboard"),
        played.differences().stream().map(Outcome.Difference::got).toList());
  }

  @Test
  void a_question_demands_what_was_seen_of_its_organization() throws IOException {
    play(
        """
        - can_view: {user: eli, dashboard: D1}
        - create_team: {id: red, name: Red}
        - can_view: {user: eli, dashboard: D1}
        - can_view: {user: eli, dashboard: D1}
          organization: west
        - can_view: {user: eli, dashboard: D1}
        """);

    assertEquals(
        List.of("", "position 2", "", "position 3"),
        requests(CanViewRequest.class).stream()
            .map(request -> request.getConsistency().getAtLeast().toStringUtf8())
            .toList());
  }

  @Test
  void every_write_has_a_key_of_its_own_and_its_actor() throws IOException {
    play(
        """
        - create_team: {id: red, name: Red}
          by: acme/ada
        - create_team: {id: red, name: Red}
          by: "support:sam"
        """);

    var first = requests(CreateTeamRequest.class).getFirst();
    var second = requests(CreateTeamRequest.class).getLast();
    assertFalse(first.getIdempotencyKey().isEmpty());
    assertNotEquals(first.getIdempotencyKey(), second.getIdempotencyKey());
    assertEquals("acme", first.getActor().getOrganizationId());
    assertEquals("ada", first.getActor().getUserId());
    assertEquals("", second.getActor().getOrganizationId());
    assertEquals("support:sam", second.getActor().getUserId());
  }

  @Test
  void an_end_of_no_time_reaches_the_service() throws IOException {
    play(
        """
        - update_access: {dashboard: D1, set: [{user: a, level: NONE, expires_in: 0s}, {team: t, level: EDITOR, expires_in: 90s}, {user: b, level: VIEWER}]}
        """);

    var set = requests(UpdateAccessRequest.class).getFirst().getSetList();
    assertEquals(EntryToSet.EndCase.EXPIRES_IN_MICROS, set.get(0).getEndCase());
    assertEquals(0, set.get(0).getExpiresInMicros());
    assertEquals(90_000_000, set.get(1).getExpiresInMicros());
    assertEquals("t", set.get(1).getTeamId());
    assertEquals(EntryToSet.EndCase.END_NOT_SET, set.get(2).getEndCase());
  }

  @Test
  void a_stream_that_says_something_else_than_the_pages_is_a_difference() throws IOException {
    var played =
        play(
            """
            - list_visible: {user: forgotten}
              expect: [one, two, three, four]
            """);

    assertEquals(
        "{pages: [one, two, three, four], stream: [one, two, three]}",
        played.differences().getFirst().got());
  }

  @Test
  void somebody_who_is_listed_twice_is_a_difference() throws IOException {
    var played = play("- who_has_access: {dashboard: D1}\n  expect: {ada: EDITOR}\n");

    assertEquals("{ada: EDITOR, ada again: EDITOR}", played.differences().getFirst().got());
  }

  /** The world here has no watches; a story must not take that for silence. */
  @Test
  void a_watch_that_ended_is_a_difference() throws IOException {
    var played = play("- events: {}\n  expect: []\n- revocations: {}\n  expect: []\n");

    assertEquals(2, played.differences().size());
    assertTrue(played.differences().getLast().got().startsWith("UNIMPLEMENTED"));
  }

  @Test
  void each_file_has_a_world_of_its_own() throws IOException {
    play("- advance: 1s\n");
    play("- advance: 1s\n");

    assertEquals(2, worlds.size());
    assertEquals(Instant.parse("2025-03-03T09:00:01Z"), worlds.getLast().now());
  }

  private Played play(String steps) throws IOException {
    var file = folder.resolve("story.yaml");
    Files.writeString(file, "organization: acme\nsteps:\n" + steps);
    return assertInstanceOf(Played.class, new ScenarioPlayer(this::open).play(file));
  }

  private ScenarioWorld open(Instant start) {
    var world = new RepeatingWorld(start);
    worlds.add(world);
    return world;
  }

  private <T> List<T> requests(Class<T> kind) {
    return worlds.getFirst().requests.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
