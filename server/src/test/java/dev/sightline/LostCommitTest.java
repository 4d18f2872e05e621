package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.Gate.Then;
import dev.sightline.Gate.Way;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateDashboardResponse;
import dev.sightline.v1.Written;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A COMMIT is lost on the way, or its answer is: nobody may be told what is not known. */
class LostCommitTest {
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
  private static final String ORGANIZATION = "org";

  private GatedService service;
  private long before;

  @BeforeEach
  void start() {
    service = GatedService.start("&prepareThreshold=0");
    Orgs.create(service.node, ORGANIZATION, "ada");
    before = service.revision(ORGANIZATION);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static CreateDashboardRequest request(String key) {
    return CreateDashboardRequest.newBuilder()
        .setOrganizationId(ORGANIZATION)
        .setActor(Orgs.actor("ada"))
        .setName("A dashboard")
        .setIdempotencyKey(key)
        .build();
  }

  private CreateDashboardResponse create(String key) {
    return service.node.dashboards.withDeadlineAfter(ANSWERED_WITHIN).createDashboard(request(key));
  }

  @Test
  void a_commit_whose_answer_was_lost_is_told_as_done_under_its_key() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.CUT);
    CreateDashboardResponse answer = create("key");
    assertEquals(0, lost.getCount());
    assertDoneOnce(answer);
  }

  @Test
  void a_commit_that_was_lost_itself_is_done_anew_under_its_key() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_DATABASE, "COMMIT", Then.CUT);
    CreateDashboardResponse answer = create("key");
    assertEquals(0, lost.getCount());
    assertDoneOnce(answer);
  }

  @Test
  void a_commit_whose_answer_was_lost_with_the_database_is_unknown_until_its_key_is_asked_again() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.SHUT);
    assertUnknown(() -> create("key"));
    assertEquals(0, lost.getCount());
    assertEquals(before + 1, service.revision(ORGANIZATION), "it is done, but who knows");
    service.open();
    assertDoneOnce(createdOnceTheDatabaseIsBack("key"));
  }

  @Test
  void a_commit_that_was_lost_with_the_database_is_unknown_until_its_key_is_asked_again() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_DATABASE, "COMMIT", Then.SHUT);
    assertUnknown(() -> create("key"));
    assertEquals(0, lost.getCount());
    assertEquals(before, service.revision(ORGANIZATION), "it is not done, but who knows");
    service.open();
    assertDoneOnce(createdOnceTheDatabaseIsBack("key"));
  }

  @Test
  void a_lost_commit_stays_unknown_while_its_key_is_asked_again_and_the_database_is_away() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.SHUT);
    assertUnknown(() -> create("key"));
    assertEquals(0, lost.getCount());
    assertUnknown(() -> create("key"));
    service.open();
    assertDoneOnce(createdOnceTheDatabaseIsBack("key"));
  }

  /** It may have been asked of another node before. */
  @Test
  void of_a_key_that_finds_the_database_away_nothing_is_known() {
    service.gate.shut();
    assertUnknown(() -> create("asked elsewhere"));
  }

  @Test
  void a_write_without_a_key_that_finds_the_database_away_is_not_done() {
    service.gate.shut();
    assertOutcome("NOT_DONE", () -> create(""));
  }

  @Test
  void a_commit_whose_answer_was_lost_is_unknown_without_a_key() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.CUT);
    assertUnknown(() -> create(""));
    assertEquals(0, lost.getCount());
    assertEquals(before + 1, service.revision(ORGANIZATION), "once, and not again");
  }

  @Test
  void a_commit_that_was_lost_itself_is_unknown_without_a_key() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_DATABASE, "COMMIT", Then.CUT);
    assertUnknown(() -> create(""));
    assertEquals(0, lost.getCount());
    assertEquals(before, service.revision(ORGANIZATION));
  }

  private static void assertUnknown(Executable call) {
    assertOutcome("UNKNOWN", call);
  }

  private static void assertOutcome(String outcome, Executable call) {
    StatusRuntimeException refused = assertRefused(UNAVAILABLE, "STORE_UNAVAILABLE", call);
    assertEquals(outcome, Refusals.fact(refused, "outcome"), refused::toString);
  }

  private CreateDashboardResponse createdOnceTheDatabaseIsBack(String key) {
    long deadline = System.nanoTime() + ANSWERED_WITHIN.toNanos();
    while (true) {
      try {
        return create(key);
      } catch (StatusRuntimeException notYet) {
        assertEquals(UNAVAILABLE, notYet.getStatus().getCode(), notYet::toString);
        assertTrue(System.nanoTime() - deadline < 0, "the service did not come back");
      }
    }
  }

  /** It is the one revision since the beginning, and everybody is told the same of it. */
  private void assertDoneOnce(CreateDashboardResponse answer) {
    Written written = answer.getWritten();
    assertTrue(written.getChanged());
    assertEquals(before + 1, written.getRevision());
    assertEquals(answer, create("key"), "asked again");
    assertEquals(before + 1, service.revision(ORGANIZATION));
    assertTrue(
        Orgs.view(
                service.node,
                ORGANIZATION,
                "ada",
                answer.getDashboard().getId(),
                Orgs.atLeast(written.getPosition()))
            .getAllowed());
  }
}
