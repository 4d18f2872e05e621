package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.AwaitEverywhereResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Writes that wait until they are known everywhere. */
class EverywhereTest {
  private final TestService service = TestService.start();
  private final TestWatches watches = service.watches;
  private final Sightline client = service.client();
  private final Organization acme = client.organization("acme");

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  private void says(dev.sightline.v1.Spread spread) {
    watches.spread(
        AwaitEverywhereResponse.newBuilder()
            .setSpread(spread)
            .setWaitedMicros(1_500)
            .setNodes(3)
            .setConfirmedNodes(2)
            .setOverInMicros(spread == dev.sightline.v1.Spread.SPREAD_NOT_YET ? 700_000 : 0));
  }

  @Test
  void a_write_says_how_far_it_is_known_if_it_is_asked_to_wait_and_not_else() throws Exception {
    says(dev.sightline.v1.Spread.SPREAD_CONFIRMED);
    var cal = acme.as("cal");
    assertEquals(Optional.empty(), cal.renameDashboard("revenue", "A").spread());
    assertTrue(watches.awaited.isEmpty());
    var written = cal.everywhere().renameDashboard("revenue", "B");
    var spread = new Spread.Confirmed(Duration.ofNanos(1_500_000), 3);
    assertEquals(Optional.of(spread), written.spread());
    assertTrue(spread.isEverywhere());
    var asked = watches.awaited.take();
    assertEquals("acme", asked.getOrganizationId());
    assertEquals(written.position().token(), asked.getPosition());
  }

  @Test
  void writes_that_make_something_and_those_of_the_directory_say_it_too() {
    says(dev.sightline.v1.Spread.SPREAD_LAPSED);
    var cal = acme.as("cal").everywhere();
    var lapsed = new Spread.Lapsed(Duration.ofNanos(1_500_000), 3, 2);
    assertEquals(
        Optional.of(lapsed), cal.createDashboard(NewDashboard.named("Costs")).written().spread());
    assertEquals(
        Optional.of(lapsed), cal.directory().createTeam(NewTeam.named("Sales")).written().spread());
    assertTrue(lapsed.isEverywhere());
  }

  @Test
  void what_changes_nothing_waits_for_nothing() {
    var _ = acme.as("cal").everywhere().previewAccess("revenue", AccessChange.empty());
    assertTrue(watches.awaited.isEmpty());
  }

  @Test
  void a_deadline_that_comes_first_is_said() {
    says(dev.sightline.v1.Spread.SPREAD_NOT_YET);
    var spread = acme.as("cal").everywhere().publish("revenue").spread().orElseThrow();
    var notYet = new Spread.NotYet(Duration.ofNanos(1_500_000), 3, 2, Duration.ofMillis(700));
    assertEquals(notYet, spread);
    assertFalse(spread.isEverywhere());
  }

  @Test
  void a_failure_of_the_waiting_is_none_of_the_write() {
    says(dev.sightline.v1.Spread.SPREAD_UNSPECIFIED);
    var written = acme.as("cal").everywhere().publish("revenue");
    assertTrue(written.changed());
    var unknown = assertInstanceOf(Spread.Unknown.class, written.spread().orElseThrow());
    assertEquals(Code.INTERNAL, unknown.failure().code());
    assertFalse(unknown.isEverywhere());
  }

  @Test
  void a_failure_of_the_write_is_one_and_nothing_is_waited_for() {
    service.script.failNext(io.grpc.Status.PERMISSION_DENIED.asRuntimeException());
    var cal = acme.async().as("cal").everywhere();
    var failure =
        Assertions.assertThrows(CompletionException.class, () -> cal.publish("revenue").join());
    var refused = assertInstanceOf(SightlineException.class, failure.getCause());
    assertEquals(Code.PERMISSION_DENIED, refused.code());
    assertTrue(refused.idempotencyKey().isPresent());
    assertTrue(watches.awaited.isEmpty());
  }

  @Test
  void anybody_may_wait_for_a_position() {
    says(dev.sightline.v1.Spread.SPREAD_CONFIRMED);
    var position = acme.as("cal").publish("revenue").position();
    assertTrue(acme.awaitEverywhere(position).isEverywhere());
    assertTrue(acme.async().awaitEverywhere(position).join().isEverywhere());
  }
}
