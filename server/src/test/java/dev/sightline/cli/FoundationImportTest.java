package dev.sightline.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The foundation's eight portals, imported into a server by the program itself, one test after the
 * other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FoundationImportTest {
  @TempDir static Path folder;

  private ServerUnderTest server;
  private Path file;

  @BeforeAll
  void start() throws IOException {
    server = ServerUnderTest.start();
    file = folder.resolve("foundation.json.gz");
    try (InputStream data =
        Demo.class.getResourceAsStream("/dev/sightline/demo/foundation.json.gz")) {
      Files.copy(data, file);
    }
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  @Order(1)
  void a_file_cut_in_half_imports_nothing() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Path half = Files.write(folder.resolve("half.json.gz"), Arrays.copyOf(whole, whole.length / 2));

    Run run = sightline("import", half.toString());

    assertAll(
        () -> assertEquals(3, run.exit(), run.err()),
        () -> assertTrue(run.err().contains("it is cut short"), run.err()),
        () -> assertEquals("", sightline("organization", "list", "--json").out()));
  }

  @Test
  @Order(2)
  void the_totals_of_levels_of_all_eight_portals_are_as_expected() throws IOException {
    Run run = sightline("import", file.toString(), "--json");

    assertEquals(0, run.exit(), run.err());
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertEquals(8, document.get("organizations").size());
    assertEquals(8, document.get("totals").size());
    for (JsonNode totals : document.get("totals")) {
      JsonNode levels = totals.get("levels");
      long visible = sum(levels, "VIEWER", "EDITOR", "OWNER");
      assertEquals(totals.get("expected"), levels, totals.toString());
      assertEquals(visible, totals.get("listed").longValue(), totals.toString());
      assertEquals(visible, totals.get("audience").longValue(), totals.toString());
    }
  }

  private static long sum(JsonNode levels, String... names) {
    return Stream.of(names).mapToLong(name -> levels.get(name).longValue()).sum();
  }

  @Test
  @Order(3)
  void importing_the_same_again_is_refused_and_changes_nothing() {
    Run run = sightline("import", file.toString());

    assertEquals(3, run.exit());
    assertTrue(run.err().contains("ALREADY_EXISTS, ORGANIZATION_EXISTS"), run.err());
  }

  @Test
  @Order(4)
  void a_check_answers_with_its_exit_code() {
    assertAll(
        () ->
            assertEquals(
                0, sightline("can", "-o", "portal-8", "p1070", "edit", "about-api").exit()),
        () -> assertEquals(1, sightline("check", "-o", "portal-8", "p1291", "about-api").exit()),
        () -> assertEquals(1, sightline("check", "-o", "portal-8", "nobody", "about-api").exit()));
  }

  @Test
  @Order(5)
  void what_is_exported_can_be_imported_elsewhere() throws IOException {
    Path exported = folder.resolve("portal-1.json");

    assertEquals(0, sightline("export", "portal-1", exported.toString()).exit());

    Path renamed = folder.resolve("portal-9.json");
    Files.writeString(renamed, Files.readString(exported).replace("\"portal-1\"", "\"portal-9\""));
    Run run = sightline("import", renamed.toString(), "--check");
    assertEquals(0, run.exit(), run.err());
  }

  @Test
  @Order(6)
  void a_dry_run_shows_whose_level_would_change_and_changes_nothing() {
    Run run =
        sightline(
            "access",
            "default",
            "about-api",
            "viewer",
            "-o",
            "portal-8",
            "--as",
            "p0001",
            "--dry-run");

    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("levels would change"), run.out());
    assertEquals(1, sightline("check", "-o", "portal-8", "p1291", "about-api", "--fresh").exit());
  }

  private Run sightline(String... arguments) {
    return Run.of(
        Stream.concat(Arrays.stream(arguments), Stream.of("--server", server.address()))
            .toArray(String[]::new));
  }
}
