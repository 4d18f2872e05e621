package dev.sightline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SupportCommandTest {
  private static ServerUnderTest server;

  @BeforeAll
  static void start() {
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What a command says for people. */
  private static String told(String... arguments) {
    Run run = Run.of(Map.of("SIGHTLINE_SERVER", server.address()), arguments);
    assertEquals(0, run.exit(), run::err);
    return run.out();
  }

  @Test
  void the_story_of_support_access_can_be_told_on_the_command_line() {
    told(
        "organization",
        "create",
        "Acme",
        "Ada",
        "ada@acme.test",
        "--id",
        "acme",
        "--admin-id",
        "ada");
    told(
        "organization",
        "create",
        "West",
        "Wes",
        "wes@west.test",
        "--id",
        "west",
        "--parent",
        "acme",
        "--admin-id",
        "wes");
    told("support", "agent", "register", "support:sam", "Sam Vane", "sam@vendor.test", "Support");
    told("support", "agent", "register", "support:sue", "Sue Ray", "sue@vendor.test", "Support");
    told("support", "ask", "support:sam", "acme", "west", "--reason", "Ticket 4711");
    String asked = told("support", "requests", "-o", "acme", "--as", "ada");
    assertTrue(asked.contains("Sam Vane") && asked.contains("Ticket 4711"), asked);
    told("support", "dismiss", "support:sam", "acme", "-o", "acme", "--as", "ada");
    told("support", "policy", "set", "-o", "acme", "--as", "ada", "--longest", "3d");
    assertTrue(told("support", "policy", "show", "-o", "west").contains("3d"));
    String allowed = told("support", "allow", "west", "-o", "acme", "--as", "ada", "--for", "1h");
    assertTrue(allowed.contains("west: Support is let in until"), allowed);
    told(
        "support",
        "grant",
        "-o",
        "west",
        "--as",
        "acme/ada",
        "--agent",
        "support:sam",
        "--role",
        "viewer,editor",
        "--until-revoked",
        "--id",
        "g1");
    assertTrue(told("support", "portals", "-o", "acme", "--as", "ada").contains("until revoked"));
    String who = told("support", "who", "-o", "west", "--as", "acme/ada");
    assertTrue(who.contains("sam@vendor.test") && who.contains("sue@vendor.test"), who);
    told("support", "revoke", "g1", "-o", "west", "--as", "acme/ada", "--yes");
    assertTrue(
        told("support", "revoke-all", "west", "-o", "acme", "--as", "ada", "--yes")
            .contains("revoked"));
    String history = told("support", "history", "-o", "west", "--as", "acme/ada");
    assertTrue(history.contains("revoked") && history.contains("support:sam"), history);
    assertTrue(told("support", "log", "-o", "west").contains("Asked to be let in."));
    assertTrue(told("support", "diagnose", "support:sam", "-o", "west").contains("was revoked at"));
    told("support", "agent", "move", "support:sue", "Engineering");
    told("support", "agent", "remove", "support:sam", "--yes");
    String agents = told("support", "agent", "list", "--removed");
    assertTrue(agents.contains("Engineering") && agents.contains("removed"), agents);
  }
}
