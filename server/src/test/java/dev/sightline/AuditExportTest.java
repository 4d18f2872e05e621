package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.cli.audit.ExportedLog;
import dev.sightline.cli.audit.NotedHeads;
import dev.sightline.cli.audit.Verdict;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.AuditFilter;
import dev.sightline.v1.AuditFormat;
import dev.sightline.v1.AuditHead;
import dev.sightline.v1.ErasePersonalDataRequest;
import dev.sightline.v1.GetAuditHeadRequest;
import dev.sightline.v1.GetUserRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.VerifyAuditRequest;
import dev.sightline.v1.VerifyAuditResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that is taken out can be checked, and stays whole when what is personal is erased. */
@Timeout(300)
class AuditExportTest {
  private static final long SEED = Long.getLong("sightline.seed", System.nanoTime());

  private static TestService service;
  private static Node node;
  private static AuditHistory history;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    service = TestService.start();
    node = service.node();
    history = new AuditHistory(node, "acme", new Random(SEED));
    history.play(60);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private Verdict check(String exported) throws IOException {
    Path file = Files.writeString(folder.resolve("log.jsonl"), exported);
    return ExportedLog.check(file, NotedHeads.none());
  }

  private static AuditHead head(String organization) {
    return AuditHistory.audit(node)
        .getAuditHead(GetAuditHeadRequest.newBuilder().setOrganizationId(organization).build())
        .getHead();
  }

  @Test
  void the_whole_log_and_every_range_of_it_are_whole() throws IOException {
    AuditHead head = head("acme");
    String hash = HexFormat.of().formatHex(head.getHash().toByteArray());
    var whole =
        assertInstanceOf(
            Verdict.Whole.class,
            check(history.export(AuditFormat.AUDIT_FORMAT_JSON_LINES, true, 0, 0)));
    assertEquals("acme", whole.organization());
    assertEquals(head.getRevision(), whole.through());
    assertEquals(hash, whole.hash());
    assertEquals(history.all().size(), whole.records());
    assertTrue(whole.revealed() > 20, "personal values were asked for");
    Random random = new Random(SEED);
    for (int i = 0; i < 20; i++) {
      long from = 1 + random.nextLong(head.getRevision());
      long through = from + random.nextLong(head.getRevision() - from + 1);
      String exported = history.export(AuditFormat.AUDIT_FORMAT_JSON_LINES, false, from, through);
      var range = assertInstanceOf(Verdict.Whole.class, check(exported), () -> "seed " + SEED);
      assertEquals(List.of(from, through), List.of(range.from(), range.through()));
      assertEquals(0, range.revealed(), "personal values were not asked for");
      assertFalse(exported.contains("@example.org"));
    }
    assertRefused(
        INVALID_ARGUMENT,
        "OUT_OF_RANGE",
        () ->
            history.export(AuditFormat.AUDIT_FORMAT_JSON_LINES, false, head.getRevision() + 1, 0));
    assertRefused(
        INVALID_ARGUMENT,
        "UNKNOWN_ENUM_VALUE",
        () -> history.export(AuditFormat.AUDIT_FORMAT_UNSPECIFIED, false, 0, 0));
  }

  @Test
  void a_table_has_a_row_for_each_record_and_no_formulas() {
    String table = history.export(AuditFormat.AUDIT_FORMAT_CSV, true, 0, 0);
    List<List<String>> rows = Csv.parsed(table);
    assertEquals(history.all().size() + 1, rows.size());
    assertEquals("revision", rows.getFirst().getFirst());
    for (List<String> row : rows) {
      assertEquals(rows.getFirst().size(), row.size());
      for (String cell : row) {
        assertTrue(cell.isEmpty() || "=+-@".indexOf(cell.charAt(0)) < 0, cell);
      }
    }
    assertTrue(table.contains("name=Lab, \"\"the\"\" old"), "quoted as RFC 4180 says");
    assertFalse(history.export(AuditFormat.AUDIT_FORMAT_CSV, false, 0, 0).contains("@example.org"));
  }

  @Test
  void erasing_takes_the_values_away_and_leaves_the_chain_whole() throws IOException {
    Orgs.create(node, "erasing", "ada");
    Orgs.add(node, "erasing", "ada", "zoe", Role.ROLE_ANALYST);
    Orgs.add(node, "erasing", "ada", "yan", Role.ROLE_ANALYST);
    var own = new AuditHistory(node, "erasing", new Random(SEED));
    var request =
        ErasePersonalDataRequest.newBuilder()
            .setOrganizationId("erasing")
            .setActor(Orgs.actor("ada"));
    assertRefused(
        FAILED_PRECONDITION,
        "USER_NOT_DELETED",
        () -> AuditHistory.audit(node).erasePersonalData(request.setUserId("zoe").build()));
    assertRefused(
        NOT_FOUND,
        "USER_NOT_FOUND",
        () -> AuditHistory.audit(node).erasePersonalData(request.setUserId("never").build()));
    var _ = own.delete("zoe");
    String before = own.export(AuditFormat.AUDIT_FORMAT_JSON_LINES, true, 0, 0);
    assertTrue(before.contains("zoe@example.org"), "audit stays when somebody is deleted");

    request.setUserId("zoe");
    assertEquals(3, AuditHistory.audit(node).erasePersonalData(request.build()).getErasedValues());
    assertEquals(0, AuditHistory.audit(node).erasePersonalData(request.build()).getErasedValues());

    String after = own.export(AuditFormat.AUDIT_FORMAT_JSON_LINES, true, 0, 0);
    assertFalse(after.contains("zoe@example.org") || after.contains("Name of zoe"), after);
    assertTrue(after.contains("yan@example.org"), "of others nothing is erased");
    assertInstanceOf(Verdict.Whole.class, check(after));
    assertInstanceOf(ChainCheck.Intact.class, service.chain("erasing"));
    assertEquals(head("erasing"), verified("erasing").getIntact());
    var found = own.search(AuditFilter.newBuilder().setUserId("zoe").build(), true, 100);
    assertFalse(found.isEmpty(), "what was done stays");
    assertTrue(found.stream().noneMatch(record -> record.toString().contains("zoe@")));
    assertEquals(
        "",
        node.directory
            .getUser(
                GetUserRequest.newBuilder().setOrganizationId("erasing").setUserId("zoe").build())
            .getUser()
            .getEmail());
  }

  @Test
  void the_server_names_the_first_record_that_was_tampered_with() {
    Orgs.create(node, "tampered", "ada");
    Orgs.add(node, "tampered", "ada", "bo", Role.ROLE_ANALYST);
    Orgs.add(node, "tampered", "ada", "cy", Role.ROLE_ANALYST);
    VerifyAuditResponse whole = verified("tampered");
    assertEquals(head("tampered"), whole.getIntact());
    assertTrue(whole.getRecords() >= 6);
    service.execute(
        "UPDATE log_personal SET value = 'Somebody else' WHERE organization_id = 'tampered'"
            + " AND revision = 3 AND field = 'after.name'");
    assertEquals(3, verified("tampered").getBroken().getRevision());
    service.execute(
        "UPDATE log_record SET at = at - interval '1 hour' WHERE organization_id = 'tampered'"
            + " AND revision = 2 AND number = 1");
    assertEquals(2, verified("tampered").getBroken().getRevision());
    assertEquals(1, verified("tampered").getBroken().getNumber());
    service.execute(
        "DELETE FROM log_record WHERE organization_id = 'tampered' AND revision = 1 AND number = 0");
    assertEquals(1, verified("tampered").getBroken().getRevision());
  }

  private static VerifyAuditResponse verified(String organization) {
    VerifyAuditResponse last = VerifyAuditResponse.getDefaultInstance();
    var told =
        AuditHistory.audit(node)
            .verifyAudit(VerifyAuditRequest.newBuilder().setOrganizationId(organization).build());
    while (told.hasNext()) {
      last = told.next();
    }
    return last;
  }
}
