package dev.sightline.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sightline watch} and a real server. */
class WatchCommandTest {
  private static final String WATCHING_ACME = "Watching acme. Ctrl-C ends it.";

  private ServerUnderTest server = ServerUnderTest.start();

  @BeforeEach
  void create() {
    sightline("organization create Acme Ada ada@acme.test --id acme --admin-id ada");
    sightline("user add Bo bo@acme.test --id bo -o acme --as ada");
    sightline("dashboard create Sales --id sales --default none -o acme --as ada");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void changes_are_told_a_line_each_as_they_happen() throws Exception {
    try (var watch = watch("acme")) {
      assertEquals(WATCHING_ACME, watch.notice());
      letBoView();
      assertEquals("+ bo  sales  none → viewer", withoutTime(watch.line()));
      letBoOut();
      assertEquals("- bo  sales  viewer → none", withoutTime(watch.line()));
    }
  }

  @Test
  void it_ends_when_told_to_and_says_where_to_go_on() throws Exception {
    try (var watch = watch("acme")) {
      assertEquals(WATCHING_ACME, watch.notice());
      watch.interrupt();

      assertEquals(0, watch.exit());
      assertTrue(watch.notice().startsWith("To go on from here: --from acme="));
    }
  }

  @Test
  void it_ends_after_as_many_events_as_it_was_asked_for() throws Exception {
    try (var watch = watch("acme", "--count", "2")) {
      assertEquals(WATCHING_ACME, watch.notice());
      letBoView();
      letBoOut();
      letBoView();

      assertEquals(0, watch.exit());
      assertEquals(2, watch.rest().size());
    }
  }

  @Test
  void who_comes_back_with_a_cursor_is_told_what_came_after_it() throws Exception {
    String cursor;
    try (var watch = watch("acme", "--count", "1")) {
      assertEquals(WATCHING_ACME, watch.notice());
      letBoView();
      assertEquals(0, watch.exit());
      cursor = watch.notice().replaceFirst(".*--from acme=", "");
    }
    letBoOut();

    for (String from : List.of(cursor, "acme=" + cursor)) {
      Run run = run("watch acme --count 1 --from " + from);
      assertEquals(0, run.exit(), run.err());
      assertEquals("- bo  sales  viewer → none", withoutTime(run.out().strip()));
    }
  }

  @Test
  void programs_are_told_everything_in_json_with_cursors_to_come_back_with() throws Exception {
    try (var watch = watch("acme", "--json")) {
      JsonNode started = json(watch.line()).get("started");
      assertEquals("acme", started.get("organization_id").textValue());
      letBoView();
      letBoOut();

      JsonNode first = levelsChanged(watch);
      assertEquals("bo", first.get("changes").get(0).get("user_id").textValue());
      assertEquals("LEVEL_VIEWER", first.get("changes").get(0).get("after").textValue());
      JsonNode second = levelsChanged(watch);

      String cursor = first.get("cursor").textValue();
      Run again = run("watch acme --json --count 1 --from " + cursor);
      List<String> told = again.out().lines().toList();
      assertEquals(second, json(told.getLast()).get("levels_changed"));
    }
  }

  @Test
  void only_what_was_asked_for_is_told() throws Exception {
    sightline("user add Cy cy@acme.test --id cy -o acme --as ada");
    try (var watch = watch("acme", "--revocations", "--user", "bo", "--dashboard", "sales")) {
      assertEquals(
          "Watching acme, revocations only, only of bo, only on sales. Ctrl-C ends it.",
          watch.notice());
      sightline("access set sales bo=viewer cy=viewer -o acme --as ada");
      sightline("access remove sales bo cy -o acme --as ada");

      assertEquals("- bo  sales  viewer → none", withoutTime(watch.line()));
    }
  }

  @Test
  void organizations_that_come_to_a_realm_are_told_with_their_names() throws Exception {
    try (var watch = watch("--realm", "acme")) {
      assertEquals("Watching the realm of acme. Ctrl-C ends it.", watch.notice());
      sightline(
          "organization create West Wes wes@west.test --id west --admin-id wes --parent acme");
      sightline("dashboard create Tides --id tides -o west --as wes");

      assertEquals("west  + wes  tides  none → owner", withoutTime(watch.line()));
    }
  }

  @Test
  void nothing_is_missed_or_told_twice_when_the_server_is_started_again() throws Exception {
    try (var watch = watch("acme", "--json")) {
      assertEquals(WATCHING_ACME, watch.notice());
      json(watch.line());
      letBoView();
      var told = new ArrayList<JsonNode>();
      told.add(levelsChanged(watch));

      server.stop();
      String lost = watch.notice();
      assertTrue(lost.startsWith("Lost " + server.address()), lost);
      server.startAgain();
      letBoOut();
      letBoView();
      assertEquals("Back again; going on from where it broke off.", watch.notice());
      told.add(levelsChanged(watch));
      told.add(levelsChanged(watch));
      letBoOut();
      told.add(levelsChanged(watch));

      assertEquals(
          List.of("LEVEL_VIEWER", "LEVEL_NONE", "LEVEL_VIEWER", "LEVEL_NONE"),
          told.stream().map(one -> one.get("changes").get(0).get("after").textValue()).toList());
      assertEquals(4, told.stream().map(one -> one.get("cursor")).distinct().count());
    }
  }

  @Test
  void an_organization_that_is_not_there_is_refused_as_in_other_commands() {
    Run run = run("watch nowhere");

    assertAll(
        () -> assertEquals(3, run.exit(), run.err()),
        () -> assertTrue(run.err().contains("NOT_FOUND, ORGANIZATION_NOT_FOUND"), run.err()),
        () -> assertFalse(run.err().contains("Watching"), run.err()),
        () -> assertEquals("", run.out()));
  }

  @Test
  void another_organizations_cursor_is_refused() throws Exception {
    sightline("organization create West Wes wes@west.test --id west --admin-id wes");
    String cursor;
    try (var watch = watch("west")) {
      watch.notice();
      watch.interrupt();
      cursor = watch.notice().replaceFirst(".*--from west=", "");
    }

    Run run = run("watch acme --from " + cursor);

    assertEquals(3, run.exit(), run.err());
    assertTrue(run.err().contains("INVALID_POSITION"), run.err());
  }

  @Test
  void it_ends_when_nobody_reads_it_any_more() throws Exception {
    try (var watch = watch("acme")) {
      assertEquals(WATCHING_ACME, watch.notice());
      watch.closePipe();
      letBoView();

      assertEquals(0, watch.exit());
    }
  }

  @Test
  void the_environments_organization_counts_where_nothing_else_is_named() throws Exception {
    var environment =
        Map.of("SIGHTLINE_SERVER", server.address(), "SIGHTLINE_ORGANIZATION", "acme");
    try (var watch = LongRun.of(environment, "watch")) {
      assertEquals(WATCHING_ACME, watch.notice());
    }
    try (var watch = LongRun.of(environment, "watch", "--everything")) {
      assertEquals("Watching everything. Ctrl-C ends it.", watch.notice());
    }
  }

  @Test
  void a_process_that_is_told_to_end_has_written_every_line() throws Exception {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + Path.of("src/main/dist/conf/jvm.options"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sightline.Sightline",
                "watch",
                "acme",
                "--server",
                server.address())
            .start();
    try (var out = process.inputReader(StandardCharsets.UTF_8);
        var err = process.errorReader(StandardCharsets.UTF_8)) {
      assertEquals(WATCHING_ACME, err.readLine());
      letBoView();
      assertEquals("+ bo  sales  none → viewer", withoutTime(out.readLine()));
      process.toHandle().destroy();

      List<String> notices = err.lines().toList();
      assertEquals(1, notices.size(), notices.toString());
      assertTrue(notices.getFirst().startsWith("To go on from here: --from acme="));
      assertEquals(List.of(), out.lines().toList());
    }
  }

  private void letBoView() {
    sightline("access set sales bo=viewer -o acme --as ada");
  }

  private void letBoOut() {
    sightline("access remove sales bo -o acme --as ada");
  }

  /** The next event that is not just a cursor. */
  private static JsonNode levelsChanged(LongRun watch) throws Exception {
    JsonNode event = json(watch.line());
    while (event.has("progress")) {
      event = json(watch.line());
    }
    return event.get("levels_changed");
  }

  private static JsonNode json(String line) throws Exception {
    return new ObjectMapper().readTree(line);
  }

  private static String withoutTime(String line) {
    return line.replaceFirst("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z  ", "");
  }

  private void sightline(String line) {
    Run run = run(line);
    assertEquals(0, run.exit(), run.err());
  }

  private Run run(String line) {
    return Run.of((line + " --server " + server.address()).split(" "));
  }

  private LongRun watch(String... arguments) {
    return LongRun.of(
        Stream.concat(Stream.of("watch", "--server", server.address()), Arrays.stream(arguments))
            .toArray(String[]::new));
  }
}
