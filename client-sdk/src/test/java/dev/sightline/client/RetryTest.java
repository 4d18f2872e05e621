package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CreateDashboardRequest;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final TestService service = TestService.start();
  private final Sightline client = service.client();
  private final Organization acme = client.organization("acme");

  @AfterEach
  void close() {
    service.close();
    client.close();
  }

  @Test
  void a_read_that_was_unavailable_is_repeated() {
    service.script.failNext(TestService.unavailable(), TestService.unavailable());
    assertTrue(acme.canView("ann", "revenue").allowed());
    assertEquals(3, service.script.requests(CanViewRequest.class).size());
  }

  @Test
  void a_write_is_repeated_with_the_same_key_and_happens_once() {
    service.script.failNext(TestService.unavailable());
    var first = acme.as("cal").createDashboard(NewDashboard.named("Revenue"));
    var sent = service.script.requests(CreateDashboardRequest.class);
    assertEquals(2, sent.size());
    assertEquals(sent.getFirst(), sent.getLast());
    assertFalse(sent.getFirst().getIdempotencyKey().isEmpty());
    assertEquals(1, first.written().revision());
  }

  @Test
  void every_write_has_a_key_of_its_own() {
    var first = acme.as("cal").createDashboard(NewDashboard.named("Revenue"));
    var second = acme.as("cal").createDashboard(NewDashboard.named("Revenue"));
    assertEquals(first.written().revision() + 1, second.written().revision());
  }

  @Test
  void a_write_may_be_repeated_by_hand_with_its_key() {
    service.script.failNext(Status.INTERNAL.asRuntimeException());
    var cal = acme.as("cal");
    var failure =
        assertThrows(
            SightlineException.class, () -> cal.createDashboard(NewDashboard.named("Revenue")));
    var key = failure.idempotencyKey().orElseThrow();
    cal.withIdempotencyKey(key).createDashboard(NewDashboard.named("Revenue"));
    var sent = service.script.requests(CreateDashboardRequest.class);
    assertEquals(sent.getFirst(), sent.getLast());
  }

  @Test
  void what_was_refused_is_not_repeated() {
    service.script.failNext(
        TestService.refusal(
            com.google.rpc.Code.RESOURCE_EXHAUSTED, "TOO_MANY_WAITING", "Too many.", Map.of()));
    var failure = assertThrows(SightlineException.class, () -> acme.canView("ann", "revenue"));
    assertEquals(Code.RESOURCE_EXHAUSTED, failure.code());
    assertEquals(1, service.script.requests(CanViewRequest.class).size());
  }

  @Test
  void a_deadline_that_ended_elsewhere_is_repeated_while_there_is_time_here() {
    service.script.failNext(Status.DEADLINE_EXCEEDED.asRuntimeException());
    assertTrue(acme.canView("ann", "revenue").allowed());
  }

  @Test
  void a_call_ends_with_its_deadline_and_is_not_repeated_then() {
    acme.canView("ann", "revenue");
    service.script.keepSilent();
    long begin = System.nanoTime();
    var failure =
        assertThrows(
            SightlineException.class,
            () -> acme.within(Duration.ofMillis(200)).canView("ann", "revenue"));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertEquals(Code.DEADLINE_EXCEEDED, failure.code());
    assertTrue(millis >= 200 && millis < 2_000, millis + " ms");
    assertEquals(2, service.script.requests(CanViewRequest.class).size());
  }

  @Test
  void nobody_there_is_unavailable_and_somebody_there_again_is_found() {
    int port = service.port();
    acme.canView("ann", "revenue");
    service.close();
    var failure =
        assertThrows(
            SightlineException.class,
            () -> acme.within(Duration.ofSeconds(3)).canView("ann", "revenue"));
    assertEquals(Code.UNAVAILABLE, failure.code());
    try (var _ = TestService.start(port, InsecureServerCredentials.create())) {
      assertTrue(acme.within(Duration.ofSeconds(10)).canView("ann", "revenue").allowed());
    }
  }

  @Test
  void the_budget_runs_out_and_fills_with_answers() {
    var budget = new RetryBudget();
    int spent = 0;
    while (budget.spend()) {
      spent++;
    }
    assertEquals(100, spent);
    for (int i = 0; i < 10; i++) {
      assertFalse(budget.spend());
      budget.answered();
    }
    assertTrue(budget.spend());
    assertFalse(budget.spend());
  }

  @Test
  void waits_double_up_to_half_a_second_with_jitter_of_half() {
    for (int failures = 1; failures < 100; failures++) {
      double longest = Math.min(500, 20 * Math.pow(2, failures - 1));
      double wait = Backoff.after(failures) / 1e6;
      assertTrue(wait <= longest && wait >= longest / 2, failures + ": " + wait);
    }
  }

  @Test
  void cancelling_a_future_ends_the_call_on_the_service() throws Exception {
    service.script.keepSilent();
    var future = acme.within(Duration.ofSeconds(30)).async().canView("ann", "revenue");
    service.script.arrived.take();
    future.cancel(true);
    assertEquals("CanView", service.script.cancelled.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void an_interrupted_caller_gives_up() {
    service.script.keepSilent();
    Thread.currentThread().interrupt();
    var failure = assertThrows(SightlineException.class, () -> acme.canView("ann", "revenue"));
    assertTrue(Thread.interrupted());
    assertEquals(Code.CANCELLED, failure.code());
  }
}
