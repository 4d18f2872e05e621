package dev.sightline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.model.OrganizationId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  private static final OrganizationId ACME = new OrganizationId("acme");

  @TempDir private Path folder;

  private final List<String> progress = new ArrayList<>();

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(folder, progress::add);
  }

  private static void write(EmbeddedPostgres postgres) {
    try (Database database = Database.open(postgres.settings().withConnections(1, 1))) {
      Sample.append(database.organizations(), ACME, Sample.creation());
    }
  }

  private static long revision(EmbeddedPostgres postgres) {
    try (Database database = Database.open(postgres.settings().withConnections(1, 1))) {
      return database.proofs().prove(List.of(ACME)).head(ACME).revision();
    }
  }

  private ProcessHandle postmaster() throws Exception {
    Path file = folder.resolve("postgresql").resolve("postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
  }

  @Test
  void data_outlives_a_restart_and_only_the_first_start_announces_itself() {
    try (EmbeddedPostgres postgres = start()) {
      write(postgres);
    }
    assertEquals(1, progress.size());
    try (EmbeddedPostgres postgres = start()) {
      assertEquals(1, revision(postgres));
    }
    assertEquals(1, progress.size());
  }

  @Test
  void it_is_durable_and_of_the_version_that_folders_are_checked_for() throws Exception {
    try (EmbeddedPostgres postgres = start();
        var connection = DriverManager.getConnection(postgres.settings().url());
        var row =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT current_setting('fsync'), current_setting('synchronous_commit'),"
                        + " current_setting('full_page_writes'), current_setting('server_version_num')::int / 10000")) {
      row.next();
      assertEquals(
          "on on on " + EmbeddedPostgres.MAJOR_VERSION,
          String.join(" ", row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
    }
  }

  @Test
  void what_was_committed_outlives_a_killed_postgresql() throws Exception {
    EmbeddedPostgres killed = start();
    write(killed);
    ProcessHandle postmaster = postmaster();
    postmaster.destroyForcibly();
    killed.close();
    try (EmbeddedPostgres postgres = start()) {
      assertEquals(1, revision(postgres));
    }
  }

  @Test
  void the_postgresql_that_a_killed_service_has_left_is_stopped_first() throws Exception {
    Process service = serviceInItsOwnJvm();
    ProcessHandle left = postmaster();
    service.destroyForcibly().waitFor();
    assertTrue(left.isAlive());

    try (EmbeddedPostgres postgres = start()) {
      assertEquals(1, revision(postgres));
      assertTrue(progress.getFirst().startsWith("Stopping the PostgreSQL"), progress.toString());
      assertFalse(left.pid() == postmaster().pid());
    }
  }

  @Test
  void a_file_left_by_a_process_whose_id_is_used_again_does_not_keep_it_from_starting()
      throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      write(postgres);
    }
    Files.writeString(
        folder.resolve("postgresql").resolve("postmaster.pid"),
        "%d\n%s\n1\n5432\n\nlocalhost\n0 0\n"
            .formatted(ProcessHandle.current().pid(), folder.resolve("postgresql")));
    try (EmbeddedPostgres postgres = start()) {
      assertEquals(1, revision(postgres));
    }
  }

  @Test
  void a_second_service_on_the_same_folder_is_refused() throws Exception {
    try (EmbeddedPostgres _ = start()) {
      var refused = assertThrows(StartRefused.class, this::start);
      assertTrue(refused.getMessage().startsWith("Another Sightline service uses"));
    }
    Process service = serviceInItsOwnJvm();
    try {
      assertThrows(StartRefused.class, this::start);
    } finally {
      service.destroyForcibly().waitFor();
    }
    start().close();
  }

  @Test
  void a_folder_of_another_postgresql_is_refused() throws Exception {
    Files.createDirectories(folder.resolve("postgresql"));
    Files.writeString(folder.resolve("postgresql").resolve("PG_VERSION"), "99\n");
    var refused = assertThrows(StartRefused.class, this::start);
    assertTrue(refused.getMessage().contains("written by PostgreSQL 99"), refused.getMessage());
    var again = assertThrows(StartRefused.class, this::start);
    assertEquals(refused.getMessage(), again.getMessage());
  }

  /** Starts PostgreSQL in another JVM, which has written by the time this returns. */
  private Process serviceInItsOwnJvm() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Service.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertEquals("ready", output.readLine());
    return process;
  }

  /** Runs until it is killed. */
  static final class Service {
    public static void main(String... arguments) throws Exception {
      EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), _ -> {});
      try (Database database = Database.open(postgres.settings().withConnections(1, 1))) {
        OrganizationStore store = database.organizations();
        if (store.load(ACME, new Facts()) == null) {
          Sample.append(store, ACME, Sample.creation());
        }
        System.out.println("ready");
        Thread.currentThread().join();
      }
    }
  }
}
