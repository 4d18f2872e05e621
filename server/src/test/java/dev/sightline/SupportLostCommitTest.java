package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static dev.sightline.SupportRealm.SAM;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.Gate.Then;
import dev.sightline.Gate.Way;
import dev.sightline.v1.AllowSupportAccessRequest;
import dev.sightline.v1.AllowSupportAccessResponse;
import dev.sightline.v1.RegisterAgentRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** One transaction of several portals happens on all of them or on none, whatever is lost. */
class SupportLostCommitTest {
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
  private static final List<String> PORTALS = List.of("root", "west", "deep");

  private GatedService service;
  private SupportRealm realm;
  private List<Long> before;

  @BeforeEach
  void start() {
    service = GatedService.start("&prepareThreshold=0");
    realm = SupportRealm.made(service.node);
    before = revisions();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private List<Long> revisions() {
    return PORTALS.stream().map(service::revision).toList();
  }

  private List<Long> once() {
    return before.stream().map(revision -> revision + 1).toList();
  }

  private AllowSupportAccessResponse allow(String key) {
    AllowSupportAccessRequest request =
        SupportRealm.allow("deep", "root", "west").setIdempotencyKey(key).build();
    return service.node.support.withDeadlineAfter(ANSWERED_WITHIN).allowSupportAccess(request);
  }

  @Test
  void a_commit_whose_answer_was_lost_is_told_as_done_everywhere_under_its_key() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.CUT);
    AllowSupportAccessResponse answer = allow("key");
    assertEquals(0, lost.getCount());
    assertEquals(once(), revisions());
    assertEquals(answer, allow("key"), "asked again");
    assertEquals(once(), revisions());
  }

  @Test
  void a_commit_that_was_lost_itself_is_done_anew_everywhere_under_its_key() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_DATABASE, "COMMIT", Then.CUT);
    assertEquals(3, allow("key").getPortalsCount());
    assertEquals(0, lost.getCount());
    assertEquals(once(), revisions());
  }

  @Test
  void without_a_key_a_lost_commit_is_unknown_and_yet_everywhere_or_nowhere() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_DATABASE, "COMMIT", Then.CUT);
    assertUnknown(() -> allow(""));
    assertEquals(0, lost.getCount());
    assertEquals(before, revisions());
    CountDownLatch answer = service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.CUT);
    assertUnknown(() -> allow(""));
    assertEquals(0, answer.getCount());
    assertEquals(once(), revisions());
  }

  @Test
  void with_the_database_gone_it_is_unknown_until_its_key_is_asked_again() {
    CountDownLatch lost = service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.SHUT);
    assertUnknown(() -> allow("key"));
    assertEquals(0, lost.getCount());
    assertEquals(once(), revisions(), "it is done, but who knows");
    service.open();
    var _ = onceTheDatabaseIsBack(() -> allow("key"));
    assertEquals(once(), revisions());
  }

  @Test
  void an_agent_whose_registration_was_committed_unseen_is_registered_once_under_its_key() {
    var _ = realm.allowed("west");
    RegisterAgentRequest request =
        SupportRealm.registration(SAM, "Support").setIdempotencyKey("key").build();
    CountDownLatch lost = service.gate.catchNext(Way.TO_SERVICE, "COMMIT", Then.SHUT);
    assertUnknown(() -> service.node.support.registerAgent(request));
    assertEquals(0, lost.getCount());
    service.open();
    var _ = onceTheDatabaseIsBack(() -> service.node.support.registerAgent(request));
    // Proofs have connections of their own, which may take longer to come back.
    assertTrue(
        onceTheDatabaseIsBack(() -> realm.sees(SAM, "west")),
        "answered when every organization concerned knows");
    assertEquals(List.of("sam@vendor.test west"), realm.told());
  }

  private static void assertUnknown(Executable call) {
    StatusRuntimeException refused = assertRefused(UNAVAILABLE, "STORE_UNAVAILABLE", call);
    assertEquals("UNKNOWN", Refusals.fact(refused, "outcome"), refused::toString);
  }

  private static <T> T onceTheDatabaseIsBack(Supplier<T> call) {
    long deadline = System.nanoTime() + ANSWERED_WITHIN.toNanos();
    while (true) {
      try {
        return call.get();
      } catch (StatusRuntimeException notYet) {
        assertEquals(UNAVAILABLE, notYet.getStatus().getCode(), notYet::toString);
        assertTrue(System.nanoTime() - deadline < 0, "the service did not come back");
      }
    }
  }
}
