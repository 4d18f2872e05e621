package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static dev.sightline.SupportRealm.SAM;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.cli.audit.ExportedLog;
import dev.sightline.cli.audit.NotedHeads;
import dev.sightline.cli.audit.Verdict;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AuditFilter;
import dev.sightline.v1.AuditFormat;
import dev.sightline.v1.AuditRecord;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.EraseAgentRequest;
import dev.sightline.v1.ErasePersonalDataRequest;
import dev.sightline.v1.ErasePersonalDataResponse;
import dev.sightline.v1.RemoveAgentRequest;
import dev.sightline.v1.RequestSupportAccessRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.SearchAuditRequest;
import dev.sightline.v1.SupportAgent;
import dev.sightline.v1.SupportRole;
import dev.sightline.v1.UpdateUserRequest;
import dev.sightline.v1.VerifyAuditRequest;
import dev.sightline.v1.VerifyAuditResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is personal goes with a record that says so; whatever goes without one was tampered with.
 */
@Timeout(120)
class ErasureTest {
  private static TestService service;
  private static Node node;
  private static int organizations;

  @TempDir private Path folder;
  private String acme;
  private AuditHistory history;

  @BeforeAll
  static void start() {
    service = TestService.start();
    node = service.node();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void organization() {
    acme = "acme-" + ++organizations;
    Orgs.create(node, acme, "ada");
    Orgs.add(node, acme, "ada", "zoe", Role.ROLE_ANALYST);
    Orgs.add(node, acme, "ada", "yan", Role.ROLE_ANALYST);
    history = new AuditHistory(node, acme, new Random(1));
  }

  private static ErasePersonalDataRequest.Builder request(String organization, String user) {
    return ErasePersonalDataRequest.newBuilder()
        .setOrganizationId(organization)
        .setActor(Orgs.actor("ada"))
        .setUserId(user);
  }

  private ErasePersonalDataResponse erase(String user) {
    return AuditHistory.audit(node).erasePersonalData(request(acme, user).build());
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

  private Verdict exported(long from, long through) throws IOException {
    String log = history.export(AuditFormat.AUDIT_FORMAT_JSON_LINES, true, from, through);
    return ExportedLog.check(Files.writeString(folder.resolve("log"), log), NotedHeads.none());
  }

  private void rename(String user, String name) {
    var _ =
        node.directory.updateUser(
            UpdateUserRequest.newBuilder()
                .setOrganizationId(acme)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .setName(name)
                .build());
  }

  /** As somebody does who can get at the tables. */
  private void tamper(String sql) {
    service.execute(sql.formatted("organization_id = '" + acme + "'"));
  }

  // ---- the record -----------------------------------------------------------------------------

  @Test
  void erasing_is_a_change_that_says_who_did_it_about_whom_and_what() throws IOException {
    rename("zoe", "Zoe Quill");
    var _ = history.delete("zoe");
    ErasePersonalDataResponse response = erase("zoe");
    assertEquals(9, response.getErasedValues());
    assertTrue(response.getWritten().getChanged());
    List<AuditRecord> found =
        history.search(AuditFilter.newBuilder().setKind("ERASURE").build(), true, 10);
    assertEquals(1, found.size());
    AuditRecord record = found.getFirst();
    assertEquals(response.getWritten().getRevision(), record.getRevision());
    assertEquals("ada", record.getActorId());
    assertEquals("user zoe", record.getSubjects(0).getType() + " " + record.getSubjects(0).getId());
    assertTrue(
        record
            .getRecord()
            .contains(
                "\"fields\":[\"after.email\",\"after.name\",\"after.title\",\"before.email\","
                    + "\"before.name\",\"before.title\"]"),
        record.getRecord());
    assertTrue(record.getRecord().contains("\"values\":9"), record.getRecord());
    assertFalse(record.toString().contains("Zoe Quill") || record.toString().contains("zoe@"));
    assertEquals(
        List.of(record),
        history.search(AuditFilter.newBuilder().setUserId("zoe").build(), false, 1).subList(0, 1));

    assertFalse(erase("zoe").getWritten().getChanged(), "nothing is left to erase");
    VerifyAuditResponse verified = verified(acme);
    assertEquals(response.getWritten().getRevision(), verified.getIntact().getRevision());
    assertEquals(9, verified.getErasedValues());
    var whole = assertInstanceOf(Verdict.Whole.class, exported(0, 0));
    assertEquals(List.of(9L, 0L), List.of(whole.erased(), whole.unrecorded()));
    assertEquals(List.of(), whole.later());
    String table = history.export(AuditFormat.AUDIT_FORMAT_CSV, true, 0, 0);
    assertTrue(table.contains(",ERASURE,"), table);
  }

  @Test
  void a_repeated_call_with_its_key_answers_alike() {
    var _ = history.delete("zoe");
    var once = request(acme, "zoe").setIdempotencyKey("once").build();
    ErasePersonalDataResponse first = AuditHistory.audit(node).erasePersonalData(once);
    assertEquals(3, first.getErasedValues());
    assertEquals(first, AuditHistory.audit(node).erasePersonalData(once));
  }

  @Test
  void an_operator_is_no_actor() {
    var _ = history.delete("zoe");
    var byOperator = request(acme, "zoe").clearActor().build();
    assertEquals(3, AuditHistory.audit(node).erasePersonalData(byOperator).getErasedValues());
    var found = history.search(AuditFilter.newBuilder().setKind("ERASURE").build(), true, 10);
    assertEquals("", found.getFirst().getActorId());
  }

  // ---- without one ----------------------------------------------------------------------------

  private void assertBroken(long revision, int number, String how) throws IOException {
    VerifyAuditResponse verified = verified(acme);
    assertTrue(verified.hasBroken(), "the server sees it");
    assertEquals(revision, verified.getBroken().getRevision(), verified.getBroken().getHow());
    assertEquals(number, verified.getBroken().getNumber(), verified.getBroken().getHow());
    assertTrue(verified.getBroken().getHow().contains(how), verified.getBroken().getHow());
    var broken = assertInstanceOf(Verdict.Broken.class, exported(0, 0));
    assertEquals(revision, broken.revision(), broken.how());
    assertEquals(number, broken.number(), broken.how());
    // The first revision has three records, each of the others two; before them is a line.
    assertEquals(2 * revision + 2, broken.line(), "of the revision's last record");
  }

  @Test
  void a_value_that_is_gone_without_a_record_was_tampered_with() throws IOException {
    tamper("DELETE FROM log_personal WHERE %s AND about = 'yan' AND field = 'after.email'");
    assertBroken(3, 1, "after.email");
    tamper("DELETE FROM log_personal WHERE %s AND about = 'ada'");
    assertBroken(1, 2, "ada");
  }

  @Test
  void a_record_about_somebody_else_accounts_for_nothing() throws IOException {
    var _ = history.delete("zoe");
    tamper("DELETE FROM log_personal WHERE %s AND about = 'yan'");
    erase("zoe");
    assertBroken(3, 1, "yan");
  }

  @Test
  void a_record_accounts_for_what_came_before_it_alone() throws IOException {
    var _ = history.delete("zoe");
    erase("zoe");
    tamper("UPDATE log_personal SET about = 'zoe' WHERE %s AND about = 'yan'");
    assertTrue(verified(acme).getBroken().getHow().contains("said to be about zoe"));
    tamper("UPDATE log_personal SET about = 'yan' WHERE %s AND about = 'zoe'");
    assertTrue(verified(acme).hasIntact());
    rename("yan", "Yan Vole");
    tamper("DELETE FROM log_personal WHERE %s AND about = 'yan' AND revision > 5");
    VerifyAuditResponse verified = verified(acme);
    assertTrue(verified.getBroken().getRevision() > 5);
  }

  @Test
  void a_record_accounts_for_no_more_than_it_took() throws IOException {
    tamper("DELETE FROM log_personal WHERE %s AND about = 'zoe' AND field = 'after.name'");
    var _ = history.delete("zoe");
    assertEquals(2, erase("zoe").getErasedValues());
    assertBroken(2, 1, "took 2");
  }

  @Test
  void whoever_is_said_to_be_the_one_whose_a_value_is_must_be_it() {
    tamper("UPDATE log_personal SET about_organization = 'other' WHERE %s AND about = 'yan'");
    VerifyAuditResponse verified = verified(acme);
    assertEquals(3, verified.getBroken().getRevision());
    assertTrue(verified.getBroken().getHow().contains("yan of other"), verified.toString());
  }

  @Test
  void a_range_that_ends_before_the_record_says_who_was_erased_later() throws IOException {
    var _ = history.delete("zoe");
    long revision = erase("zoe").getWritten().getRevision();
    rename("yan", "Yan Vole");
    var range = assertInstanceOf(Verdict.Whole.class, exported(1, revision - 1));
    assertEquals(List.of(new Verdict.ErasedLater("zoe", revision, 3)), range.later());
    var after = assertInstanceOf(Verdict.Whole.class, exported(revision, 0));
    assertEquals(0, after.erased());
    tamper("DELETE FROM log_personal WHERE %s AND about = 'yan' AND revision = 3");
    assertInstanceOf(Verdict.Broken.class, exported(1, revision - 1));
  }

  // ---- who is no user here --------------------------------------------------------------------

  @Test
  void reasons_of_a_support_agent_and_of_an_admin_of_the_root_go_too() throws IOException {
    SupportRealm realm = SupportRealm.made(node);
    realm.register(SAM, "Support");
    realm.ask(SAM, "west");
    var _ =
        realm.granted(
            SupportRealm.grant("west", SupportRole.SUPPORT_ROLE_VIEWER)
                .setAgentId(SAM)
                .setReason("Asked for by Ada"));
    realm.ask(SAM, "west", "east");
    // Another person, whom the portal calls the same.
    Orgs.add(node, "west", "wes", "ada", Role.ROLE_ANALYST);
    String west = "organization_id = 'west'";
    assertRefused(
        FAILED_PRECONDITION,
        "AGENT_NOT_REMOVED",
        () -> AuditHistory.audit(node).erasePersonalData(by("wes", "west", SAM)));
    assertRefused(
        NOT_FOUND,
        "AGENT_NOT_FOUND",
        () -> AuditHistory.audit(node).erasePersonalData(by("wes", "west", "support:no")));
    var _ = node.support.removeAgent(RemoveAgentRequest.newBuilder().setAgentId(SAM).build());
    assertEquals(
        2, AuditHistory.audit(node).erasePersonalData(by("wes", "west", SAM)).getErasedValues());
    assertEquals(
        "0",
        service.text("SELECT count(*) FROM log_personal WHERE about LIKE 'support:%' AND " + west));
    assertEquals("", service.text("SELECT reason FROM support_request WHERE " + west));
    assertEquals(
        "Ticket 4711",
        service.text("SELECT reason FROM support_request WHERE organization_id = 'east'"));
    assertTrue(verified("west").hasIntact());

    var _ =
        node.directory.deleteUser(
            DeleteUserRequest.newBuilder()
                .setOrganizationId("root")
                .setActor(Orgs.actor("bo"))
                .setUserId("ada")
                .build());
    ErasePersonalDataResponse erased =
        AuditHistory.audit(node).erasePersonalData(by("bo", "root", "ada"));
    assertEquals(4, erased.getErasedValues(), "three here, and a reason in a portal");
    assertEquals("", service.text("SELECT reason FROM support_grant WHERE " + west));
    assertEquals(
        "3",
        service.text("SELECT count(*) FROM log_personal WHERE about = 'ada' AND " + west),
        "the portal's own ada is somebody else");
    for (String portal : List.of("root", "west")) {
      assertTrue(verified(portal).hasIntact(), () -> verified(portal).toString());
    }
    AuditRecord there =
        AuditHistory.audit(node)
            .searchAudit(
                SearchAuditRequest.newBuilder()
                    .setOrganizationId("west")
                    .setFilter(AuditFilter.newBuilder().setKind("ERASURE"))
                    .build())
            .getRecords(0);
    assertEquals("bo root", there.getActorId() + " " + there.getActorOrganizationId());
    assertTrue(there.getRecord().contains("\"userOrganization\":\"root\""), there.getRecord());
    assertFalse(
        AuditHistory.audit(node)
            .erasePersonalData(by("bo", "root", "ada"))
            .getWritten()
            .getChanged());
  }

  @Test
  void a_removed_agent_is_forgotten_everywhere() {
    String first = "first-" + acme;
    String agent = "support:sid-" + organizations;
    SupportRealm.create(node, first, "", "ada");
    var erase = EraseAgentRequest.newBuilder().setAgentId(agent).build();
    assertRefused(NOT_FOUND, "AGENT_NOT_FOUND", () -> node.support.eraseAgent(erase));
    var _ = node.support.registerAgent(SupportRealm.registration(agent, "Night").build());
    var _ =
        node.support.requestSupportAccess(
            RequestSupportAccessRequest.newBuilder()
                .setAgentId(agent)
                .addAllOrganizationIds(List.of(first, acme))
                .setReason("Sid's ticket")
                .build());
    assertRefused(FAILED_PRECONDITION, "AGENT_NOT_REMOVED", () -> node.support.eraseAgent(erase));
    var _ = node.support.removeAgent(RemoveAgentRequest.newBuilder().setAgentId(agent).build());
    SupportAgent left = node.support.eraseAgent(erase).getAgent();
    assertEquals(" ", left.getName() + " " + left.getEmail());
    assertTrue(left.getRemoved());
    for (String table : List.of("support_agent", "support_request", "log_personal", "mail")) {
      assertEquals(
          "",
          service.text(
              ("SELECT string_agg(kept::text, ' ') FROM %s kept WHERE kept::text LIKE '%%Sid%%'"
                      + " OR kept::text LIKE '%%Name of %s%%' OR kept::text LIKE '%%%s@%%'")
                  .formatted(table, agent, agent.substring("support:".length()))),
          table);
    }
    for (String organization : List.of(first, acme)) {
      VerifyAuditResponse verified = verified(organization);
      assertEquals(1, verified.getErasedValues(), verified.toString());
    }
    assertEquals(left, node.support.eraseAgent(erase).getAgent());
  }

  private static ErasePersonalDataRequest by(String actor, String organization, String user) {
    return ErasePersonalDataRequest.newBuilder()
        .setOrganizationId(organization)
        .setActor(Actor.newBuilder().setUserId(actor))
        .setUserId(user)
        .build();
  }

  // ---- what is searched by --------------------------------------------------------------------

  @Test
  void what_records_are_searched_by_is_held_against_them() {
    assertTrue(verified(acme).hasIntact());
    tamper("DELETE FROM log_subject WHERE %s AND subject = 'user:zoe' AND number = 1");
    assertUnfound(2, 1, "a search for user:zoe does not find it");
    service.execute("INSERT INTO log_subject VALUES ('%s', 'user:zoe', 2, 1)".formatted(acme));
    assertTrue(verified(acme).hasIntact());
    service.execute("INSERT INTO log_subject VALUES ('%s', 'user:yan', 2, 1)".formatted(acme));
    assertUnfound(2, 1, "a search for user:yan finds it");
    service.execute("INSERT INTO log_subject VALUES ('%s', 'team:x', 1, 0)".formatted(acme));
    assertUnfound(1, 0, "a search for team:x finds it");
    tamper("DELETE FROM log_subject WHERE %s AND (subject = 'team:x' OR revision = 2)");
    assertUnfound(2, 0, "does not find it");
  }

  @Test
  void what_would_be_found_in_revisions_to_come_is_seen() {
    service.execute("INSERT INTO log_subject VALUES ('%s', 'user:yan', 4711, 0)".formatted(acme));
    assertUnfound(4711, 0, "a search for user:yan finds it");
  }

  private void assertUnfound(long revision, int number, String how) {
    VerifyAuditResponse verified = verified(acme);
    assertTrue(verified.hasBroken(), "the index is another one");
    assertEquals(revision, verified.getBroken().getRevision(), verified.getBroken().getHow());
    assertEquals(number, verified.getBroken().getNumber(), verified.getBroken().getHow());
    assertTrue(verified.getBroken().getHow().contains(how), verified.getBroken().getHow());
  }
}
