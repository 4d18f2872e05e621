package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sightline.TestService.Node;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.cli.audit.ExportedLog;
import dev.sightline.cli.audit.NotedHeads;
import dev.sightline.cli.audit.Verdict;
import dev.sightline.store.Database;
import dev.sightline.store.StartRefused;
import dev.sightline.v1.AuditFormat;
import dev.sightline.v1.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where logs stand is noted outside of the database. */
@Timeout(120)
class AuditHeadsTest {
  @TempDir private Path folder;

  private static List<String> organizations(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line ->
            line.replaceFirst(".*\"organization\":\"(\\w+)\",\"revision\":(\\d+).*", "$1 $2"))
        .toList();
  }

  @Test
  void a_line_is_added_for_each_log_that_has_moved() throws IOException {
    Path file = folder.resolve("heads");
    try (TestService service = TestService.start();
        Database database = Database.open(service.settings())) {
      Node node = service.node();
      Orgs.create(node, "acme", "ada");
      Orgs.create(node, "other", "ada");
      AuditHeads heads = AuditHeads.open(database.audit(), file, Instant::now);
      heads.noteMoved();
      heads.noteMoved();
      assertEquals(List.of("acme 1", "other 1"), organizations(file));
      Orgs.add(node, "other", "ada", "bo", Role.ROLE_ANALYST);
      heads.noteMoved();
      assertEquals(List.of("acme 1", "other 1", "other 2"), organizations(file));

      AuditHeads again = AuditHeads.open(database.audit(), file, Instant::now);
      Orgs.add(node, "acme", "ada", "bo", Role.ROLE_ANALYST);
      again.noteMoved();
      assertEquals(
          List.of("acme 1", "other 1", "other 2", "acme 2"),
          organizations(file),
          "another start goes on where the file ends");

      Files.writeString(file, "{\"at\":\"2027-01-01T0", StandardOpenOption.APPEND);
      Orgs.add(node, "acme", "ada", "cy", Role.ROLE_ANALYST);
      AuditHeads.open(database.audit(), file, Instant::now).noteMoved();
      assertEquals("acme 3", organizations(file).getLast(), "what was cut off has its own line");

      Files.delete(file);
      again.noteMoved();
      assertEquals(List.of("acme 3", "other 2"), organizations(file), "all of it, anew");

      var history = new AuditHistory(node, "acme", new Random(1));
      Path log = Files.writeString(folder.resolve("log"), exported(history));
      var whole =
          assertInstanceOf(
              Verdict.Whole.class, ExportedLog.check(log, NotedHeads.read(file, "acme")));
      assertEquals(1, whole.compared());
      service.execute("UPDATE organization SET revision = 2 WHERE id = 'acme'");
      Files.writeString(log, exported(history));
      assertInstanceOf(Verdict.Broken.class, ExportedLog.check(log, NotedHeads.read(file, "acme")));
    }
  }

  private static String exported(AuditHistory history) {
    return history.export(AuditFormat.AUDIT_FORMAT_JSON_LINES, false, 0, 0);
  }

  @Test
  void a_server_notes_them_from_its_start_on_and_refuses_to_start_where_it_cannot()
      throws IOException {
    Path file = folder.resolve("heads");
    try (TestService service = TestService.start()) {
      Orgs.create(service.node(), "acme", "ada");
      ServerSettings settings = service.serving(DatabaseClock.measured(), 0);
      var hourly = Duration.ofHours(1);
      try (Server noting =
          Server.start(settings.withAuditHeads(new ServerSettings.AuditHeadsFile(file, hourly)))) {
        assertEquals(List.of("acme 1"), organizations(file), () -> "port " + noting.port());
      }
      var nowhere =
          new ServerSettings.AuditHeadsFile(folder.resolve("no").resolve("heads"), hourly);
      assertThrows(StartRefused.class, () -> Server.start(settings.withAuditHeads(nowhere)));
    }
  }
}
