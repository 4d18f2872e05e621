package dev.sightline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sightline explain} and a real server. */
class ExplainCommandTest {
  private final ServerUnderTest server = ServerUnderTest.start();

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
  void people_read_why_since_when_and_what_would_change_it() {
    List<String> told = sightline("explain -o acme ada sales").lines().toList();
    assertEquals("owner: ada has OWNER on sales because they own it.", told.get(0));
    assertEquals("  rule   3, owner", told.get(1));
    assertTrue(
        told.get(2).matches("  since  They have had OWNER since 2\\S+Z \\(revision 3\\)\\."),
        told.get(2));
    assertEquals(
        "  change If they transferred it to somebody else, they would have EDITOR because they are"
            + " an admin.",
        told.get(3));
  }

  @Test
  void who_is_in_a_hurry_leaves_the_history_out() {
    String told = sightline("explain -o acme bo sales --no-history");
    assertFalse(told.contains("since"), told);
    assertTrue(told.contains("  change An entry of VIEWER or EDITOR for them"), told);
    assertTrue(sightline("explain -o acme bo sales").contains("never had another level"));
  }

  @Test
  void programs_read_the_same_in_json() throws Exception {
    JsonNode told = new ObjectMapper().readTree(sightline("explain -o acme ada sales --json"));
    assertEquals("LEVEL_SINCE_STEP", told.get("history").get("since").textValue());
    assertEquals(
        "SUPPOSITION_OWNERSHIP_TRANSFERRED",
        told.get("alternatives").get(0).get("supposing").textValue());
  }

  private String sightline(String line) {
    List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
    arguments.addAll(List.of("--server", server.address()));
    Run run = Run.of(arguments.toArray(String[]::new));
    assertEquals(0, run.exit(), run.err());
    return run.out();
  }
}
