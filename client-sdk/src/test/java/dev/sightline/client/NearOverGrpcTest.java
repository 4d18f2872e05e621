package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.StreamChecksRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The near-cache of a client, over a real connection. */
class NearOverGrpcTest {
  private final TestService service = TestService.start();
  private final TestWatches watches = service.watches;
  private final Sightline client = service.setup().nearCache(NearCacheOptions.standard()).open();
  private final Organization acme = client.organization("acme");

  @BeforeEach
  void create() {
    watches.create("acme");
    watches.change("acme");
    service.revision.set(1);
  }

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  private static void await(BooleanSupplier what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!what.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "It does not come to pass.");
      Thread.onSpinWait();
    }
  }

  private boolean isHeld(String user, String dashboard) {
    return acme.canView(user, dashboard).evidence().held();
  }

  private long asked() {
    return service.script.requests(CanViewRequest.class).size();
  }

  @Test
  void a_question_is_asked_until_its_answer_is_held() {
    await(() -> isHeld("ann", "2"));
    long asked = asked();
    assertTrue(acme.canView("ann", "2").allowed());
    assertTrue(acme.async().canView("ann", "2").isDone());
    assertEquals(asked, asked());
    assertTrue(client.nearCache().hits() >= 3);
  }

  @Test
  void a_change_is_asked_for_again() {
    await(() -> isHeld("ann", "2"));
    await(() -> isHeld("ann", "3"));
    service.revision.set(2);
    watches.change("acme"); // Of ann on 2.
    await(() -> client.nearCache().invalidations() == 1);
    assertFalse(isHeld("ann", "2"));
    assertEquals(
        TestService.token(2),
        service.script.requests(CanViewRequest.class).getLast().getConsistency().getAtLeast());
    await(() -> isHeld("ann", "3"));
  }

  @Test
  void a_confirmation_is_given() throws Exception {
    await(() -> isHeld("ann", "2"));
    watches.confirm(17);
    assertEquals(17, watches.confirmed.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void batches_fill_and_always_ask() {
    await(() -> isHeld("ann", "3"));
    var questions = List.of(Question.canView("ann", "2"), Question.canView("eve", "2"));
    var another = client.organization("acme");
    await(() -> another.checkAll(questions).size() == 2 && client.nearCache().fills() >= 3);
    assertTrue(isHeld("eve", "2"));
    assertFalse(acme.canView("eve", "2").allowed());
    var answers = acme.checkAll(questions);
    assertTrue(answers.stream().noneMatch(it -> ((Decision) it).evidence().held()));
  }

  @Test
  void checks_over_a_stream_are_held_with_their_level() {
    try (var streaming =
        service.setup().streamChecks().nearCache(NearCacheOptions.standard()).open()) {
      var acme = streaming.organization("acme");
      await(() -> acme.canView("ann", "2").evidence().held());
      assertTrue(acme.canView("ann", "2").evidence().level().isPresent());
      int asked = service.script.requests(StreamChecksRequest.class).size();
      var _ = acme.canView("ann", "2");
      assertEquals(asked, service.script.requests(StreamChecksRequest.class).size());
    }
  }

  @Test
  void lists_are_held_page_by_page() {
    var options = ListOptions.of(Purpose.SIDEBAR).withPageSize(10);
    await(() -> {
      int before = lists();
      assertEquals(25, acme.visibleDashboards("ann", options).toList().size());
      return lists() == before;
    });
    service.revision.set(2);
    watches.change("acme");
    await(() -> client.nearCache().invalidations() >= 3);
    int before = lists();
    assertEquals(25, acme.visibleDashboards("ann", options).toList().size());
    assertTrue(lists() > before);
  }

  private int lists() {
    return service.script.requests(ListVisibleDashboardsRequest.class).size();
  }

  @Test
  void when_the_service_is_gone_it_lapses_and_asks() {
    await(() -> isHeld("ann", "2"));
    service.close();
    await(() -> client.nearCache().lapses() == 1);
    var hurried = acme.within(Duration.ofMillis(50));
    assertThrows(SightlineException.class, () -> hurried.canView("ann", "2"));
  }

  @Test
  void who_may_not_watch_asks_as_ever() throws Exception {
    watches.refuse(io.grpc.Status.PERMISSION_DENIED.asRuntimeException());
    assertFalse(isHeld("ann", "2"));
    assertEquals(
        List.of("acme"), List.of(watches.starts.take().getOrganizations(0).getOrganizationId()));
    for (int i = 0; i < 20; i++) {
      assertFalse(isHeld("ann", "2"));
    }
    assertTrue(watches.starts.isEmpty());
  }

  @Test
  void a_closed_client_gives_nothing() {
    await(() -> isHeld("ann", "2"));
    client.close();
    var failure = assertThrows(SightlineException.class, () -> acme.canView("ann", "2"));
    assertEquals(Code.CANCELLED, failure.code());
  }
}
