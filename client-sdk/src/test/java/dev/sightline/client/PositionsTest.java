package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.Consistency;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PositionsTest {
  private final TestService service = TestService.start();
  private final Sightline client = service.client();
  private final Organization acme = client.organization("acme");

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  private Consistency sent() {
    return service.script.requests(CanViewRequest.class).getLast().getConsistency();
  }

  private static Position at(long revision) {
    return Position.of(TestService.token(revision));
  }

  @Test
  void the_first_call_demands_nothing() {
    acme.canView("ann", "revenue");
    assertEquals(Consistency.getDefaultInstance(), sent());
  }

  @Test
  void a_client_reads_its_own_writes() {
    var written = acme.as("cal").renameDashboard("revenue", "Revenue 2027");
    client.organization("acme").canView("ann", "revenue");
    assertEquals(written.position().token(), sent().getAtLeast());
  }

  @Test
  void answers_never_go_back_even_if_an_older_one_comes_later() {
    service.revision.set(300);
    acme.canView("ann", "revenue");
    service.revision.set(200);
    acme.with(Freshness.minimizeLatency()).canView("ann", "revenue");
    acme.canView("ann", "revenue");
    assertEquals(TestService.token(300), sent().getAtLeast());
  }

  @Test
  void organizations_have_nothing_to_do_with_each_other() {
    acme.as("cal").renameDashboard("revenue", "Revenue 2027");
    client.organization("other").canView("ann", "revenue");
    assertEquals(Consistency.getDefaultInstance(), sent());
  }

  @Test
  void minimize_latency_opts_out() {
    acme.as("cal").renameDashboard("revenue", "Revenue 2027");
    acme.with(Freshness.minimizeLatency()).canView("ann", "revenue");
    assertEquals(Consistency.getDefaultInstance(), sent());
  }

  @Test
  void a_position_from_elsewhere_and_what_was_seen_both_hold() {
    service.revision.set(5);
    acme.canView("ann", "revenue");
    acme.with(Freshness.atLeast(at(9))).canView("ann", "revenue");
    assertEquals(both(9, 5), sent());
    acme.with(Freshness.atLeast(at(2))).canView("ann", "revenue");
    assertEquals(both(5, 2), sent(), "2 may be of a log that was lost");
    acme.with(Freshness.atLeast(at(5))).canView("ann", "revenue");
    assertEquals(Consistency.newBuilder().setAtLeast(TestService.token(5)).build(), sent());
  }

  private static Consistency both(long one, long other) {
    return Consistency.newBuilder()
        .setAtLeast(TestService.token(one))
        .setAlsoAtLeast(TestService.token(other))
        .build();
  }

  @Test
  void fully_consistent_is_said_as_such() {
    acme.with(Freshness.fullyConsistent()).canView("ann", "revenue");
    assertTrue(sent().getFullyConsistent());
  }

  @Test
  void a_log_that_was_set_back_is_told_once() {
    acme.as("cal").renameDashboard("revenue", "Revenue 2027");
    service.script.failNext(unknownPosition());
    var failure = assertThrows(SightlineException.class, () -> acme.canView("ann", "revenue"));
    assertTrue(failure.is(Reason.POSITION_UNKNOWN));
    acme.canView("ann", "revenue");
    assertTrue(sent().getFullyConsistent());
    acme.canView("ann", "revenue");
    assertEquals(service.position(), sent().getAtLeast());
  }

  @Test
  void waiting_for_a_wrong_position_does_not_make_the_client_forget() {
    acme.as("cal").renameDashboard("revenue", "Revenue 2027");
    service.script.failNext(unknownPosition());
    assertThrows(SightlineException.class, () -> acme.awaitEverywhere(at(1_000)));
    acme.canView("ann", "revenue");
    assertEquals(TestService.token(1), sent().getAtLeast());
  }

  /** Which of the two is unknown nobody says, so it may be what was seen. */
  @Test
  void after_a_wrong_position_of_the_callers_it_asks_for_what_is_current() {
    acme.as("cal").renameDashboard("revenue", "Revenue 2027");
    service.script.failNext(unknownPosition());
    var fromNowhere = acme.with(Freshness.atLeast(at(1_000)));
    assertThrows(SightlineException.class, () -> fromNowhere.canView("ann", "revenue"));
    acme.canView("ann", "revenue");
    assertTrue(sent().getFullyConsistent());
  }

  @Test
  void nor_does_a_wrong_position_make_a_client_forget_that_has_seen_nothing() {
    service.script.failNext(unknownPosition());
    var fromNowhere = acme.with(Freshness.atLeast(at(1_000)));
    assertThrows(SightlineException.class, () -> fromNowhere.canView("ann", "revenue"));
    acme.canView("ann", "revenue");
    assertEquals(Consistency.getDefaultInstance(), sent());
  }

  private static io.grpc.StatusRuntimeException unknownPosition() {
    return TestService.refusal(
        com.google.rpc.Code.FAILED_PRECONDITION, "POSITION_UNKNOWN", "No such.", Map.of());
  }

  @Test
  void a_position_survives_being_text() {
    assertEquals(at(77), Position.ofText(at(77).text()));
    assertEquals(Position.ORIGIN, Position.ofText(""));
  }

  @Test
  void who_was_forgotten_is_asked_about_fully_consistently_once() {
    var seen = new SeenPositions(2, new SystemTiming());
    seen.seen("a", at(1));
    seen.seen("b", at(1));
    assertEquals(Freshness.minimizeLatency(), seen.floor("c"));
    assertEquals(Freshness.atLeast(at(1)), seen.floor("a"));
    seen.seen("c", at(1));
    assertEquals(Optional.empty(), seen.highest("b"));
    assertEquals(Freshness.fullyConsistent(), seen.floor("b"));
    seen.seen("b", at(2));
    assertEquals(Freshness.atLeast(at(2)), seen.floor("b"));
  }
}
