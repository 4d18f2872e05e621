package dev.sightline.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineInterfaceTest {
  @Test
  void help_names_every_command_and_every_exit_code() {
    Run run = Run.of("--help");

    assertEquals(0, run.exit());
    Stream.of(
            "serve",
            "import",
            "export",
            "check",
            "can",
            "list",
            "who",
            "explain",
            "watch",
            "digest",
            "organization",
            "user",
            "team",
            "workspace",
            "dashboard",
            "access",
            "support",
            "token",
            "audit",
            "verify",
            "Exit codes:",
            "serve --demo")
        .forEach(word -> assertTrue(run.out().contains(word), word));
  }

  @TestFactory
  Stream<DynamicTest> each_command_explains_itself() {
    return Stream.of(
            "serve",
            "import",
            "export",
            "check",
            "can",
            "list",
            "who",
            "explain",
            "watch",
            "digest",
            "verify",
            "organization create",
            "organization show",
            "organization list",
            "user add",
            "user invite",
            "user resend",
            "user show",
            "user list",
            "user update",
            "user role",
            "user disable",
            "user enable",
            "user delete",
            "user grant-active-response",
            "user withdraw-active-response",
            "user enroll-second-factor",
            "user remove-second-factor",
            "team create",
            "team rename",
            "team delete",
            "team add",
            "team remove",
            "team list",
            "workspace create",
            "workspace list",
            "dashboard create",
            "dashboard show",
            "dashboard rename",
            "dashboard delete",
            "dashboard duplicate",
            "dashboard draft",
            "dashboard publish",
            "dashboard move",
            "dashboard transfer",
            "dashboard subscribe",
            "dashboard unsubscribe",
            "access show",
            "access set",
            "access remove",
            "access default",
            "access share",
            "access people",
            "support agent register",
            "support agent move",
            "support agent remove",
            "support agent list",
            "support ask",
            "support requests",
            "support dismiss",
            "support allow",
            "support grant",
            "support revoke",
            "support revoke-all",
            "support policy show",
            "support policy set",
            "support portals",
            "support history",
            "support who",
            "support log",
            "support diagnose",
            "token create",
            "token list",
            "token revoke",
            "audit search",
            "audit export",
            "audit verify",
            "audit check",
            "audit heads",
            "audit erase")
        .map(command -> DynamicTest.dynamicTest(command, () -> explainsItself(command)));
  }

  private static void explainsItself(String command) {
    Run run = Run.of((command + " --help").split(" "));

    assertAll(
        () -> assertEquals(0, run.exit(), run.err()),
        () -> assertTrue(run.out().contains("Usage: sightline " + command), run.out()),
        () -> assertTrue(run.out().contains("Exit codes:"), run.out()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chek ada d1",
        "check -o acme ada",
        "check -o acme ada d1 fly",
        "check ada d1",
        "user",
        "user add Ada ada@acme.test -o acme",
        "user delete ada -o acme --as root",
        "access set d1 ada=viewer -o acme --as root --for 1d --until 2030-01-01",
        "access set d1 ada=boss -o acme --as root",
        "access set d1 a/b=viewer -o acme --as root",
        "access share d1 ada@acme.test none -o acme --as root",
        "check -o acme ada d1 --server localhost:99999",
        "check -o acme ada d1 --timeout soon",
        "check -o acme ada d1 --tls --plaintext",
        "check -o acme ada d1 --color sometimes",
        "token create backend --scope check",
        "token create backend --scope fly --all",
        "import nowhere.json --check --no-check",
        "import nowhere.json",
        "watch",
        "watch --realm acme --everything",
        "watch acme --count -1",
        "watch acme --from ~~~",
        "watch acme west --from AAAB",
        "watch --everything --from AAAB",
        "watch acme --from acme=AAAB --from AAAC",
        "serve --tls-cert server.pem",
        "serve --host 0.0.0.0",
        "serve --host 0.0.0.0 --plaintext --insecure-local",
        "serve --port 70000",
        "verify"
      })
  void a_wrong_command_line_is_exit_code_2_and_a_sentence(String line) {
    Run run = Run.of(line.isEmpty() ? new String[0] : line.split(" "));

    assertAll(
        () -> assertEquals(2, run.exit(), run.err()),
        () -> assertTrue(run.err().startsWith("sightline: "), run.err()),
        () -> assertFalse(run.err().contains("Exception"), run.err()),
        () -> assertTrue(run.served().isEmpty()),
        () -> assertEquals("", run.out()));
  }

  @Test
  void an_unreachable_server_is_exit_code_4_and_says_how_to_start_one() throws IOException {
    String server = "localhost:" + unusedPort();

    Run run = Run.of("check", "-o", "acme", "ada", "d1", "--server", server);

    assertAll(
        () -> assertEquals(4, run.exit(), run.err()),
        () -> assertTrue(run.err().contains(server), run.err()),
        () -> assertTrue(run.err().contains("sightline serve"), run.err()),
        () -> assertFalse(run.err().contains("\tat "), run.err()));
  }

  @Test
  void failures_are_json_for_programs() throws IOException {
    Run run = Run.of("who", "-o", "acme", "d1", "--json", "--server", "127.0.0.1:" + unusedPort());

    assertEquals(4, run.exit());
    assertTrue(run.err().startsWith("{\"error\":{\"status\":\"UNAVAILABLE\""), run.err());
  }

  @Test
  void the_environment_says_what_the_command_line_does_not() throws IOException {
    String server = "localhost:" + unusedPort();

    Run run =
        Run.of(
            Map.of("SIGHTLINE_SERVER", server, "SIGHTLINE_ORGANIZATION", "acme"),
            "can",
            "ada",
            "EDIT",
            "d1");

    assertEquals(4, run.exit(), run.err());
    assertTrue(run.err().contains(server), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"support --help", "support agent -h", "user --help", "check --help"})
  void every_command_explains_itself(String line) {
    Run run = Run.of(line.split(" "));
    assertEquals(0, run.exit(), run::err);
    assertTrue(run.out().contains("Usage: sightline " + line.substring(0, line.lastIndexOf(' '))));
  }

  @Test
  void a_token_is_never_echoed() throws IOException {
    Run run =
        Run.of(
            "list",
            "ada",
            "-o",
            "acme",
            "--token",
            "s3cret",
            "--server",
            "localhost:" + unusedPort());

    assertFalse((run.out() + run.err()).contains("s3cret"));
  }

  @Test
  void serve_hands_over_what_was_said() {
    Run run =
        Run.of(
            Map.of("SIGHTLINE_DATABASE_PASSWORD", "s3cret"),
            "serve",
            "--demo",
            "--port",
            "0",
            "--data",
            "there",
            "--max-staleness",
            "500ms",
            "--database-url",
            "jdbc:postgresql://db/sightline",
            "--database-user",
            "sl");

    ServeOptions options = run.served().getFirst();
    assertAll(
        () -> assertEquals(0, run.exit(), run.err()),
        () -> assertEquals(0, options.port()),
        () -> assertEquals("localhost", options.host()),
        () -> assertEquals(Path.of("there"), options.dataFolder()),
        () -> assertEquals(500, options.maxStaleness().orElseThrow().toMillis()),
        () -> assertTrue(options.demo() && options.insecureLocal()),
        () -> assertEquals("s3cret", options.database().orElseThrow().password()),
        () -> assertFalse(options.toString().contains("s3cret")));
  }

  @Test
  void verify_hands_the_files_over_and_ends_as_the_runner_says() {
    Run run = Run.of("verify", "one.yaml", "two.yaml");

    assertEquals(1, run.exit());
    assertEquals(List.of(Path.of("one.yaml"), Path.of("two.yaml")), run.verified());
  }

  private static int unusedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
