package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.ABORTED;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateDashboardResponse;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.GetAccessRequest;
import dev.sightline.v1.GetAccessResponse;
import dev.sightline.v1.Level;
import dev.sightline.v1.LevelEffect;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.SetDraftRequest;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateAccessResponse;
import dev.sightline.v1.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Writes that are sent twice, change nothing, only ask, or come together with many others. */
class RepeatedWritesTest {
  private static TestService service;
  private static Node one;
  private static Node other;

  @BeforeAll
  static void start() {
    service = TestService.start();
    one = service.node();
    other = service.node();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static void organization(String id) {
    Orgs.create(one, id, "ada");
    Orgs.add(one, id, "ada", "bo", Role.ROLE_ANALYST);
    Orgs.add(one, id, "ada", "cy", Role.ROLE_ANALYST);
    Orgs.dashboard(one, id, "ada", "d", Level.LEVEL_NONE);
  }

  private static CreateDashboardRequest create(String organization, String key) {
    return CreateDashboardRequest.newBuilder()
        .setOrganizationId(organization)
        .setActor(Orgs.actor("ada"))
        .setName("A dashboard")
        .setIdempotencyKey(key)
        .build();
  }

  @Test
  void the_same_request_under_the_same_key_is_done_once_and_answered_alike() {
    organization("once");
    CreateDashboardResponse first = one.dashboards.createDashboard(create("once", "key"));
    assertEquals(first, one.dashboards.createDashboard(create("once", "key")));
    assertEquals(first, other.dashboards.createDashboard(create("once", "key")));
    CreateDashboardResponse another = one.dashboards.createDashboard(create("once", "key 2"));
    assertNotEquals(first.getDashboard().getId(), another.getDashboard().getId());
    assertEquals(first.getWritten().getRevision() + 1, another.getWritten().getRevision());
  }

  @Test
  void the_same_request_sent_many_times_at_once_to_two_nodes_is_done_once() throws Exception {
    organization("at-once");
    Set<CreateDashboardResponse> answers =
        new HashSet<>(
            together(
                24,
                i ->
                    (i % 2 == 0 ? one : other).dashboards.createDashboard(create("at-once", "k"))));
    assertEquals(1, answers.size());
    var intact = assertInstanceOf(ChainCheck.Intact.class, service.chain("at-once"));
    assertEquals(answers.iterator().next().getWritten().getRevision(), intact.revision());
  }

  @Test
  void an_organization_made_many_times_at_once_under_one_key_is_made_once() throws Exception {
    CreateOrganizationRequest request =
        CreateOrganizationRequest.newBuilder()
            .setName("Twice")
            .setAdmin(Orgs.newUser("ada", Role.ROLE_ADMIN))
            .setIdempotencyKey("make it once")
            .build();
    var answers =
        new HashSet<>(
            together(8, i -> (i % 2 == 0 ? one : other).directory.createOrganization(request)));
    assertEquals(1, answers.size());
  }

  @Test
  void another_request_under_a_used_key_is_refused() {
    organization("reused");
    CreateDashboardRequest request = create("reused", "key");
    var _ = one.dashboards.createDashboard(request);
    assertRefused(
        INVALID_ARGUMENT,
        "IDEMPOTENCY_KEY_REUSED",
        () -> one.dashboards.createDashboard(request.toBuilder().setName("Another").build()));
    assertRefused(
        INVALID_ARGUMENT,
        "IDEMPOTENCY_KEY_REUSED",
        () ->
            other.dashboards.renameDashboard(
                RenameDashboardRequest.newBuilder()
                    .setOrganizationId("reused")
                    .setActor(Orgs.actor("ada"))
                    .setDashboardId("d")
                    .setName("Renamed")
                    .setIdempotencyKey("key")
                    .build()));
  }

  @Test
  void a_key_is_the_organizations_own() {
    organization("own-key-1");
    organization("own-key-2");
    assertTrue(one.dashboards.createDashboard(create("own-key-1", "k")).getWritten().getChanged());
    assertTrue(one.dashboards.createDashboard(create("own-key-2", "k")).getWritten().getChanged());
  }

  @Test
  void a_change_that_changes_nothing_makes_no_revision() {
    organization("nothing");
    Written before =
        one.dashboards
            .updateAccess(Orgs.give("nothing", "ada", "d", "bo", Level.LEVEL_EDITOR))
            .getWritten();
    List<UpdateAccessRequest> empty =
        List.of(
            Orgs.give("nothing", "ada", "d", "bo", Level.LEVEL_EDITOR),
            access("nothing").build(),
            access("nothing").setCompanyDefault(Level.LEVEL_NONE).build(),
            access("nothing").addRemove(EntryToRemove.newBuilder().setUserId("cy")).build());
    for (UpdateAccessRequest request : empty) {
      Written written = one.dashboards.updateAccess(request).getWritten();
      assertFalse(written.getChanged());
      assertEquals(before.getRevision(), written.getRevision());
      assertEquals(before.getPosition(), written.getPosition());
    }
    assertFalse(
        one.dashboards
            .setDraft(
                SetDraftRequest.newBuilder()
                    .setOrganizationId("nothing")
                    .setActor(Orgs.actor("ada"))
                    .setDashboardId("d")
                    .build())
            .getWritten()
            .getChanged());
    var intact = assertInstanceOf(ChainCheck.Intact.class, service.chain("nothing"));
    assertEquals(before.getRevision(), intact.revision());
  }

  private static UpdateAccessRequest.Builder access(String organization) {
    return UpdateAccessRequest.newBuilder()
        .setOrganizationId(organization)
        .setActor(Orgs.actor("ada"))
        .setDashboardId("d");
  }

  @Test
  void a_dry_run_tells_the_effects_and_changes_nothing() {
    organization("dry");
    UpdateAccessRequest request =
        access("dry")
            .setCompanyDefault(Level.LEVEL_VIEWER)
            .addSet(EntryToSet.newBuilder().setUserId("bo").setLevel(Level.LEVEL_EDITOR))
            .build();
    GetAccessResponse before = panel("dry");
    UpdateAccessResponse dry =
        one.dashboards.updateAccess(request.toBuilder().setDryRun(true).build());
    Set<LevelEffect> effects =
        Set.of(
            effect("bo", Level.LEVEL_NONE, Level.LEVEL_EDITOR),
            effect("cy", Level.LEVEL_NONE, Level.LEVEL_VIEWER));
    assertEquals(effects, Set.copyOf(dry.getEffectsList()));
    assertEquals(2, dry.getEffectCount());
    assertFalse(dry.getWritten().getChanged());
    assertEquals("", dry.getEtag());
    assertEquals(before, panel("dry"), "nothing is changed");
    UpdateAccessResponse real = one.dashboards.updateAccess(request);
    assertEquals(real.getEntriesList(), dry.getEntriesList());
    assertEquals(real.getCompanyDefault(), dry.getCompanyDefault());
    assertEquals(dry.getWritten().getRevision() + 1, real.getWritten().getRevision());
    assertEquals(0, real.getEffectCount());
  }

  private static LevelEffect effect(String user, Level before, Level after) {
    return LevelEffect.newBuilder().setUserId(user).setBefore(before).setAfter(after).build();
  }

  private static GetAccessResponse panel(String organization) {
    return one.dashboards.getAccess(
        GetAccessRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor("ada"))
            .setDashboardId("d")
            .build());
  }

  @Test
  void of_many_changes_with_the_same_etag_one_is_done() throws Exception {
    organization("etag");
    String etag = panel("etag").getEtag();
    List<String> outcomes =
        together(
            16,
            i -> {
              try {
                var request =
                    Orgs.give(
                            "etag",
                            "ada",
                            "d",
                            i % 3 == 0 ? "bo" : "cy",
                            i % 2 == 0 ? Level.LEVEL_VIEWER : Level.LEVEL_EDITOR)
                        .toBuilder()
                        .setEtag(etag)
                        .build();
                return (i % 2 == 0 ? one : other).dashboards.updateAccess(request).getEtag();
              } catch (io.grpc.StatusRuntimeException refused) {
                assertEquals(ABORTED, refused.getStatus().getCode());
                assertEquals("ETAG_MISMATCH", Refusals.reason(refused));
                return "";
              }
            });
    List<String> done = outcomes.stream().filter(outcome -> !outcome.isEmpty()).toList();
    assertEquals(1, done.size());
    assertNotEquals(etag, done.getFirst());
    assertEquals(panel("etag").getEtag(), done.getFirst());
  }

  @Test
  void changes_that_come_together_are_each_decided_after_those_before() throws Exception {
    organization("group");
    List<Written> written =
        together(
            200,
            i ->
                (i % 2 == 0 ? one : other)
                    .dashboards
                    .createDashboard(create("group", "key " + i))
                    .getWritten());
    Set<Long> revisions = new HashSet<>();
    written.forEach(one -> assertTrue(one.getChanged() && revisions.add(one.getRevision())));
    long last = revisions.stream().mapToLong(Long::longValue).max().orElseThrow();
    long first = revisions.stream().mapToLong(Long::longValue).min().orElseThrow();
    assertEquals(199, last - first, "dense, each its own");
    var intact = assertInstanceOf(ChainCheck.Intact.class, service.chain("group"));
    assertEquals(last, intact.revision());
  }

  /** Makes one of many calls. */
  private interface Call<T> {
    T make(int number) throws Exception;
  }

  private static <T> List<T> together(int count, Call<T> call) throws Exception {
    var begin = new CountDownLatch(1);
    List<Future<T>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(
            threads.submit(() -> {
              begin.await();
              return call.make(number);
            }));
      }
      begin.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> one : calls) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
