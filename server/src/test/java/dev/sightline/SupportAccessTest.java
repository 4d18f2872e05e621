package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static dev.sightline.SupportRealm.ADA;
import static dev.sightline.SupportRealm.SAM;
import static dev.sightline.SupportRealm.SUE;
import static dev.sightline.v1.GrantStatus.GRANT_STATUS_ACTIVE;
import static dev.sightline.v1.GrantStatus.GRANT_STATUS_EXPIRED;
import static dev.sightline.v1.GrantStatus.GRANT_STATUS_REVOKED;
import static dev.sightline.v1.SupportRole.SUPPORT_ROLE_ADMINISTRATOR;
import static dev.sightline.v1.SupportRole.SUPPORT_ROLE_EDITOR;
import static dev.sightline.v1.SupportRole.SUPPORT_ROLE_VIEWER;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.PERMISSION_DENIED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.change.Instants;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AllowSupportAccessRequest;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.GetSupportPolicyRequest;
import dev.sightline.v1.GrantSupportAccessRequest;
import dev.sightline.v1.GrantedWorkspace;
import dev.sightline.v1.ListPortalsRequest;
import dev.sightline.v1.Portal;
import dev.sightline.v1.RequestSupportAccessRequest;
import dev.sightline.v1.RevokeSupportAccessRequest;
import dev.sightline.v1.SetSupportPolicyRequest;
import dev.sightline.v1.SupportGrant;
import dev.sightline.v1.SupportPolicy;
import dev.sightline.v1.SupportRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who lets support in, for how long, and what becomes of it: the rules' section, by sentences. */
class SupportAccessTest {
  private static final Instant START = Instant.parse("2024-01-31T12:00:00Z");

  private StoryClock clock;
  private TestService service;
  private Node node;
  private SupportRealm realm;

  @BeforeEach
  void start() {
    clock = new StoryClock(START);
    service = TestService.at(clock);
    node = service.node();
    realm = SupportRealm.made(node);
    realm.register(SAM, "Support");
    realm.register(SUE, "Engineering");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void pass(Duration duration) {
    clock.set(clock.now().plus(duration));
  }

  private static Actor of(String organization, String user) {
    return Actor.newBuilder().setOrganizationId(organization).setUserId(user).build();
  }

  // ---- who decides ----------------------------------------------------------------------------

  @Test
  void an_admin_of_the_root_decides_for_the_root_and_every_portal_under_it_however_deep() {
    realm.allowed("deep", "root", "west");
    for (String portal : List.of("root", "west", "deep")) {
      assertTrue(realm.sees(SAM, portal), portal);
    }
    assertFalse(realm.sees(SAM, "east"), "it was not named");
    assertFalse(realm.sees(SAM, "other"));
  }

  @Test
  void nobody_but_an_active_admin_of_the_root_decides() {
    for (Actor actor : List.of(of("west", "wes"), of("deep", "dan"), of("other", "ott"))) {
      refused(PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", actor);
    }
    refused(PERMISSION_DENIED, "ROLE_REQUIRED", of("root", "mia"));
    refused(PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", of("root", "nobody"));
    realm.allowed("root", "west");
    refused(PERMISSION_DENIED, "ROLE_REQUIRED", of("root", SAM));
    refused(PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", of("west", SAM));
    var _ =
        node.directory.disableUser(
            DisableUserRequest.newBuilder()
                .setOrganizationId("root")
                .setActor(ADA)
                .setUserId("bo")
                .build());
    refused(PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", of("root", "bo"));
  }

  /** Every decision, tried by somebody who may not. */
  private void refused(io.grpc.Status.Code code, String reason, Actor actor) {
    assertRefused(
        code,
        reason,
        () -> node.support.allowSupportAccess(SupportRealm.allow("west").setActor(actor).build()));
    assertRefused(
        code,
        reason,
        () ->
            node.support.grantSupportAccess(
                SupportRealm.grant("west", SUPPORT_ROLE_VIEWER)
                    .setAgentId(SAM)
                    .setActor(actor)
                    .build()));
    assertRefused(
        code,
        reason,
        () ->
            node.support.revokePortalAccess(
                SupportRealm.revokeAll("west").setActor(actor).build()));
    assertRefused(
        code,
        reason,
        () ->
            node.support.revokeSupportAccess(
                SupportRealm.revoke("west", "none").toBuilder().setActor(actor).build()));
    assertRefused(
        code,
        reason,
        () ->
            node.support.setSupportPolicy(
                SetSupportPolicyRequest.newBuilder()
                    .setOrganizationId("west")
                    .setActor(actor)
                    .build()));
  }

  @Test
  void portals_of_other_realms_are_as_unknown_as_those_that_do_not_exist() {
    var foreign =
        assertRefused(NOT_FOUND, "ORGANIZATION_NOT_FOUND", () -> realm.allowed("root", "other"));
    var unknown =
        assertRefused(NOT_FOUND, "ORGANIZATION_NOT_FOUND", () -> realm.allowed("root", "nope"));
    assertEquals(
        unknown.getStatus().getDescription(),
        String.valueOf(foreign.getStatus().getDescription()).replace("other", "nope"));
    assertRefused(
        NOT_FOUND,
        "ORGANIZATION_NOT_FOUND",
        () -> node.support.revokePortalAccess(SupportRealm.revokeAll("other").build()));
    assertRefused(NOT_FOUND, "ORGANIZATION_NOT_FOUND", () -> realm.dismiss(SAM, "other"));
    assertEquals(List.of(), realm.history("root"), "all or nothing");
    assertRefused(
        PERMISSION_DENIED,
        "ACTOR_NOT_ALLOWED",
        () -> realm.granted(SupportRealm.grant("other", SUPPORT_ROLE_VIEWER).setAgentId(SAM)));
  }

  @Test
  void a_refusal_for_one_portal_changes_nothing_on_any() {
    long before = revision("root");
    assertRefused(NOT_FOUND, "ORGANIZATION_NOT_FOUND", () -> realm.allowed("root", "west", "nope"));
    assertEquals(before, revision("root"));
    assertFalse(realm.sees(SAM, "west"));
  }

  private long revision(String organization) {
    return assertInstanceOf(ChainCheck.Intact.class, service.chain(organization)).revision();
  }

  // ---- malformed ------------------------------------------------------------------------------

  @Test
  void what_is_malformed_is_refused_before_anything_is_looked_at() {
    Actor nobody = of("root", "nobody");
    for (AllowSupportAccessRequest.Builder request :
        List.of(
            SupportRealm.allow(),
            SupportRealm.allow("west", "west"),
            SupportRealm.allow("a b"),
            SupportRealm.allow("west").setDurationMicros(-1),
            SupportRealm.allow("west").setGroup("x".repeat(101)),
            SupportRealm.allow("west").setReason("x".repeat(1_001)))) {
      assertEquals(
          INVALID_ARGUMENT,
          code(() -> node.support.allowSupportAccess(request.setActor(nobody).build())),
          request::toString);
    }
    var grant = SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setActor(nobody);
    for (GrantSupportAccessRequest.Builder request :
        List.of(
            grant.clone(),
            grant.clone().setGroup(""),
            grant.clone().setAgentId("ada"),
            grant.clone().setGroup("Support").clearRoles(),
            grant.clone().setGroup("Support").addRoles(SUPPORT_ROLE_VIEWER),
            grant.clone().setGroup("Support").addRoles(SupportRole.SUPPORT_ROLE_UNSPECIFIED),
            grant.clone().setGroup("Support").setGrantId("a b"),
            grant.clone().setGroup("Support").setDurationMicros(0),
            grant
                .clone()
                .setGroup("Support")
                .addWorkspaces(GrantedWorkspace.newBuilder().setWorkspaceId("w"))
                .addWorkspaces(GrantedWorkspace.newBuilder().setWorkspaceId("w")))) {
      assertEquals(
          INVALID_ARGUMENT,
          code(() -> node.support.grantSupportAccess(request.build())),
          request::toString);
    }
  }

  private static io.grpc.Status.Code code(Runnable call) {
    try {
      call.run();
      return io.grpc.Status.Code.OK;
    } catch (io.grpc.StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }

  // ---- allowing and granting ------------------------------------------------------------------

  @Test
  void allowing_lets_the_group_support_in_as_administrator_for_one_day_unless_said() {
    SupportGrant grant = realm.allowed("west").getFirst();
    assertEquals("Support", grant.getGroup());
    assertEquals(List.of(SUPPORT_ROLE_ADMINISTRATOR), grant.getRolesList());
    assertEquals(Instants.micros(START), grant.getStartsAtMicros());
    assertEquals(Instants.micros(START.plus(Duration.ofDays(1))), grant.getEndsAtMicros());
    assertEquals("ada", grant.getGrantedBy().getUserId());
    assertEquals("root", grant.getGrantedBy().getOrganizationId());
    SupportGrant other =
        node.support
            .allowSupportAccess(
                SupportRealm.allow("west")
                    .setGroup("Engineering")
                    .setDurationMicros(Duration.ofHours(1).toNanos() / 1_000)
                    .build())
            .getPortals(0)
            .getGrant();
    assertEquals("Engineering", other.getGroup());
    assertEquals(Instants.micros(START.plus(Duration.ofHours(1))), other.getEndsAtMicros());
  }

  @Test
  void a_grant_lasts_one_week_unless_said_and_is_over_at_the_very_instant() {
    realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setAgentId(SAM));
    pass(Duration.ofDays(7).minusNanos(1_000));
    assertTrue(realm.sees(SAM, "west"));
    assertEquals(List.of(GRANT_STATUS_ACTIVE), realm.statuses("west"));
    pass(Duration.ofNanos(1_000));
    assertFalse(realm.sees(SAM, "west"));
    assertEquals(List.of(GRANT_STATUS_EXPIRED), realm.statuses("west"));
    assertEquals(List.of(), realm.letIn("west"));
  }

  @Test
  void a_grant_has_an_end_within_one_calendar_month_to_the_last_day_of_a_shorter_one() {
    // A leap year: from 31 January at noon to 29 February at noon.
    Duration longest = Duration.between(START, Instant.parse("2024-02-29T12:00:00Z"));
    lasts(longest);
    doesNotLast(longest.plusNanos(1_000));
    clock.set(Instant.parse("2024-02-29T12:00:00Z"));
    lasts(Duration.ofDays(29));
    doesNotLast(Duration.ofDays(29).plusNanos(1_000));
    clock.set(Instant.parse("2025-01-30T23:59:59Z"));
    lasts(Duration.ofDays(29));
    doesNotLast(Duration.ofDays(29).plusNanos(1_000));
    clock.set(Instant.parse("2025-07-31T00:00:00Z"));
    lasts(Duration.ofDays(31));
    doesNotLast(Duration.ofDays(31).plusNanos(1_000));
    clock.set(Instant.parse("2025-12-31T23:00:00Z"));
    lasts(Duration.ofDays(31));
  }

  private void lasts(Duration duration) {
    SupportGrant grant = realm.granted(lasting(duration));
    assertEquals(Instants.micros(clock.now().plus(duration)), grant.getEndsAtMicros());
    var _ =
        node.support.allowSupportAccess(
            SupportRealm.allow("west").setDurationMicros(duration.toNanos() / 1_000).build());
  }

  private void doesNotLast(Duration duration) {
    assertRefused(INVALID_ARGUMENT, "OUT_OF_RANGE", () -> realm.granted(lasting(duration)));
    assertRefused(
        INVALID_ARGUMENT,
        "OUT_OF_RANGE",
        () -> realm.granted(lasting(duration).setOrganizationId("nowhere")));
    assertRefused(
        INVALID_ARGUMENT,
        "OUT_OF_RANGE",
        () ->
            node.support.allowSupportAccess(
                SupportRealm.allow("west")
                    .setDurationMicros(duration.toNanos() / 1_000)
                    .setActor(of("root", "nobody"))
                    .build()));
  }

  private static GrantSupportAccessRequest.Builder lasting(Duration duration) {
    return SupportRealm.grant("west", SUPPORT_ROLE_VIEWER)
        .setAgentId(SAM)
        .setDurationMicros(duration.toNanos() / 1_000);
  }

  @Test
  void until_revoked_is_until_somebody_revokes_it() {
    SupportGrant grant =
        realm.granted(
            SupportRealm.grant("west", SUPPORT_ROLE_EDITOR)
                .setGroup("Support")
                .setUntilRevoked(true));
    assertEquals(0, grant.getEndsAtMicros());
    pass(Duration.ofDays(4_000));
    assertTrue(realm.sees(SAM, "west"));
    var _ = node.support.revokeSupportAccess(SupportRealm.revoke("west", grant.getId()));
    assertFalse(realm.sees(SAM, "west"));
  }

  @Test
  void what_a_grant_names_must_be_there_and_its_id_new() {
    assertRefused(
        NOT_FOUND,
        "AGENT_NOT_FOUND",
        () ->
            realm.granted(
                SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setAgentId("support:nobody")));
    assertRefused(
        NOT_FOUND,
        "WORKSPACE_NOT_FOUND",
        () ->
            realm.granted(
                SupportRealm.grant("west", SUPPORT_ROLE_VIEWER)
                    .setAgentId(SAM)
                    .addWorkspaces(GrantedWorkspace.newBuilder().setWorkspaceId("nope"))));
    var named =
        SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setAgentId(SAM).setGrantId("grant-1");
    realm.granted(named);
    assertRefused(ALREADY_EXISTS, "ID_TAKEN", () -> realm.granted(named));
    assertRefused(ALREADY_EXISTS, "ID_TAKEN", () -> realm.granted(named.setOrganizationId("east")));
  }

  @Test
  void everybody_whom_a_grant_covers_is_told_once_a_grant() {
    realm.register("support:sid", "Support");
    realm.allowed("west", "east");
    assertEquals(
        Stream.of("east", "west")
            .flatMap(portal -> Stream.of("sam@vendor.test " + portal, "sid@vendor.test " + portal))
            .sorted()
            .toList(),
        realm.told().stream().sorted().toList());
  }

  @Test
  void a_grant_that_names_workspaces_reaches_those_with_the_role_in_each() {
    var _ =
        node.directory.createWorkspace(
            CreateWorkspaceRequest.newBuilder()
                .setOrganizationId("west")
                .setActor(of("west", "wes"))
                .setWorkspaceId("it")
                .setName("IT")
                .build());
    SupportGrant grant =
        realm.granted(
            SupportRealm.grant("west", SUPPORT_ROLE_ADMINISTRATOR)
                .setAgentId(SAM)
                .setReason("Ticket 12")
                .addWorkspaces(
                    GrantedWorkspace.newBuilder()
                        .setWorkspaceId("it")
                        .setRole(SUPPORT_ROLE_VIEWER)));
    assertFalse(realm.sees(SAM, "west"), "the dashboard is in no workspace");
    SupportGrant kept = realm.history("west").getFirst();
    assertEquals(grant.getWorkspacesList(), kept.getWorkspacesList());
    assertEquals("Ticket 12", kept.getReason());
    assertEquals("Name of ada", kept.getGrantedBy().getName());
  }

  // ---- revoking -------------------------------------------------------------------------------

  @Test
  void a_grant_that_is_over_is_neither_revoked_again_nor_revived() {
    String grant = realm.allowed("west").getFirst().getId();
    var _ = node.support.revokeSupportAccess(SupportRealm.revoke("west", grant));
    RevokeSupportAccessRequest again = SupportRealm.revoke("west", grant);
    assertRefused(FAILED_PRECONDITION, "GRANT_OVER", () -> node.support.revokeSupportAccess(again));
    String ended = realm.allowed("west").getFirst().getId();
    pass(Duration.ofDays(1));
    assertRefused(
        FAILED_PRECONDITION,
        "GRANT_OVER",
        () -> node.support.revokeSupportAccess(SupportRealm.revoke("west", ended)));
    assertRefused(
        NOT_FOUND,
        "GRANT_NOT_FOUND",
        () -> node.support.revokeSupportAccess(SupportRealm.revoke("east", ended)));
    assertEquals(List.of(GRANT_STATUS_REVOKED, GRANT_STATUS_EXPIRED), realm.statuses("west"));
    assertEquals("ada", realm.history("west").getFirst().getRevokedBy().getUserId());
  }

  @Test
  void revoking_portals_ends_everything_there_at_once_and_nothing_where_there_is_nothing() {
    realm.allowed("west", "deep");
    realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setAgentId(SUE));
    var revoked = node.support.revokePortalAccess(SupportRealm.revokeAll("west", "east").build());
    assertEquals(2, revoked.getPortals(0).getGrantIdsCount());
    assertTrue(revoked.getPortals(0).getWritten().getChanged());
    assertFalse(revoked.getPortals(1).getWritten().getChanged());
    assertEquals(List.of(), realm.letIn("west"));
    assertEquals(List.of(SAM), realm.letIn("deep"), "it was not named");
    assertFalse(
        node.support
            .revokePortalAccess(SupportRealm.revokeAll("west").build())
            .getPortals(0)
            .getWritten()
            .getChanged());
  }

  // ---- policy ---------------------------------------------------------------------------------

  private void say(SupportPolicy.Builder policy) {
    var _ =
        node.support.setSupportPolicy(
            SetSupportPolicyRequest.newBuilder()
                .setOrganizationId("root")
                .setActor(ADA)
                .setPolicy(policy)
                .build());
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  @Test
  void the_roots_policy_says_what_may_be_granted_in_the_realm() {
    say(
        SupportPolicy.newBuilder()
            .setUsualDurationMicros(micros(Duration.ofHours(2)))
            .setLongestDurationMicros(micros(Duration.ofDays(3)))
            .setForbidsUntilRevoked(true)
            .addGroups("Support"));
    assertEquals(
        Instants.micros(START.plus(Duration.ofHours(2))),
        realm.allowed("deep").getFirst().getEndsAtMicros());
    assertEquals(
        Instants.micros(START.plus(Duration.ofHours(2))),
        realm
            .granted(SupportRealm.grant("deep", SUPPORT_ROLE_VIEWER).setAgentId(SUE))
            .getEndsAtMicros());
    assertRefused(
        FAILED_PRECONDITION,
        "LONGER_THAN_POLICY",
        () -> realm.granted(lasting(Duration.ofDays(3).plusNanos(1_000))));
    lasts(Duration.ofDays(3));
    assertRefused(
        FAILED_PRECONDITION,
        "UNTIL_REVOKED_NOT_ALLOWED",
        () ->
            realm.granted(
                SupportRealm.grant("east", SUPPORT_ROLE_VIEWER)
                    .setAgentId(SAM)
                    .setUntilRevoked(true)));
    assertRefused(
        FAILED_PRECONDITION,
        "GROUP_NOT_OFFERED",
        () ->
            realm.granted(SupportRealm.grant("east", SUPPORT_ROLE_VIEWER).setGroup("Engineering")));
    assertRefused(
        FAILED_PRECONDITION,
        "GROUP_NOT_OFFERED",
        () ->
            node.support.allowSupportAccess(
                SupportRealm.allow("east").setGroup("Engineering").build()));
  }

  @Test
  void what_is_not_said_never_exceeds_what_could_be_said() {
    say(SupportPolicy.newBuilder().setLongestDurationMicros(micros(Duration.ofHours(6))));
    assertEquals(
        Instants.micros(START.plus(Duration.ofHours(6))),
        realm.allowed("west").getFirst().getEndsAtMicros());
    say(SupportPolicy.newBuilder().setUsualDurationMicros(micros(Duration.ofDays(31))));
    assertEquals(
        Instants.micros(Instant.parse("2024-02-29T12:00:00Z")),
        realm.allowed("west").getFirst().getEndsAtMicros());
  }

  @Test
  void a_policy_is_kept_and_saying_the_same_again_changes_nothing() {
    var policy =
        SupportPolicy.newBuilder()
            .setLongestDurationMicros(micros(Duration.ofDays(2)))
            .addGroups("A")
            .addGroups("B")
            .build();
    say(policy.toBuilder());
    long before = revision("root");
    say(policy.toBuilder().clearGroups().addGroups("B").addGroups("A"));
    assertEquals(before, revision("root"));
    assertEquals(
        policy,
        node.support
            .getSupportPolicy(
                GetSupportPolicyRequest.newBuilder()
                    .setOrganizationId("deep")
                    .setActor(ADA)
                    .build())
            .getPolicy());
    assertRefused(
        INVALID_ARGUMENT,
        "OUT_OF_RANGE",
        () ->
            say(
                SupportPolicy.newBuilder()
                    .setUsualDurationMicros(micros(Duration.ofDays(3)))
                    .setLongestDurationMicros(micros(Duration.ofDays(2)))));
  }

  // ---- requests -------------------------------------------------------------------------------

  @Test
  void every_active_admin_of_the_root_sees_the_pending_requests_of_the_whole_realm() {
    realm.ask(SAM, "deep", "root", "other");
    List<String> seen = List.of(SAM + " deep", SAM + " root");
    assertEquals(seen, realm.pending("root", ADA));
    assertEquals(seen, realm.pending("west", of("root", "bo")));
    assertEquals(List.of(), realm.pending("west", of("west", "wes")), "an admin, but not there");
    assertEquals(List.of(), realm.pending("root", of("deep", "dan")));
    for (Actor actor :
        List.of(of("root", "mia"), of("other", "ott"), of("root", "nobody"), of("west", "ada"))) {
      assertEquals(PERMISSION_DENIED, code(() -> realm.pending("root", actor)), actor::toString);
    }
    assertEquals(List.of(SAM + " other"), realm.pending("other", of("other", "ott")));
  }

  @Test
  void only_a_registered_agent_asks_and_only_for_portals_that_are_there() {
    assertRefused(
        PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> realm.ask("support:nobody", "root"));
    assertRefused(NOT_FOUND, "ORGANIZATION_NOT_FOUND", () -> realm.ask(SAM, "root", "nope"));
    assertRefused(INVALID_ARGUMENT, "NAMED_TWICE", () -> realm.ask(SAM, "root", "root"));
    assertRefused(INVALID_ARGUMENT, "OUT_OF_RANGE", () -> realm.ask(SAM));
    assertRefused(INVALID_ARGUMENT, "MALFORMED_ID", () -> realm.ask("ada", "root"));
    assertEquals(List.of(), realm.pending("root", ADA));
  }

  @Test
  void a_request_ends_after_seven_days_and_asking_again_changes_nothing_nor_its_end() {
    realm.ask(SAM, "west");
    long before = revision("west");
    pass(Duration.ofDays(6));
    realm.ask(SAM, "west");
    assertEquals(before, revision("west"));
    pass(Duration.ofDays(1).minusNanos(1_000));
    assertEquals(List.of(SAM + " west"), realm.pending("root", ADA));
    pass(Duration.ofNanos(1_000));
    assertEquals(List.of(), realm.pending("root", ADA));
    realm.ask(SAM, "west");
    assertEquals(List.of(SAM + " west"), realm.pending("root", ADA));
  }

  @Test
  void a_request_ends_when_a_new_grant_covers_the_agent_on_that_portal() {
    realm.ask(SAM, "west", "east");
    realm.ask(SUE, "west");
    realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setGroup("Support"));
    assertEquals(List.of(SAM + " east", SUE + " west"), realm.pending("root", ADA));
    realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setAgentId(SUE));
    assertEquals(List.of(SAM + " east"), realm.pending("root", ADA));
  }

  @Test
  void asking_while_covered_is_allowed_and_granting_needs_no_request() {
    realm.allowed("west");
    realm.ask(SAM, "west");
    assertEquals(List.of(SAM + " west"), realm.pending("root", ADA));
  }

  @Test
  void a_request_can_be_dismissed_and_one_that_is_not_pending_is_no_error() {
    realm.ask(SAM, "west", "east");
    realm.dismiss(SAM, "west");
    assertEquals(List.of(SAM + " east"), realm.pending("root", ADA));
    long before = revision("west");
    realm.dismiss(SAM, "west", "east");
    assertEquals(before, revision("west"));
    assertEquals(List.of(), realm.pending("root", ADA));
    assertRefused(NOT_FOUND, "AGENT_NOT_FOUND", () -> realm.dismiss("support:nobody", "west"));
  }

  // ---- portals --------------------------------------------------------------------------------

  @Test
  void portals_are_listed_with_whether_and_until_when_access_is_available() {
    realm.allowed("west");
    realm.granted(
        SupportRealm.grant("east", SUPPORT_ROLE_VIEWER).setAgentId(SAM).setUntilRevoked(true));
    realm.ask(SUE, "deep");
    var request =
        ListPortalsRequest.newBuilder().setOrganizationId("deep").setActor(ADA).setPageSize(3);
    var first = node.support.listPortals(request.build());
    var second = node.support.listPortals(request.setPageToken(first.getNextPageToken()).build());
    assertEquals("", second.getNextPageToken());
    List<String> lines =
        Stream.concat(first.getPortalsList().stream(), second.getPortalsList().stream())
            .map(SupportAccessTest::line)
            .toList();
    assertEquals(
        List.of(
            "deep under west: none, 1 pending",
            "east under root: 1 until 0, 0 pending",
            "root under : none, 0 pending",
            "west under root: 1 until "
                + Instants.micros(START.plus(Duration.ofDays(1)))
                + ", 0 pending"),
        lines);
  }

  private static String line(Portal portal) {
    return "%s under %s: %s, %d pending"
        .formatted(
            portal.getOrganizationId(),
            portal.getParentId(),
            portal.getAccessAvailable()
                ? portal.getActiveGrants() + " until " + portal.getAvailableUntilMicros()
                : "none",
            portal.getPendingRequests());
  }

  @Test
  void a_repeated_request_is_answered_alike_and_done_once() {
    AllowSupportAccessRequest request =
        SupportRealm.allow("west", "east").setIdempotencyKey("once").build();
    var answer = node.support.allowSupportAccess(request);
    assertEquals(answer, node.support.allowSupportAccess(request));
    assertEquals(1, realm.history("west").size());
    assertRefused(
        INVALID_ARGUMENT,
        "IDEMPOTENCY_KEY_REUSED",
        () -> node.support.allowSupportAccess(request.toBuilder().setReason("another").build()));
    var asked =
        RequestSupportAccessRequest.newBuilder()
            .setAgentId(SAM)
            .addOrganizationIds("other")
            .addOrganizationIds("root")
            .setIdempotencyKey("once")
            .build();
    assertEquals(
        node.support.requestSupportAccess(asked), node.support.requestSupportAccess(asked));
  }
}
