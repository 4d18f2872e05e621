package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static dev.sightline.SupportRealm.ADA;
import static dev.sightline.SupportRealm.SAM;
import static dev.sightline.SupportRealm.SUE;
import static dev.sightline.v1.GrantStatus.GRANT_STATUS_ACTIVE;
import static dev.sightline.v1.GrantStatus.GRANT_STATUS_REVOKED;
import static dev.sightline.v1.SupportRole.SUPPORT_ROLE_EDITOR;
import static dev.sightline.v1.SupportRole.SUPPORT_ROLE_VIEWER;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.PERMISSION_DENIED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AgentActivity;
import dev.sightline.v1.AgentWithAccess;
import dev.sightline.v1.AwaitAgentEverywhereRequest;
import dev.sightline.v1.AwaitEverywhereResponse;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.DiagnoseSupportAccessRequest;
import dev.sightline.v1.GetAgentRequest;
import dev.sightline.v1.GetSupportActivityLogRequest;
import dev.sightline.v1.GrantedWorkspace;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListAgentsRequest;
import dev.sightline.v1.ListSupportRequestsRequest;
import dev.sightline.v1.MoveAgentRequest;
import dev.sightline.v1.RecordAgentActivityRequest;
import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.RemoveAgentRequest;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.Spread;
import dev.sightline.v1.SupportAgent;
import dev.sightline.v1.SupportFinding;
import dev.sightline.v1.SupportFindingKind;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.WhoHasSupportAccessRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of agents reaches every organization concerned, and what they do is kept. */
class SupportAgentsTest {
  private TestService service;
  private Node node;
  private Node other;
  private SupportRealm realm;

  @BeforeEach
  void start() {
    service = TestService.start();
    node = service.node();
    other = service.node();
    realm = SupportRealm.made(node);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void move(String agent, String group) {
    var _ =
        node.support.moveAgent(
            MoveAgentRequest.newBuilder().setAgentId(agent).setGroup(group).build());
  }

  private void remove(String agent) {
    var _ = node.support.removeAgent(RemoveAgentRequest.newBuilder().setAgentId(agent).build());
  }

  /** Both nodes, as soon as the call that let the agent in or out has been answered. */
  private void assertLetIn(boolean expected, String agent, String portal) {
    assertEquals(expected, realm.sees(agent, portal), portal);
    var elsewhere = Orgs.view(other, portal, agent, "d", Orgs.FULLY_CONSISTENT).getAllowed();
    assertEquals(expected, elsewhere, portal + " on the other node");
  }

  @Test
  void joining_a_group_lets_into_everything_that_the_group_was_granted_and_is_told_once_a_grant() {
    realm.allowed("root", "west", "deep");
    realm.granted(
        SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setGroup("Support").setUntilRevoked(true));
    realm.granted(SupportRealm.grant("east", SUPPORT_ROLE_VIEWER).setGroup("Engineering"));
    realm.register(SAM, "Support");
    for (String portal : List.of("root", "west", "deep")) {
      assertLetIn(true, SAM, portal);
    }
    assertLetIn(false, SAM, "east");
    assertEquals(
        List.of(
            "sam@vendor.test deep",
            "sam@vendor.test root",
            "sam@vendor.test west",
            "sam@vendor.test west"),
        realm.told().stream().sorted().toList());
    move(SAM, "Engineering");
    assertLetIn(true, SAM, "east");
    assertEquals(5, realm.told().size());
  }

  @Test
  void whoever_leaves_the_group_is_out_at_once_but_for_what_they_were_granted_themselves() {
    realm.register(SAM, "Support");
    realm.allowed("root", "west");
    realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setAgentId(SAM));
    move(SAM, "Engineering");
    assertLetIn(false, SAM, "root");
    assertLetIn(true, SAM, "west");
    assertEquals(List.of(GRANT_STATUS_ACTIVE), realm.statuses("root"), "for whoever is in it");
    move(SAM, "Support");
    assertLetIn(true, SAM, "root");
  }

  @Test
  void no_node_lets_an_agent_in_by_what_was_before_once_that_is_known_everywhere() {
    realm.register(SAM, "Support");
    realm.allowed("root", "west");
    realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setAgentId(SAM));
    assertLetIn(true, SAM, "root");
    assertLetIn(true, SAM, "west");
    // A node that has registered just now confirms nothing.
    assertEquals(Spread.SPREAD_LAPSED, awaitEverywhere(SAM).getSpread());
    for (int i = 0; i < 5; i++) {
      move(SAM, "Engineering");
      // Whoever is asked, also a node that has not heard of it yet.
      AwaitEverywhereResponse known = awaitEverywhere(i % 2 == 0 ? node : other, SAM);
      assertFalse(seesElsewhere(SAM, "root"), "no freshness is asked for");
      assertEquals(Spread.SPREAD_CONFIRMED, known.getSpread(), known::toString);
      assertEquals(2, known.getNodes());
      assertEquals(2, known.getConfirmedNodes());
      assertTrue(seesElsewhere(SAM, "west"));
      move(SAM, "Support");
      var _ = awaitEverywhere(SAM);
      assertTrue(seesElsewhere(SAM, "root"));
    }
    service.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'sightline-signals' AND datname = current_database()");
    move(SAM, "Engineering");
    var ask = AwaitAgentEverywhereRequest.newBuilder().setAgentId(SAM).setLongestWaitMicros(1);
    var _ = other.support.awaitAgentEverywhere(ask.build());
    assertFalse(seesElsewhere(SAM, "root"), "who was asked has not looked, and no hint has come");
    remove(SAM);
    assertEquals(Spread.SPREAD_CONFIRMED, awaitEverywhere(SAM).getSpread());
    assertFalse(seesElsewhere(SAM, "root"));
    assertFalse(seesElsewhere(SAM, "west"));
    assertRefused(NOT_FOUND, "AGENT_NOT_FOUND", () -> awaitEverywhere("support:nobody"));
  }

  private boolean seesElsewhere(String agent, String portal) {
    return Orgs.view(other, portal, agent, "d", Consistency.getDefaultInstance()).getAllowed();
  }

  private AwaitEverywhereResponse awaitEverywhere(String agent) {
    return awaitEverywhere(node, agent);
  }

  private static AwaitEverywhereResponse awaitEverywhere(Node asked, String agent) {
    return asked
        .support
        .awaitAgentEverywhere(AwaitAgentEverywhereRequest.newBuilder().setAgentId(agent).build())
        .getKnown();
  }

  @Test
  void a_grant_that_has_ended_says_nothing_to_whoever_joins_later() {
    var grant = realm.allowed("west").getFirst();
    var _ = node.support.revokeSupportAccess(SupportRealm.revoke("west", grant.getId()));
    realm.register(SAM, "Support");
    assertLetIn(false, SAM, "west");
    assertEquals(List.of(), realm.told());
  }

  @Test
  void a_removed_agent_is_out_everywhere_and_grants_to_that_very_agent_are_revoked() {
    realm.register(SAM, "Support");
    realm.register(SUE, "Support");
    realm.allowed("west");
    realm.granted(
        SupportRealm.grant("west", SUPPORT_ROLE_EDITOR).setAgentId(SAM).setUntilRevoked(true));
    realm.granted(SupportRealm.grant("east", SUPPORT_ROLE_EDITOR).setAgentId(SAM));
    remove(SAM);
    assertLetIn(false, SAM, "west");
    assertLetIn(false, SAM, "east");
    assertLetIn(true, SUE, "west");
    assertEquals(List.of(GRANT_STATUS_ACTIVE, GRANT_STATUS_REVOKED), realm.statuses("west"));
    assertEquals(List.of(GRANT_STATUS_REVOKED), realm.statuses("east"));
    assertEquals(
        "", realm.history("east").getFirst().getRevokedBy().getUserId(), "it was the vendor");
    assertRefused(PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> realm.ask(SAM, "west"));
    assertRefused(
        NOT_FOUND,
        "AGENT_NOT_FOUND",
        () -> realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_EDITOR).setAgentId(SAM)));
  }

  /** A request ends by a grant, by being dismissed, or after its time, and by nothing else. */
  @Test
  void what_a_removed_agent_asked_for_is_shown_as_such_until_it_is_dismissed() {
    realm.register(SAM, "Support");
    realm.ask(SAM, "west", "east");
    remove(SAM);
    assertEquals(List.of(SAM + " east", SAM + " west"), realm.pending("root", SupportRealm.ADA));
    assertTrue(
        node
            .support
            .listSupportRequests(
                ListSupportRequestsRequest.newBuilder().setOrganizationId("root").build())
            .getRequestsList()
            .stream()
            .allMatch(one -> one.getAgent().getRemoved()));
    realm.dismiss(SAM, "west", "east");
    assertEquals(List.of(), realm.pending("root", SupportRealm.ADA));
  }

  @Test
  void an_id_once_used_is_not_used_again_and_unknown_agents_are_not_found() {
    realm.register(SAM, "Support");
    assertRefused(ALREADY_EXISTS, "ID_TAKEN", () -> realm.register(SAM, "Support"));
    remove(SAM);
    assertRefused(ALREADY_EXISTS, "ID_TAKEN", () -> realm.register(SAM, "Support"));
    assertRefused(NOT_FOUND, "AGENT_NOT_FOUND", () -> remove(SAM));
    assertRefused(NOT_FOUND, "AGENT_NOT_FOUND", () -> move(SAM, "Support"));
    assertRefused(NOT_FOUND, "AGENT_NOT_FOUND", () -> move(SUE, "Support"));
    assertRefused(
        NOT_FOUND,
        "AGENT_NOT_FOUND",
        () -> node.support.getAgent(GetAgentRequest.newBuilder().setAgentId(SUE).build()));
    assertTrue(
        node.support
            .getAgent(GetAgentRequest.newBuilder().setAgentId(SAM).build())
            .getAgent()
            .getRemoved());
  }

  @Test
  void a_repeated_request_about_an_agent_is_answered_alike_and_done_once() {
    RegisterAgentRequest request =
        SupportRealm.registration(SAM, "Support").setIdempotencyKey("key").build();
    var answer = node.support.registerAgent(request);
    assertEquals(answer, other.support.registerAgent(request));
    assertRefused(
        INVALID_ARGUMENT,
        "IDEMPOTENCY_KEY_REUSED",
        () ->
            node.support.removeAgent(
                RemoveAgentRequest.newBuilder().setAgentId(SAM).setIdempotencyKey("key").build()));
    var removal =
        RemoveAgentRequest.newBuilder().setAgentId(SAM).setIdempotencyKey("other").build();
    assertEquals(node.support.removeAgent(removal), other.support.removeAgent(removal));
    assertFalse(
        moved("third", "Support").isEmpty(), "a removed agent is not moved, whatever the key");
  }

  private String moved(String key, String group) {
    try {
      var _ =
          node.support.moveAgent(
              MoveAgentRequest.newBuilder()
                  .setAgentId(SAM)
                  .setGroup(group)
                  .setIdempotencyKey(key)
                  .build());
      return "";
    } catch (io.grpc.StatusRuntimeException refused) {
      return Refusals.reason(refused);
    }
  }

  @Test
  void agents_are_listed_by_id_in_pages_by_group_and_with_removed_ones_if_asked_for() {
    for (String id : List.of("a", "b", "c", "d")) {
      realm.register("support:" + id, id.equals("c") ? "Engineering" : "Support");
    }
    remove("support:b");
    assertEquals(
        List.of("support:a", "support:c", "support:d"), listed(ListAgentsRequest.newBuilder()));
    assertEquals(
        List.of("support:a", "support:b", "support:d"),
        listed(ListAgentsRequest.newBuilder().setGroup("Support").setIncludeRemoved(true)));
  }

  private List<String> listed(ListAgentsRequest.Builder request) {
    List<String> ids = new ArrayList<>();
    do {
      var page = node.support.listAgents(request.setPageSize(2).build());
      page.getAgentsList().stream().map(SupportAgent::getId).forEach(ids::add);
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return ids;
  }

  // ---- what they do ---------------------------------------------------------------------------

  private static final Actor AGENT = Orgs.actor(SAM);

  private void rename(String name) {
    var _ =
        node.dashboards.renameDashboard(
            RenameDashboardRequest.newBuilder()
                .setOrganizationId("west")
                .setActor(AGENT)
                .setDashboardId("d")
                .setName(name)
                .build());
  }

  @Test
  void what_agents_do_stays_in_the_portals_log_their_changes_by_themselves() {
    realm.register(SAM, "Support");
    realm.ask(SAM, "west");
    realm.allowed("west");
    rename("One");
    var _ =
        node.support.recordAgentActivity(
            RecordAgentActivityRequest.newBuilder()
                .setOrganizationId("west")
                .setAgentId(SAM)
                .setWhat("Looked at the import's log")
                .setDashboardId("d")
                .build());
    rename("Two");
    List<AgentActivity> log = log();
    assertEquals(
        List.of(
            "Renamed dashboard d from \"One\" to \"Two\".",
            "Looked at the import's log",
            "Renamed dashboard d from \"Dashboard d\" to \"One\".",
            "Asked to be let in."),
        log.stream().map(AgentActivity::getWhat).toList());
    assertEquals(
        List.of(false, true, false, false), log.stream().map(AgentActivity::getRecorded).toList());
    assertTrue(log.stream().allMatch(one -> one.getAgentName().equals("Name of " + SAM)));
    assertRefused(
        NOT_FOUND,
        "DASHBOARD_NOT_FOUND",
        () ->
            node.support.recordAgentActivity(
                RecordAgentActivityRequest.newBuilder()
                    .setOrganizationId("west")
                    .setAgentId(SAM)
                    .setWhat("x")
                    .setDashboardId("nope")
                    .build()));
    assertRefused(
        PERMISSION_DENIED,
        "ACTOR_NOT_ALLOWED",
        () ->
            node.support.getSupportActivityLog(
                GetSupportActivityLogRequest.newBuilder()
                    .setOrganizationId("west")
                    .setActor(Orgs.actor("wes"))
                    .build()));
  }

  private List<AgentActivity> log() {
    List<AgentActivity> log = new ArrayList<>();
    var request =
        GetSupportActivityLogRequest.newBuilder()
            .setOrganizationId("west")
            .setActor(ADA)
            .setPageSize(3);
    do {
      var page = node.support.getSupportActivityLog(request.build());
      log.addAll(page.getActivitiesList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return log;
  }

  @Test
  void who_has_access_says_name_address_and_last_active_also_what_another_node_has_seen() {
    realm.register(SAM, "Support");
    realm.register(SUE, "Support");
    realm.allowed("west");
    var _ = Orgs.view(other, "west", SAM, "d", Orgs.FULLY_CONSISTENT);
    var _ = Orgs.view(other, "west", "wes", "d", Orgs.FULLY_CONSISTENT);
    // Writes what it has noted.
    other.close();
    List<AgentWithAccess> who = who(ADA);
    assertEquals(List.of(SAM, SUE), who.stream().map(one -> one.getAgent().getId()).toList());
    assertEquals("sam@vendor.test", who.getFirst().getAgent().getEmail());
    assertEquals("Name of " + SAM, who.getFirst().getAgent().getName());
    assertTrue(who.getFirst().getLastActiveMicros() > 0);
    assertEquals(0, who.getLast().getLastActiveMicros());
    assertEquals(1, who.getLast().getGrantIdsCount());
    var _ = Orgs.view(node, "west", SUE, "d", Orgs.FULLY_CONSISTENT);
    assertTrue(who(ADA).getLast().getLastActiveMicros() > 0, "what this node has not written");
    assertRefused(PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> who(Orgs.actor("wes")));
  }

  private List<AgentWithAccess> who(Actor actor) {
    return node.support
        .whoHasSupportAccess(
            WhoHasSupportAccessRequest.newBuilder()
                .setOrganizationId("west")
                .setActor(actor)
                .build())
        .getAgentsList();
  }

  // ---- diagnosis ------------------------------------------------------------------------------

  private List<SupportFindingKind> found(String agent, String dashboard) {
    var answer =
        node.support.diagnoseSupportAccess(
            DiagnoseSupportAccessRequest.newBuilder()
                .setOrganizationId("west")
                .setActor(ADA)
                .setAgentId(agent)
                .setDashboardId(dashboard)
                .build());
    assertEquals(
        answer.getFindingsList().stream()
            .anyMatch(one -> one.getKind() == SupportFindingKind.SUPPORT_FINDING_KIND_LETS_IN),
        dashboard.isEmpty() ? answer.getLetIn() : answer.getLevel() != Level.LEVEL_NONE,
        answer::toString);
    assertTrue(
        answer.getFindingsList().stream()
            .map(SupportFinding::getSentence)
            .allMatch(sentence -> sentence.endsWith(".")),
        answer::toString);
    return answer.getFindingsList().stream().map(SupportFinding::getKind).toList();
  }

  @Test
  void a_diagnosis_says_why_an_agent_cannot_get_in() {
    assertEquals(List.of(SupportFindingKind.SUPPORT_FINDING_KIND_NOT_REGISTERED), found(SAM, ""));
    realm.register(SAM, "Support");
    assertEquals(List.of(SupportFindingKind.SUPPORT_FINDING_KIND_NO_GRANT), found(SAM, ""));
    realm.ask(SAM, "west");
    assertEquals(
        List.of(
            SupportFindingKind.SUPPORT_FINDING_KIND_NO_GRANT,
            SupportFindingKind.SUPPORT_FINDING_KIND_REQUEST_PENDING),
        found(SAM, "d"));
    realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setGroup("Engineering"));
    assertEquals(
        List.of(
            SupportFindingKind.SUPPORT_FINDING_KIND_OTHER_GROUP,
            SupportFindingKind.SUPPORT_FINDING_KIND_NO_GRANT,
            SupportFindingKind.SUPPORT_FINDING_KIND_REQUEST_PENDING),
        found(SAM, ""));
    var grant = realm.allowed("west").getFirst();
    assertEquals(List.of(SupportFindingKind.SUPPORT_FINDING_KIND_LETS_IN), found(SAM, "d"));
    assertEquals(List.of(SupportFindingKind.SUPPORT_FINDING_KIND_NO_DASHBOARD), found(SAM, "nope"));
    var _ = node.support.revokeSupportAccess(SupportRealm.revoke("west", grant.getId()));
    assertEquals(
        List.of(
            SupportFindingKind.SUPPORT_FINDING_KIND_GRANT_REVOKED,
            SupportFindingKind.SUPPORT_FINDING_KIND_OTHER_GROUP),
        found(SAM, ""));
    remove(SAM);
    assertEquals(List.of(SupportFindingKind.SUPPORT_FINDING_KIND_REMOVED), found(SAM, ""));
  }

  @Test
  void a_diagnosis_says_what_of_a_dashboard_a_role_does_not_see() {
    realm.register(SAM, "Support");
    var _ =
        node.directory.createWorkspace(
            dev.sightline.v1.CreateWorkspaceRequest.newBuilder()
                .setOrganizationId("west")
                .setActor(Orgs.actor("wes"))
                .setWorkspaceId("it")
                .setName("IT")
                .build());
    realm.granted(
        SupportRealm.grant("west", SUPPORT_ROLE_VIEWER)
            .setAgentId(SAM)
            .addWorkspaces(GrantedWorkspace.newBuilder().setWorkspaceId("it")));
    assertEquals(List.of(SupportFindingKind.SUPPORT_FINDING_KIND_OUT_OF_REACH), found(SAM, "d"));
    var _ = node.support.revokePortalAccess(SupportRealm.revokeAll("west").build());
    realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setAgentId(SAM));
    assertEquals(List.of(SupportFindingKind.SUPPORT_FINDING_KIND_LETS_IN), found(SAM, "d"));
    var _ =
        node.dashboards.updateAccess(
            UpdateAccessRequest.newBuilder()
                .setOrganizationId("west")
                .setActor(Orgs.actor("wes"))
                .setDashboardId("d")
                .setCompanyDefault(Level.LEVEL_NONE)
                .build());
    assertEquals(List.of(SupportFindingKind.SUPPORT_FINDING_KIND_PRIVATE), found(SAM, "d"));
    var _ = node.dashboards.setDraft(Orgs.draft("west", "wes", "d", true));
    assertEquals(List.of(SupportFindingKind.SUPPORT_FINDING_KIND_DRAFT), found(SAM, "d"));
  }
}
