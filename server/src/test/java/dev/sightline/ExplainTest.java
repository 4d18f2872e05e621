package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.Because;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import dev.sightline.v1.Level;
import dev.sightline.v1.LevelSince;
import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.SupportAccessServiceGrpc;
import dev.sightline.v1.SupportAgent;
import dev.sightline.v1.Supposition;
import dev.sightline.v1.UpdateAccessRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why, what would change it and since when, asked of the service. */
class ExplainTest {
  private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");

  private final StoryClock clock = new StoryClock(START);
  private final TestService service = TestService.at(clock);
  private final Node node = service.node();

  @BeforeEach
  void create() {
    Orgs.create(node, "org", "ada");
    Orgs.add(node, "org", "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(node, "org", "ada", "d", Level.LEVEL_NONE);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void a_level_is_told_with_its_alternatives_and_without_a_history_unless_asked() {
    ExplainResponse answer =
        node.access.explain(
            ExplainRequest.newBuilder()
                .setOrganizationId("org")
                .setUserId("bo")
                .setDashboardId("d")
                .build());
    assertEquals(2, answer.getAlternativesCount());
    assertTrue(answer.getWhatWouldChangeIt().startsWith("An entry of VIEWER or EDITOR for them"));
    assertFalse(answer.hasHistory());
  }

  @Test
  void a_level_is_told_since_the_revision_that_gave_it() {
    assertSince("bo", LevelSince.LEVEL_SINCE_EVER, 0, null);
    assertSince("ada", LevelSince.LEVEL_SINCE_STEP, 3, START);
    pass(Duration.ofMinutes(1));
    give(Level.LEVEL_EDITOR);
    pass(Duration.ofMinutes(1));
    Orgs.dashboard(node, "org", "ada", "other", Level.LEVEL_NONE);
    assertSince("bo", LevelSince.LEVEL_SINCE_STEP, 4, START.plusSeconds(60));
    assertEquals(
        "They have had EDITOR since 2027-03-01T09:01:00Z (revision 4).",
        explained("bo").getHistory().getSentence());
  }

  @Test
  void a_level_that_an_end_brought_is_told_since_that_very_instant() {
    giveFor(Duration.ofSeconds(90), Level.LEVEL_EDITOR);
    pass(Duration.ofMinutes(1));
    assertSince("bo", LevelSince.LEVEL_SINCE_STEP, 4, START);
    assertEquals(
        Supposition.SUPPOSITION_TIME_PASSES, explained("bo").getAlternatives(0).getSupposing());
    assertEquals(Level.LEVEL_NONE, explained("bo").getAlternatives(0).getLevel());
    pass(Duration.ofMinutes(1));
    assertSince("bo", LevelSince.LEVEL_SINCE_STEP, 4, START.plusSeconds(90));
    assertTrue(explained("bo").getHistory().getByTime());
    pass(Duration.ofMinutes(1));
    Orgs.dashboard(node, "org", "ada", "other", Level.LEVEL_NONE);
    assertSince("bo", LevelSince.LEVEL_SINCE_STEP, 4, START.plusSeconds(90));
    assertTrue(explained("bo").getHistory().getByTime());
  }

  @Test
  void another_reason_for_the_same_level_does_not_begin_it_anew() {
    give(Level.LEVEL_VIEWER);
    pass(Duration.ofMinutes(1));
    var _ =
        node.dashboards.updateAccess(
            UpdateAccessRequest.newBuilder()
                .setOrganizationId("org")
                .setActor(Orgs.actor("ada"))
                .setDashboardId("d")
                .setCompanyDefault(Level.LEVEL_VIEWER)
                .addRemove(EntryToRemove.newBuilder().setUserId("bo"))
                .build());
    assertEquals(Because.BECAUSE_COMPANY_DEFAULT, explained("bo").getBecause());
    assertSince("bo", LevelSince.LEVEL_SINCE_STEP, 4, START);
  }

  @Test
  void what_is_unknown_has_never_been_otherwise() {
    assertSince("nobody", LevelSince.LEVEL_SINCE_EVER, 0, null);
    ExplainResponse elsewhere = node.access.explain(request("nowhere", "bo"));
    assertEquals(LevelSince.LEVEL_SINCE_EVER, elsewhere.getHistory().getSince());
    assertEquals(0, elsewhere.getAlternativesCount());
    assertFalse(elsewhere.getWhatWouldChangeIt().isEmpty());
  }

  @Test
  void an_agent_whom_no_grant_reaches_is_told_which_would_do() {
    var _ =
        SupportAccessServiceGrpc.newBlockingStub(node.channel)
            .registerAgent(
                RegisterAgentRequest.newBuilder()
                    .setAgent(
                        SupportAgent.newBuilder()
                            .setId("support:sue")
                            .setName("Sue")
                            .setEmail("sue@vendor.example")
                            .setGroup("Support"))
                    .build());
    ExplainResponse answer = explained("support:sue");
    assertEquals(Because.BECAUSE_SUPPORT_GRANT, answer.getBecause());
    assertEquals(0, answer.getRule());
    assertEquals(
        Supposition.SUPPOSITION_GRANT_AS_ADMINISTRATOR, answer.getAlternatives(0).getSupposing());
    assertSince("support:sue", LevelSince.LEVEL_SINCE_EVER, 0, null);
    assertEquals(Because.BECAUSE_UNKNOWN, explained("support:nobody").getBecause());
  }

  private void pass(Duration time) {
    clock.set(clock.now().plus(time));
  }

  private void give(Level level) {
    var _ = node.dashboards.updateAccess(Orgs.give("org", "ada", "d", "bo", level));
  }

  private void giveFor(Duration time, Level level) {
    var _ =
        node.dashboards.updateAccess(
            UpdateAccessRequest.newBuilder()
                .setOrganizationId("org")
                .setActor(Orgs.actor("ada"))
                .setDashboardId("d")
                .addSet(
                    EntryToSet.newBuilder()
                        .setUserId("bo")
                        .setLevel(level)
                        .setExpiresInMicros(time.toNanos() / 1_000))
                .build());
  }

  private void assertSince(String user, LevelSince since, long revision, @Nullable Instant at) {
    var history = explained(user).getHistory();
    assertEquals(since, history.getSince(), history::getSentence);
    assertEquals(revision, history.getRevision(), history::getSentence);
    assertEquals(
        at == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, at), history.getSinceMicros());
  }

  private ExplainResponse explained(String user) {
    return node.access.explain(request("org", user));
  }

  private static ExplainRequest request(String organization, String user) {
    return ExplainRequest.newBuilder()
        .setOrganizationId(organization)
        .setUserId(user)
        .setDashboardId("d")
        .setConsistency(Orgs.FULLY_CONSISTENT)
        .setIncludeHistory(true)
        .build();
  }
}
