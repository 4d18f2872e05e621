package dev.sightline.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log from the command line, against a real server and without one. */
@Timeout(120)
class AuditCommandTest {
  private static ServerUnderTest server;
  private static Map<String, String> environment;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = ServerUnderTest.start();
    environment =
        Map.of(
            "SIGHTLINE_SERVER",
            server.address(),
            "SIGHTLINE_ORGANIZATION",
            "acme",
            "SIGHTLINE_ACTOR",
            "ada");
    done("organization create Acme Ada a@b.test --id acme --admin-id ada");
    done("user add Bob bob@b.test --id bob");
    done("dashboard create Sales --id sales");
    done("access set sales bob=editor");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Run run(String line) {
    return Run.of(environment, line.split(" "));
  }

  private static Run done(String line) {
    Run run = run(line);
    assertEquals(0, run.exit(), () -> line + ": " + run.err());
    return run;
  }

  @Test
  void search_finds_what_somebody_did_to_something() {
    Run table = done("audit search --dashboard sales --user bob --kind entry");
    assertTrue(table.out().contains("\"level\":\"EDITOR\""), table.out());
    assertEquals(2, table.out().lines().count(), table.out());
    String lines = done("audit search --json --actor ada --kind profile --oldest-first").out();
    assertTrue(lines.contains("bob@b.test"), "personal values are shown to an admin");
    Run limited = done("audit search --limit 2");
    assertEquals(3, limited.out().lines().count(), limited.out());
    assertTrue(limited.err().contains("There are more"), limited.err());
    assertTrue(done("audit search --team none").out().contains("There is no such change"));
    assertEquals(3, run("audit search --as bob").exit());
    assertEquals(2, run("audit search --from yesterday").exit());
  }

  @Test
  void an_export_is_verified_without_a_server_and_what_is_wrong_is_named() throws IOException {
    Path log = folder.resolve("log.jsonl");
    Path heads = folder.resolve("heads");
    done("audit export " + log + " --personal");
    Files.writeString(heads, done("audit heads --json").out());
    Run whole = Run.of("audit", "verify", log.toString(), "--heads", heads.toString());
    assertAll(
        () -> assertEquals(0, whole.exit(), whole.err()),
        () -> assertTrue(whole.out().startsWith("whole  acme, revisions 1 to "), whole.out()),
        () -> assertTrue(whole.out().contains("1 noted heads are the same"), whole.out()));

    List<String> lines = Files.readAllLines(log);
    Files.writeString(
        log,
        String.join("\n", lines).replace("\\\"level\\\":\\\"EDITOR", "\\\"level\\\":\\\"VIEWER")
            + "\n");
    Run broken = Run.of("audit", "verify", log.toString());
    int line = 1;
    while (!lines.get(line - 1).contains("EDITOR")) {
      line++;
    }
    assertEquals(1, broken.exit());
    assertTrue(broken.out().startsWith("broken  line " + line + ", revision "), broken.out());
    Run json = Run.of("audit", "verify", log.toString(), "--json");
    assertTrue(json.out().startsWith("{\"whole\":false,\"line\":" + line + ","), json.out());
    assertEquals(2, Run.of("audit", "verify", folder.resolve("no").toString()).exit());
    assertEquals(2, Run.of("audit", "verify").exit());
  }

  @Test
  void an_export_goes_to_the_standard_output_and_into_a_table() {
    String lines = done("audit export").out();
    assertTrue(lines.startsWith("{\"format\":\"sightline-audit\""), lines);
    assertFalse(lines.contains("bob@b.test"), "without --personal there are commitments only");
    String table = done("audit export - --csv --personal --from-revision 2").out();
    assertTrue(table.startsWith("revision,number,at,actor,"), table);
    assertTrue(table.contains("email=bob@b.test"), table);
    assertEquals(3, run("audit export - --from-revision 99").exit());
  }

  @Test
  void check_and_heads_say_where_the_log_stands() {
    assertTrue(done("audit check").out().startsWith("The log of acme is whole: "));
    assertTrue(done("audit heads --all").out().contains("acme"));
    assertEquals(2, Run.of("audit", "heads", "--server", server.address()).exit());
  }

  @Test
  void erase_asks_first_and_takes_only_whom_is_deleted() {
    done("user add Zoe zoe@b.test --id zoe");
    assertEquals(2, run("audit erase zoe").exit(), "nobody can be asked here");
    assertEquals(3, run("audit erase zoe --yes").exit(), "not deleted");
    done("user delete zoe --yes");
    assertTrue(done("audit search --user zoe").out().contains("zoe@b.test"));
    assertTrue(done("audit erase zoe --yes").out().startsWith("Erased 3 values about user zoe."));
    assertFalse(done("audit search --user zoe --json").out().contains("zoe@b.test"));
    assertEquals(0, run("audit check").exit());
  }
}
