package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.Digest;
import dev.sightline.v1.DigestDashboard;
import dev.sightline.v1.DigestServiceGrpc;
import dev.sightline.v1.DigestServiceGrpc.DigestServiceBlockingStub;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListSubscriptionsRequest;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.ResolveDigestsRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.SubscribeRequest;
import dev.sightline.v1.Subscription;
import dev.sightline.v1.UnsubscribeRequest;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.Written;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A digest holds what its reader subscribed to, may view on the day, and is no draft. */
class DigestTest {
  private static TestService service;
  private static Node node;
  private static DigestServiceBlockingStub digests;
  private static int organizations;

  private String organization = "";

  @BeforeAll
  static void start() {
    service = TestService.start();
    node = service.node();
    digests = DigestServiceGrpc.newBlockingStub(node.channel);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void organization() {
    organization = "org-" + ++organizations;
    Orgs.create(node, organization, "ada");
    Orgs.add(node, organization, "ada", "bo", Role.ROLE_ANALYST);
    Orgs.add(node, organization, "ada", "cal", Role.ROLE_ANALYST);
    Orgs.dashboard(node, organization, "cal", "sales", Level.LEVEL_VIEWER);
    Orgs.dashboard(node, organization, "cal", "costs", Level.LEVEL_VIEWER);
    Orgs.dashboard(node, organization, "cal", "closed", Level.LEVEL_NONE);
  }

  @Test
  void a_digest_holds_what_was_subscribed_to_with_names_by_id() {
    subscribe("bo", "sales");
    subscribe("bo", "costs");
    Digest digest = resolve("bo").getFirst();
    assertEquals("bo", digest.getUserId());
    assertEquals(
        List.of("costs Dashboard costs", "sales Dashboard sales"),
        digest.getDashboardsList().stream()
            .map(dashboard -> dashboard.getDashboardId() + " " + dashboard.getName())
            .toList());
    unsubscribe("bo", "costs");
    assertEquals(List.of("sales"), digest("bo"));
  }

  @Test
  void subscribing_and_unsubscribing_again_change_nothing() {
    assertTrue(subscribe("bo", "sales").getChanged());
    assertFalse(subscribe("bo", "sales").getChanged());
    assertTrue(unsubscribe("bo", "sales").getChanged());
    assertFalse(unsubscribe("bo", "sales").getChanged());
  }

  @Test
  void what_cannot_be_viewed_cannot_be_subscribed_to_and_looks_like_nothing() {
    var closed =
        assertRefused(Code.NOT_FOUND, "DASHBOARD_NOT_FOUND", () -> subscribe("bo", "closed"));
    var none = assertRefused(Code.NOT_FOUND, "DASHBOARD_NOT_FOUND", () -> subscribe("bo", "none"));
    assertEquals(
        String.valueOf(none.getStatus().getDescription()).replace("none", "closed"),
        closed.getStatus().getDescription());
    draft("sales", true);
    assertRefused(Code.NOT_FOUND, "DASHBOARD_NOT_FOUND", () -> subscribe("bo", "sales"));
    assertRefused(Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> subscribe("nobody", "sales"));
    assertRefused(
        Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> subscribe("support:kim", "sales"));
    assertRefused(
        Code.NOT_FOUND, "ORGANIZATION_NOT_FOUND", () -> subscribe("no-org", "bo", "sales"));
  }

  @Test
  void unsubscribing_always_succeeds_for_an_active_member() {
    subscribe("bo", "sales");
    give("sales", "bo", Level.LEVEL_NONE);
    assertTrue(unsubscribe("bo", "sales").getChanged(), "from what can be seen no more");
    assertFalse(unsubscribe("bo", "closed").getChanged());
    assertFalse(unsubscribe("bo", "never-there").getChanged());
    subscribe("cal", "closed");
    delete("closed");
    assertFalse(unsubscribe("cal", "closed").getChanged(), "from what is gone");
    assertRefused(
        Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> unsubscribe("nobody", "sales"));
    disable("bo");
    assertRefused(Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> unsubscribe("bo", "sales"));
  }

  @Test
  void losing_access_leaves_it_out_and_regaining_access_brings_it_back() {
    subscribe("bo", "sales");
    subscribe("bo", "costs");
    give("sales", "bo", Level.LEVEL_NONE);
    assertEquals(List.of("costs"), digest("bo"));
    var _ =
        node.dashboards.updateAccess(
            UpdateAccessRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("cal"))
                .setDashboardId("sales")
                .addRemove(EntryToRemove.newBuilder().setUserId("bo"))
                .build());
    assertEquals(List.of("costs", "sales"), digest("bo"));
  }

  @Test
  void drafts_are_left_out_for_owners_and_admins_too() {
    for (String reader : List.of("ada", "bo", "cal")) {
      subscribe(reader, "sales");
    }
    draft("sales", true);
    for (String reader : List.of("ada", "bo", "cal")) {
      assertEquals(List.of(), digest(reader), reader);
    }
    subscribe("cal", "costs");
    draft("costs", true);
    assertEquals(List.of(), all(), "nobody is named");
    draft("sales", false);
    assertEquals(Map.of("ada", "[sales]", "bo", "[sales]", "cal", "[sales]"), byReader(all()));
  }

  @Test
  void who_is_not_active_has_an_empty_digest_until_enabled() {
    subscribe("bo", "sales");
    disable("bo");
    assertEquals(List.of(), digest("bo"));
    assertEquals(List.of(), all());
    var _ =
        node.directory.enableUser(
            EnableUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId("bo")
                .build());
    assertEquals(List.of("sales"), digest("bo"));
  }

  @Test
  void subscriptions_of_the_deleted_go() {
    subscribe("bo", "sales");
    subscribe("bo", "costs");
    subscribe("bo", Orgs.dashboard(node, organization, "cal", "gone", Level.LEVEL_VIEWER), "gone");
    delete("gone");
    assertEquals(List.of("costs", "sales"), digest("bo"), "a deleted dashboard is left out");
    var deleted =
        node.directory.deleteUser(
            DeleteUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId("bo")
                .build());
    assertTrue(deleted.getWritten().getChanged());
    assertEquals(List.of(), digest("bo"));
    assertEquals(List.of(), all());
  }

  @Test
  void the_named_each_get_a_digest_and_others_only_one_that_holds_something() {
    subscribe("bo", "sales");
    subscribe("cal", "closed");
    subscribe("ada", "costs");
    draft("costs", true);
    assertEquals(
        List.of("ada []", "bo [sales]", "no-one []", "support:kim []"),
        lines(resolve("support:kim", "no-one", "bo", "ada")));
    assertEquals(List.of("bo [sales]", "cal [closed]"), lines(all()));
  }

  @Test
  void a_reader_is_named_once_and_by_an_id() {
    assertRefused(Code.INVALID_ARGUMENT, "NAMED_TWICE", () -> resolve("bo", "ada", "bo"));
    assertRefused(Code.INVALID_ARGUMENT, "MALFORMED_ID", () -> resolve("bo", "no id"));
    String[] many = IntStream.range(0, 10_001).mapToObj(i -> "u" + i).toArray(String[]::new);
    assertRefused(Code.INVALID_ARGUMENT, "OUT_OF_RANGE", () -> resolve(many));
    String[] most = IntStream.range(0, 10_000).mapToObj(i -> "u" + i).toArray(String[]::new);
    assertEquals(10_000, resolve(most).size());
  }

  @Test
  void an_unknown_organization_has_no_digests() {
    var request = ResolveDigestsRequest.newBuilder().setOrganizationId("no-such-organization");
    assertFalse(digests.resolveDigests(request.build()).hasNext());
    var named = digests.resolveDigests(request.addUserIds("bo").build());
    assertEquals(List.of("bo []"), lines(named.next().getDigestsList()));
  }

  @Test
  void a_digest_is_at_least_as_new_as_is_asked_for_and_says_where_it_was_decided() {
    subscribe("bo", "sales");
    Written last = subscribe("bo", "costs");
    var message =
        digests
            .resolveDigests(request(Orgs.atLeast(last.getPosition())).addUserIds("bo").build())
            .next();
    assertEquals(List.of("bo [costs, sales]"), lines(message.getDigestsList()));
    assertEquals(last.getPosition(), message.getPosition());
  }

  @Test
  void a_digest_has_the_name_of_now() {
    subscribe("bo", "sales");
    assertEquals("Dashboard sales", resolve("bo").getFirst().getDashboards(0).getName());
    var _ =
        node.dashboards.renameDashboard(
            RenameDashboardRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("cal"))
                .setDashboardId("sales")
                .setName("Revenue")
                .build());
    assertEquals("Revenue", resolve("bo").getFirst().getDashboards(0).getName());
  }

  @Test
  void a_list_of_subscriptions_has_drafts_that_can_be_viewed_and_nothing_that_cannot() {
    subscribe("bo", "sales");
    subscribe("cal", "sales");
    subscribe("cal", "closed");
    draft("sales", true);
    assertEquals(List.of(), subscriptions("bo"));
    assertEquals(List.of("closed in the digest", "sales"), subscriptions("cal"));
    assertEquals(List.of(), subscriptions("no-one"));
  }

  @Test
  void a_digest_holds_a_thousand_dashboards_at_most() {
    String large = "large-" + organization;
    DigestOrganizations.create(node, large, 1, 1_001, 1_000);
    var refused =
        assertRefused(Code.FAILED_PRECONDITION, "TOO_LARGE", () -> subscribe(large, "p0", "d1000"));
    assertEquals("1000", Refusals.fact(refused, "most"));
    assertFalse(subscribe(large, "p0", "d7").getChanged(), "what is in it already stays");
  }

  @Test
  void nobody_is_brought_in_with_more_than_a_digest_holds() {
    String large = "larger-" + organization;
    assertRefused(
        Code.INVALID_ARGUMENT,
        "MALFORMED_IMPORT",
        () -> DigestOrganizations.create(node, large, 1, 1_001, 1_001));
  }

  private Written subscribe(String user, String dashboard) {
    return subscribe(organization, user, dashboard);
  }

  private void subscribe(String user, Written made, String dashboard) {
    assertTrue(made.getChanged());
    subscribe(user, dashboard);
  }

  private static Written subscribe(String organization, String user, String dashboard) {
    return digests
        .subscribe(
            SubscribeRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(user))
                .setDashboardId(dashboard)
                .build())
        .getWritten();
  }

  private Written unsubscribe(String user, String dashboard) {
    return digests
        .unsubscribe(
            UnsubscribeRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(user))
                .setDashboardId(dashboard)
                .build())
        .getWritten();
  }

  private List<String> digest(String user) {
    List<Digest> resolved = resolve(user);
    assertEquals(1, resolved.size());
    return dashboards(resolved.getFirst());
  }

  private List<Digest> resolve(String... users) {
    return collected(request(Orgs.FULLY_CONSISTENT).addAllUserIds(List.of(users)).build());
  }

  private List<Digest> all() {
    return collected(request(Orgs.FULLY_CONSISTENT).build());
  }

  private ResolveDigestsRequest.Builder request(Consistency consistency) {
    return ResolveDigestsRequest.newBuilder()
        .setOrganizationId(organization)
        .setConsistency(consistency);
  }

  private static List<Digest> collected(ResolveDigestsRequest request) {
    List<Digest> collected = new ArrayList<>();
    digests
        .resolveDigests(request)
        .forEachRemaining(message -> collected.addAll(message.getDigestsList()));
    return collected;
  }

  private List<String> subscriptions(String user) {
    return digests
        .listSubscriptions(
            ListSubscriptionsRequest.newBuilder()
                .setOrganizationId(organization)
                .setUserId(user)
                .setConsistency(Orgs.FULLY_CONSISTENT)
                .build())
        .getSubscriptionsList()
        .stream()
        .map(DigestTest::line)
        .toList();
  }

  private static String line(Subscription subscription) {
    return subscription.getDashboardId() + (subscription.getInDigest() ? " in the digest" : "");
  }

  private static List<String> lines(List<Digest> digests) {
    return digests.stream().map(digest -> digest.getUserId() + " " + dashboards(digest)).toList();
  }

  private static Map<String, String> byReader(List<Digest> digests) {
    Map<String, String> byReader = new LinkedHashMap<>();
    digests.forEach(digest -> byReader.put(digest.getUserId(), dashboards(digest).toString()));
    assertEquals(digests.size(), byReader.size(), "nobody twice");
    return byReader;
  }

  private static List<String> dashboards(Digest digest) {
    return digest.getDashboardsList().stream().map(DigestDashboard::getDashboardId).toList();
  }

  private void give(String dashboard, String user, Level level) {
    var _ = node.dashboards.updateAccess(Orgs.give(organization, "cal", dashboard, user, level));
  }

  private void draft(String dashboard, boolean draft) {
    var _ = node.dashboards.setDraft(Orgs.draft(organization, "cal", dashboard, draft));
  }

  private void delete(String dashboard) {
    var _ =
        node.dashboards.deleteDashboard(
            DeleteDashboardRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("cal"))
                .setDashboardId(dashboard)
                .build());
  }

  private void disable(String user) {
    var _ =
        node.directory.disableUser(
            DisableUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .build());
  }
}
