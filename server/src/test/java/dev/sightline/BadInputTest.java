package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.RESOURCE_EXHAUSTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.store.ChainCheck;
import dev.sightline.store.StartRefused;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.Action;
import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.GetOrganizationRequest;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListUsersRequest;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.NewUser;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEnd;
import dev.sightline.v1.TransferEntry;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.UpdateAccessRequest;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cannot be is refused with a status, a reason and a sentence, and nothing is changed. */
class BadInputTest {
  private static final List<String> NO_IDS =
      List.of("", " ", "a b", "a/b", "ä", "a:b", "a\n", "x".repeat(129), "support:", "\0");

  private static TestService service;
  private static Node node;
  private static long revision;

  @BeforeAll
  static void start() {
    service = TestService.start();
    node = service.node();
    Orgs.create(node, "org", "ada");
    Orgs.add(node, "org", "ada", "bo", Role.ROLE_ANALYST);
    for (String team : List.of("t1", "t2", "t3")) {
      var _ =
          node.directory.createTeam(
              CreateTeamRequest.newBuilder()
                  .setOrganizationId("org")
                  .setActor(Orgs.actor("ada"))
                  .setTeamId(team)
                  .setName("Team")
                  .build());
    }
    var _ = node.directory.addTeamMember(member("t1", "t2"));
    var _ = node.directory.addTeamMember(member("t2", "t3"));
    revision = Orgs.dashboard(node, "org", "ada", "d", Level.LEVEL_VIEWER).getRevision();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void nothing_was_changed() {
    var intact = assertInstanceOf(ChainCheck.Intact.class, service.chain("org"));
    assertEquals(revision, intact.revision());
  }

  private static AddTeamMemberRequest member(String team, String inner) {
    return AddTeamMemberRequest.newBuilder()
        .setOrganizationId("org")
        .setActor(Orgs.actor("ada"))
        .setTeamId(team)
        .setMemberTeamId(inner)
        .build();
  }

  private static CreateDashboardRequest.Builder creation() {
    return CreateDashboardRequest.newBuilder()
        .setOrganizationId("org")
        .setActor(Orgs.actor("ada"))
        .setDashboardId("new")
        .setName("New");
  }

  private static UpdateAccessRequest.Builder access() {
    return UpdateAccessRequest.newBuilder()
        .setOrganizationId("org")
        .setActor(Orgs.actor("ada"))
        .setDashboardId("d");
  }

  @Test
  void malformed_ids_are_refused() {
    for (String no : NO_IDS) {
      Consistency any = Consistency.getDefaultInstance();
      malformed(() -> Orgs.view(node, no, "bo", "d", any));
      malformed(() -> Orgs.view(node, "org", no, "d", any));
      malformed(() -> Orgs.view(node, "org", "bo", no, any));
      malformed(() -> node.dashboards.createDashboard(creation().setOrganizationId(no).build()));
      malformed(() -> node.dashboards.createDashboard(creation().setActor(Orgs.actor(no)).build()));
      malformed(() -> node.dashboards.updateAccess(access().setDashboardId(no).build()));
      malformed(() ->
          node.dashboards.updateAccess(
              access()
                  .addSet(EntryToSet.newBuilder().setUserId(no).setLevel(Level.LEVEL_VIEWER))
                  .build()));
      malformed(() ->
          node.dashboards.updateAccess(
              access().addRemove(EntryToRemove.newBuilder().setTeamId(no)).build()));
      if (!no.isEmpty()) {
        malformed(() -> node.dashboards.createDashboard(creation().setDashboardId(no).build()));
        malformed(() -> node.dashboards.createDashboard(creation().setWorkspaceId(no).build()));
      }
    }
    malformed(() ->
        node.directory.addUser(
            AddUserRequest.newBuilder()
                .setOrganizationId("org")
                .setActor(Orgs.actor("ada"))
                .setUser(Orgs.newUser("support:eve", Role.ROLE_ANALYST))
                .build()));
  }

  private static void malformed(org.junit.jupiter.api.function.Executable call) {
    assertRefused(INVALID_ARGUMENT, "MALFORMED_ID", call);
  }

  @Test
  void names_that_are_empty_blank_too_long_or_of_many_lines_are_refused() {
    for (String no : List.of("", " ", "\u2003", "a\nb", "a\0b", "x".repeat(201))) {
      outOfRange(() -> node.dashboards.createDashboard(creation().setName(no).build()));
      outOfRange(() ->
          node.dashboards.renameDashboard(
              RenameDashboardRequest.newBuilder()
                  .setOrganizationId("org")
                  .setActor(Orgs.actor("ada"))
                  .setDashboardId("d")
                  .setName(no)
                  .build()));
      outOfRange(() ->
          node.directory.addUser(
              AddUserRequest.newBuilder()
                  .setOrganizationId("org")
                  .setActor(Orgs.actor("ada"))
                  .setUser(NewUser.newBuilder().setId("x").setName(no).setEmail("x@y.org"))
                  .build()));
    }
    outOfRange(() ->
        node.dashboards.createDashboard(creation().setIdempotencyKey("k".repeat(129)).build()));
  }

  @Test
  void what_is_no_address_is_refused() {
    for (String no :
        List.of("", "bo", "@", "bo@", "@x", "a@b@c", "a b@c", "x".repeat(260) + "@y")) {
      assertRefused(
          INVALID_ARGUMENT,
          "MALFORMED_REQUEST",
          () ->
              node.dashboards.shareDashboard(
                  ShareDashboardRequest.newBuilder()
                      .setOrganizationId("org")
                      .setActor(Orgs.actor("ada"))
                      .setDashboardId("d")
                      .setEmail(no)
                      .setLevel(Level.LEVEL_VIEWER)
                      .build()));
    }
  }

  private static void outOfRange(org.junit.jupiter.api.function.Executable call) {
    assertRefused(INVALID_ARGUMENT, "OUT_OF_RANGE", call);
  }

  @Test
  void a_batch_of_none_or_of_more_than_ten_thousand_is_refused() {
    var item =
        CheckItem.newBuilder()
            .setUserId("bo")
            .setDashboardId("d")
            .setAction(Action.ACTION_VIEW)
            .build();
    var batch = BatchCheckRequest.newBuilder().setOrganizationId("org");
    outOfRange(() -> node.access.batchCheck(batch.build()));
    batch.addAllItems(java.util.Collections.nCopies(10_000, item));
    assertEquals(10_000, node.access.batchCheck(batch.build()).getResultsCount());
    outOfRange(() -> node.access.batchCheck(batch.addItems(item).build()));
    outOfRange(() ->
        node.access.listAudience(
            ListAudienceRequest.newBuilder()
                .setOrganizationId("org")
                .setDashboardId("d")
                .setPageSize(10_001)
                .build()));
  }

  @Test
  void a_malformed_item_of_a_batch_gets_an_error_of_its_own() {
    var item =
        CheckItem.newBuilder()
            .setUserId("bo")
            .setDashboardId("d")
            .setAction(Action.ACTION_VIEW)
            .build();
    List<CheckResult> results =
        node.access
            .batchCheck(
                BatchCheckRequest.newBuilder()
                    .setOrganizationId("org")
                    .addItems(item)
                    .addItems(item.toBuilder().setUserId("a b"))
                    .addItems(item.toBuilder().setDashboardId(""))
                    .addItems(item.toBuilder().setActionValue(99))
                    .addItems(item.toBuilder().clearAction())
                    .addItems(item)
                    .build())
            .getResultsList();
    assertEquals(
        List.of("", "MALFORMED_ID", "MALFORMED_ID", "UNKNOWN_ENUM_VALUE", "UNKNOWN_ENUM_VALUE", ""),
        results.stream().map(result -> result.getError().getReason()).toList());
    assertEquals(
        List.of(true, false, false, false, false, true),
        results.stream().map(CheckResult::getAllowed).toList());
  }

  @Test
  void enum_values_that_there_are_not_are_refused() {
    unknown(() ->
        node.access.check(
            CheckRequest.newBuilder()
                .setOrganizationId("org")
                .setUserId("bo")
                .setDashboardId("d")
                .setActionValue(77)
                .build()));
    unknown(() -> node.dashboards.createDashboard(creation().setCompanyDefaultValue(77).build()));
    unknown(() ->
        node.dashboards.createDashboard(creation().setCompanyDefault(Level.LEVEL_OWNER).build()));
    unknown(() ->
        node.dashboards.updateAccess(
            access().addSet(EntryToSet.newBuilder().setUserId("bo")).build()));
    unknown(() ->
        node.directory.addUser(
            AddUserRequest.newBuilder()
                .setOrganizationId("org")
                .setActor(Orgs.actor("ada"))
                .setUser(Orgs.newUser("x", Role.ROLE_ANALYST).toBuilder().setRoleValue(9).build())
                .build()));
    unknown(() ->
        node.access.listVisibleDashboards(
            ListVisibleDashboardsRequest.newBuilder()
                .setOrganizationId("org")
                .setUserId("bo")
                .setPurposeValue(9)
                .build()));
  }

  private static void unknown(org.junit.jupiter.api.function.Executable call) {
    assertRefused(INVALID_ARGUMENT, "UNKNOWN_ENUM_VALUE", call);
  }

  @Test
  void the_same_subject_twice_is_refused() {
    var set = EntryToSet.newBuilder().setUserId("bo").setLevel(Level.LEVEL_EDITOR);
    assertRefused(
        INVALID_ARGUMENT,
        "NAMED_TWICE",
        () -> node.dashboards.updateAccess(access().addSet(set).addSet(set).build()));
    assertRefused(
        INVALID_ARGUMENT,
        "NAMED_TWICE",
        () ->
            node.dashboards.updateAccess(
                access()
                    .addSet(set)
                    .addRemove(EntryToRemove.newBuilder().setUserId("bo"))
                    .build()));
    assertRefused(
        INVALID_ARGUMENT,
        "MALFORMED_REQUEST",
        () ->
            node.dashboards.updateAccess(
                access().addSet(EntryToSet.newBuilder().setLevel(Level.LEVEL_EDITOR)).build()));
  }

  @Test
  void ends_that_do_not_lie_ahead_or_beyond_all_measure_are_refused() {
    var set = EntryToSet.newBuilder().setUserId("bo").setLevel(Level.LEVEL_EDITOR);
    for (long no : new long[] {0, 1, -1, Long.MIN_VALUE}) {
      outOfRange(
          () -> node.dashboards.updateAccess(access().addSet(set.setEndsAtMicros(no)).build()));
    }
    for (long no : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      outOfRange(
          () -> node.dashboards.updateAccess(access().addSet(set.setExpiresInMicros(no)).build()));
    }
    outOfRange(() ->
        node.dashboards.updateAccess(access().addSet(set.setEndsAtMicros(Long.MAX_VALUE)).build()));
  }

  @Test
  void forged_cursors_are_refused() {
    var list = ListUsersRequest.newBuilder().setOrganizationId("org").setPageSize(1);
    String token = node.directory.listUsers(list.build()).getNextPageToken();
    assertFalse(token.isEmpty());
    char last = token.charAt(token.length() - 1);
    for (String forged :
        List.of(
            "x",
            "ada",
            token + "A",
            token.substring(1),
            token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A'),
            "A".repeat(100_000))) {
      invalidCursor(() -> node.directory.listUsers(list.setPageToken(forged).build()));
    }
    invalidCursor(
        () -> node.directory.listUsers(list.setPageToken(token).setIncludeDeleted(true).build()));
    invalidCursor(() ->
        node.access.listVisibleDashboards(
            ListVisibleDashboardsRequest.newBuilder()
                .setOrganizationId("org")
                .setUserId("ada")
                .setPageToken(token)
                .build()));
  }

  private static void invalidCursor(org.junit.jupiter.api.function.Executable call) {
    assertRefused(INVALID_ARGUMENT, "INVALID_PAGE_TOKEN", call);
  }

  @Test
  void a_message_of_more_than_four_mebibytes_is_refused() {
    StatusRuntimeException refused =
        assertThrows(
            StatusRuntimeException.class,
            () -> node.dashboards.createDashboard(creation().setName("x".repeat(5 << 20)).build()));
    assertEquals(RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    assertEquals("MESSAGE_TOO_LARGE", Refusals.reason(refused));
    assertTrue(Orgs.view(node, "org", "bo", "d", Consistency.getDefaultInstance()).getAllowed());
  }

  @Test
  void circles_of_teams_are_refused() {
    for (AddTeamMemberRequest circle :
        List.of(member("t1", "t1"), member("t2", "t1"), member("t3", "t1"), member("t3", "t2"))) {
      assertRefused(FAILED_PRECONDITION, "TEAM_CIRCLE", () -> node.directory.addTeamMember(circle));
    }
  }

  // ---- imports --------------------------------------------------------------------------------

  private static TransferRecord header(String organization) {
    return TransferRecord.newBuilder()
        .setHeader(TransferHeader.newBuilder().setOrganizationId(organization).setName("In"))
        .build();
  }

  private static TransferRecord user(String id, Role role) {
    return TransferRecord.newBuilder()
        .setUser(
            TransferUser.newBuilder()
                .setId(id)
                .setName(id)
                .setEmail(id + "@example.org")
                .setRole(role))
        .build();
  }

  private static TransferRecord team(String id) {
    return TransferRecord.newBuilder()
        .setTeam(TransferTeam.newBuilder().setId(id).setName(id))
        .build();
  }

  private static TransferRecord inside(String team, String inner) {
    return TransferRecord.newBuilder()
        .setMembership(TransferMembership.newBuilder().setTeamId(team).setMemberTeamId(inner))
        .build();
  }

  private static TransferRecord dashboard(String id, String owner) {
    return TransferRecord.newBuilder()
        .setDashboard(
            TransferDashboard.newBuilder()
                .setDashboard(
                    dev.sightline.v1.Dashboard.newBuilder()
                        .setId(id)
                        .setName(id)
                        .setOwnerId(owner)))
        .build();
  }

  private static TransferRecord entry(String dashboard, String user) {
    return TransferRecord.newBuilder()
        .setEntry(
            TransferEntry.newBuilder()
                .setDashboardId(dashboard)
                .setEntry(AccessEntry.newBuilder().setUserId(user).setLevel(Level.LEVEL_VIEWER)))
        .build();
  }

  private static TransferRecord end(int users, int teams, int memberships, int dashboards) {
    return TransferRecord.newBuilder()
        .setEnd(
            TransferEnd.newBuilder()
                .setCounts(
                    OrganizationCounts.newBuilder()
                        .setUsers(users)
                        .setTeams(teams)
                        .setMemberships(memberships)
                        .setDashboards(dashboards)))
        .build();
  }

  /** Each record in a message of its own. */
  private static void assertNotBroughtIn(
      io.grpc.Status.Code code, String reason, TransferRecord... records) {
    List<ImportRequest> messages = new ArrayList<>();
    for (TransferRecord record : records) {
      messages.add(ImportRequest.newBuilder().addRecords(record).build());
    }
    assertRefused(code, reason, () -> Imports.send(node, messages));
    assertRefused(
        code,
        reason,
        () ->
            Imports.send(
                node, List.of(ImportRequest.newBuilder().addAllRecords(List.of(records)).build())));
    assertRefused(
        NOT_FOUND,
        "ORGANIZATION_NOT_FOUND",
        () ->
            node.directory.getOrganization(
                GetOrganizationRequest.newBuilder().setOrganizationId("in").build()));
    assertEquals(null, service.chain("in"));
  }

  @Test
  void an_import_that_is_cut_short_or_wrong_leaves_nothing_behind() {
    TransferRecord header = header("in");
    TransferRecord admin = user("a", Role.ROLE_ADMIN);
    assertNotBroughtIn(INVALID_ARGUMENT, "MALFORMED_IMPORT", header, admin);
    assertNotBroughtIn(INVALID_ARGUMENT, "MALFORMED_IMPORT", header, admin, end(2, 0, 0, 0));
    assertNotBroughtIn(INVALID_ARGUMENT, "MALFORMED_IMPORT", admin, end(1, 0, 0, 0));
    assertNotBroughtIn(
        INVALID_ARGUMENT, "MALFORMED_IMPORT", header, admin, end(1, 0, 0, 0), team("t"));
    assertNotBroughtIn(
        INVALID_ARGUMENT,
        "MALFORMED_IMPORT",
        header,
        admin,
        dashboard("d", "nobody"),
        end(1, 0, 0, 1));
    assertNotBroughtIn(
        INVALID_ARGUMENT,
        "MALFORMED_IMPORT",
        header,
        admin,
        entry("no-dashboard", "a"),
        end(1, 0, 0, 0));
    assertNotBroughtIn(INVALID_ARGUMENT, "NAMED_TWICE", header, admin, admin, end(2, 0, 0, 0));
    assertNotBroughtIn(
        FAILED_PRECONDITION, "LAST_ADMIN", header, user("a", Role.ROLE_ANALYST), end(1, 0, 0, 0));
    assertNotBroughtIn(
        FAILED_PRECONDITION,
        "TEAM_CIRCLE",
        header,
        admin,
        team("t"),
        team("u"),
        inside("t", "u"),
        inside("u", "t"),
        end(1, 2, 2, 0));
    assertNotBroughtIn(
        INVALID_ARGUMENT, "MALFORMED_ID", header, user("no id", Role.ROLE_ADMIN), end(1, 0, 0, 0));
    assertNotBroughtIn(INVALID_ARGUMENT, "MALFORMED_IMPORT");
    assertNotBroughtIn(INVALID_ARGUMENT, "MALFORMED_IMPORT", TransferRecord.getDefaultInstance());
  }

  /** One that no database row can hold would be acknowledged and never be loaded again. */
  @Test
  void an_import_with_times_beyond_all_measure_is_refused() {
    for (long no : new long[] {-1, Long.MIN_VALUE, -300_000_000_000_000_000L, Long.MAX_VALUE}) {
      TransferRecord.Builder created = user("a", Role.ROLE_ADMIN).toBuilder();
      created.getUserBuilder().setCreatedAtMicros(no);
      assertNotBroughtIn(
          INVALID_ARGUMENT, "OUT_OF_RANGE", header("in"), created.build(), end(1, 0, 0, 0));
      TransferRecord.Builder since = user("a", Role.ROLE_ADMIN).toBuilder();
      since.getUserBuilder().setAdminSinceMicros(no);
      assertNotBroughtIn(
          INVALID_ARGUMENT, "OUT_OF_RANGE", header("in"), since.build(), end(1, 0, 0, 0));
      TransferRecord.Builder ends = entry("d", "b").toBuilder();
      ends.getEntryBuilder().getEntryBuilder().setEndsAtMicros(no);
      assertNotBroughtIn(
          INVALID_ARGUMENT,
          "OUT_OF_RANGE",
          header("in"),
          user("a", Role.ROLE_ADMIN),
          user("b", Role.ROLE_ANALYST),
          dashboard("d", "a"),
          ends.build());
    }
  }

  @Test
  void an_import_over_what_is_there_is_refused() {
    ImportRequest records =
        ImportRequest.newBuilder()
            .addRecords(header("org"))
            .addRecords(user("a", Role.ROLE_ADMIN))
            .addRecords(end(1, 0, 0, 0))
            .build();
    assertRefused(
        ALREADY_EXISTS, "ORGANIZATION_EXISTS", () -> Imports.send(node, List.of(records)));
  }

  // ---- starting -------------------------------------------------------------------------------

  @Test
  void a_port_that_is_taken_is_told_in_a_sentence() {
    StartRefused refused =
        assertThrows(
            StartRefused.class,
            () -> Server.start(service.serving(DatabaseClock.measured(), node.port())).close());
    assertTrue(
        refused.getMessage().contains(Integer.toString(node.port()))
            && refused.getMessage().contains("taken"),
        refused::getMessage);
  }

  @Test
  void the_operators_token_is_shown_though_the_port_was_taken_at_the_first_start() {
    try (TestService empty = TestService.start()) {
      ServerSettings taken = empty.serving(DatabaseClock.measured(), node.port()).withTokens();
      assertThrows(StartRefused.class, () -> Server.start(taken).close());
      try (Server started = Server.start(empty.serving(DatabaseClock.measured(), 0).withTokens())) {
        assertNotNull(started.firstToken());
      }
    }
  }

  @Test
  void a_node_that_did_not_start_leaves_nothing_running() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertThrows(
        StartRefused.class,
        () -> Server.start(service.serving(DatabaseClock.measured(), node.port())).close());
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      boolean own = thread.getName().equals("prover") || thread.getName().equals("housekeeping");
      if (own && !before.contains(thread)) {
        assertTrue(thread.join(java.time.Duration.ofSeconds(10)), thread::getName);
      }
    }
  }
}
