package dev.sightline.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invitations, Active Response and digests from the command line, against a real server. */
class PeopleCommandsTest {
  @TempDir static Path folder;

  private static ServerUnderTest server;

  @BeforeAll
  static void start() {
    server = ServerUnderTest.start();
    done(
        "organization",
        "create",
        "Acme",
        "Ada",
        "ada@acme.test",
        "--id",
        "acme",
        "--admin-id",
        "ada");
    done("user", "add", "Fay", "fay@acme.test", "--id", "fay", "-o", "acme", "--as", "ada");
    for (String dashboard : List.of("sales", "costs")) {
      done(
          "dashboard",
          "create",
          "The " + dashboard,
          "--id",
          dashboard,
          "-o",
          "acme",
          "--as",
          "ada");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void somebody_is_invited_and_is_not_written_to_again_at_once() {
    Run invited =
        done(
            "user",
            "invite",
            "Gil Tor",
            "gil@acme.test",
            "--id",
            "gil",
            "-o",
            "acme",
            "--as",
            "ada");
    assertTrue(invited.out().contains("User gil is invited; the link can be used until "));
    assertTrue(done("user", "show", "gil", "-o", "acme").out().contains("invited"));
    Run again = sightline("user", "resend", "gil", "-o", "acme", "--as", "ada");
    assertAll(
        () -> assertTrue(again.exit() != 0),
        () -> assertTrue(again.err().contains("Try again in"), again.err()));
  }

  @Test
  void active_response_is_granted_and_withdrawn_and_a_second_factor_comes_and_goes() {
    Run granted = done("user", "grant-active-response", "fay", "-o", "acme", "--as", "ada");
    assertTrue(granted.out().contains("has no second factor yet"), granted.out());
    done("user", "enroll-second-factor", "-o", "acme", "--as", "fay");
    String shown = done("user", "show", "fay", "-o", "acme").out();
    assertTrue(shown.contains("active response, second factor"), shown);
    done("user", "remove-second-factor", "fay", "-o", "acme", "--as", "ada");
    done("user", "withdraw-active-response", "fay", "-o", "acme", "--as", "ada");
    assertTrue(!done("user", "show", "fay", "-o", "acme").out().contains("active response"));
  }

  @Test
  void a_digest_holds_what_was_subscribed_to_and_goes_with_the_organization() throws IOException {
    done("dashboard", "subscribe", "sales", "-o", "acme", "--as", "fay");
    done("dashboard", "subscribe", "costs", "-o", "acme", "--as", "fay");
    done("dashboard", "unsubscribe", "costs", "-o", "acme", "--as", "fay");
    String digest = done("digest", "fay", "ada", "-o", "acme").out();
    assertTrue(digest.contains("The sales") && !digest.contains("The costs"), digest);
    String all = done("digest", "-o", "acme", "--json").out();
    assertTrue(all.contains("\"sales\""), all);
    Path file = folder.resolve("acme.json");
    done("export", "acme", file.toString());
    String moved = Files.readString(file).replace("\"id\" : \"acme\"", "\"id\" : \"moved\"");
    Path copy = Files.writeString(folder.resolve("moved.json"), moved);
    done("import", copy.toString());
    assertEquals(digest, done("digest", "fay", "ada", "-o", "moved").out());
  }

  private static Run done(String... arguments) {
    Run run = sightline(arguments);
    assertEquals(0, run.exit(), () -> String.join(" ", arguments) + "\n" + run.err());
    return run;
  }

  private static Run sightline(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--server");
    all.add(server.address());
    return Run.of(all.toArray(String[]::new));
  }
}
