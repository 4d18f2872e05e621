package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists over a stream. */
class ListStreamTest {
  private static final ListOptions SIDEBAR = ListOptions.of(Purpose.SIDEBAR);

  private final TestService service = TestService.start();
  private final Sightline client = service.client();
  private final Organization acme = client.organization("acme");

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  @Test
  void a_stream_is_whole_and_in_order_and_its_position_is_carried_along() {
    service.revision.set(7);
    try (var visible = acme.streamVisibleDashboards("ann", SIDEBAR)) {
      var ids = visible.map(VisibleDashboard::id).toList();
      assertEquals(25, ids.size());
      assertEquals("d24", ids.getLast());
    }
    acme.canView("ann", "revenue");
    var sent = service.script.requests(CanViewRequest.class).getLast().getConsistency();
    assertEquals(TestService.token(7), sent.getAtLeast());
  }

  @Test
  void nothing_is_asked_before_it_is_read() {
    acme.streamVisibleDashboards("ann", SIDEBAR).close();
    assertEquals(0, service.script.calls().size());
  }

  @Test
  void what_is_not_read_is_not_sent_and_closing_ends_it() throws Exception {
    try (var visible = acme.streamVisibleDashboards("all", SIDEBAR)) {
      var reading = visible.iterator();
      for (int i = 0; i < 10_000; i++) {
        reading.next();
      }
      assertTrue(service.parts.get() < 5_000, service.parts + " parts were sent");
    }
    assertEquals("StreamVisibleDashboards", service.script.cancelled.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void what_was_unavailable_is_tried_again_and_what_was_refused_is_not() {
    service.script.failNext(TestService.unavailable());
    assertEquals(25, acme.streamVisibleDashboards("ann", SIDEBAR).count());
    service.script.failNext(TestCheckStreams.forbidden());
    var refused = acme.streamVisibleDashboards("ann", SIDEBAR);
    var failure = assertThrows(SightlineException.class, refused::count);
    assertTrue(failure.is(Reason.CALLER_NOT_ALLOWED));
    assertEquals(3, service.script.requests(StreamVisibleDashboardsRequest.class).size());
  }

  @Test
  void a_part_that_does_not_come_is_late() {
    service.script.keepSilent();
    var visible = acme.within(Duration.ofMillis(200)).streamVisibleDashboards("ann", SIDEBAR);
    var failure = assertThrows(SightlineException.class, visible::count);
    assertEquals(Code.DEADLINE_EXCEEDED, failure.code());
  }

  @Test
  void an_asynchronous_reading_begins_anew_each_time_and_a_consumer_that_throws_ends_it()
      throws Exception {
    var listing = acme.async().streamVisibleDashboards("ann", SIDEBAR);
    var pages = new ArrayList<Integer>();
    listing.forEachPage(page -> pages.add(page.items().size())).join();
    assertEquals(java.util.List.of(10, 10, 5, 0), pages);
    assertEquals(25, listing.toList().join().size());
    var all = acme.async().streamVisibleDashboards("all", SIDEBAR);
    var reading =
        all.forEachPage(_ -> {
          throw new IllegalStateException("Enough.");
        });
    assertThrows(CompletionException.class, reading::join);
    assertEquals("StreamVisibleDashboards", service.script.cancelled.poll(30, TimeUnit.SECONDS));
  }
}
