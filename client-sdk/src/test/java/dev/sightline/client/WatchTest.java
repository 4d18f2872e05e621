package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.StartWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a watch tells, and how it ends. */
class WatchTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final TestService service = TestService.start();
  private final TestWatches watches = service.watches;
  private final Sightline client = service.client();
  private final Organization acme = client.organization("acme");
  private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void create() {
    watches.create("acme");
  }

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  private WatchEvent next() throws InterruptedException {
    var event = events.poll(30, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("Nothing was told.");
    }
    return event;
  }

  private StartWatch start() throws InterruptedException {
    var start = watches.starts.poll(30, TimeUnit.SECONDS);
    if (start == null) {
      throw new AssertionError("No watch was started.");
    }
    return start;
  }

  private static SightlineException failureOf(Watch watch) {
    var failure =
        assertThrows(ExecutionException.class, () -> watch.done().get(30, TimeUnit.SECONDS));
    return assertInstanceOf(SightlineException.class, failure.getCause());
  }

  @Test
  void changes_are_told_from_now_on_and_with_all_there_is_to_say() throws Exception {
    watches.change("acme");
    try (var _ = acme.watch().start(events::add)) {
      assertInstanceOf(WatchEvent.Started.class, next());
      watches.change("acme");
      var changed = assertInstanceOf(WatchEvent.LevelsChanged.class, next());
      assertEquals("acme", changed.organization());
      assertEquals(2, changed.revision());
      assertEquals(Position.of(TestService.token(2)), changed.position());
      assertEquals(Instant.EPOCH, changed.at());
      assertFalse(changed.more());
      var change = new LevelChange("ann", "2", Level.EDITOR, Level.NONE);
      assertEquals(List.of(change), changed.changes());
      assertTrue(change.isRevocation());
    }
  }

  @Test
  void filters_are_said_as_such() throws Exception {
    var watch =
        acme.watch()
            .users(Set.of("ann"))
            .dashboards(List.of("revenue"))
            .revocationsOnly()
            .exact()
            .start(events::add);
    try (watch) {
      var start = start();
      assertEquals("acme", start.getOrganizations(0).getOrganizationId());
      assertEquals(List.of("ann"), start.getUserIdsList());
      assertEquals(List.of("revenue"), start.getDashboardIdsList());
      assertTrue(start.getRevocationsOnly() && start.getExact());
      assertFalse(start.getUnnamedFromCreation());
    }
  }

  @Test
  void what_would_watch_nothing_is_refused_at_once() {
    var watch = acme.watch();
    assertThrows(IllegalArgumentException.class, () -> watch.users(List.of()));
    assertThrows(IllegalArgumentException.class, () -> client.watch(List.of()));
    var foreign = Cursor.at("other", Position.ORIGIN);
    assertThrows(IllegalArgumentException.class, () -> watch.after(foreign));
  }

  @Test
  void a_wide_change_says_its_scope_and_an_unknown_scope_is_the_widest() throws Exception {
    try (var _ = acme.watch().start(events::add)) {
      assertInstanceOf(WatchEvent.Started.class, next());
      wide(of(dev.sightline.v1.WideChange.Scope.SCOPE_USER_VALUE).setUserId("ann").build());
      wide(of(dev.sightline.v1.WideChange.Scope.SCOPE_DASHBOARD_VALUE).setDashboardId("d").build());
      wide(of(77).setAtMost(9).build());
      assertEquals(new WatchEvent.WideChange.Scope.OfUser("ann"), wide().scope());
      assertEquals(new WatchEvent.WideChange.Scope.OnDashboard("d"), wide().scope());
      var widest = wide();
      assertEquals(new WatchEvent.WideChange.Scope.OfOrganization(), widest.scope());
      assertEquals(9, widest.atMost());
    }
  }

  private static dev.sightline.v1.WideChange.Builder of(int scope) {
    return dev.sightline.v1.WideChange.newBuilder().setScopeValue(scope);
  }

  private void wide(dev.sightline.v1.WideChange wide) {
    watches.add(
        "acme",
        dev.sightline.v1.WatchEvent.newBuilder()
            .setLevelsChanged(
                dev.sightline.v1.LevelsChanged.newBuilder()
                    .setOrganizationId("acme")
                    .setCursor(TestService.token(1))
                    .setWide(wide))
            .build());
  }

  private WatchEvent.WideChange wide() throws InterruptedException {
    return assertInstanceOf(WatchEvent.WideChange.class, next());
  }

  @Test
  void a_check_after_an_event_is_not_older_than_it() throws Exception {
    try (var _ = acme.watch().start(events::add)) {
      assertInstanceOf(WatchEvent.Started.class, next());
      watches.change("acme");
      next();
      acme.canView("ann", "revenue");
      var sent = service.script.requests(CanViewRequest.class).getLast().getConsistency();
      assertEquals(TestService.token(1), sent.getAtLeast());
    }
  }

  @Test
  void a_resync_is_told_with_what_to_ask_and_what_was_seen_before_is_forgotten() throws Exception {
    service.revision.set(900);
    acme.canView("ann", "revenue");
    try (var _ = acme.watch().start(events::add)) {
      assertInstanceOf(WatchEvent.Started.class, next());
      watches.resync("acme", dev.sightline.v1.Resync.Reason.REASON_LOG_CHANGED);
      var resync = assertInstanceOf(WatchEvent.Resync.class, next());
      assertEquals(WatchEvent.Resync.Cause.LOG_CHANGED, resync.cause());
      assertEquals(Position.of(TestService.token(1)), resync.position());
      service.revision.set(1);
      acme.canView("ann", "revenue");
      var sent = service.script.requests(CanViewRequest.class).getLast().getConsistency();
      assertTrue(sent.getFullyConsistent());
    }
  }

  @Test
  void one_because_the_cursor_was_too_old_forgets_nothing_that_was_seen() throws Exception {
    service.revision.set(900);
    acme.canView("ann", "revenue");
    try (var _ = acme.watch().start(events::add)) {
      assertInstanceOf(WatchEvent.Started.class, next());
      watches.resync("acme", dev.sightline.v1.Resync.Reason.REASON_CURSOR_TOO_OLD);
      assertInstanceOf(WatchEvent.Resync.class, next());
      acme.canView("ann", "revenue");
      var sent = service.script.requests(CanViewRequest.class).getLast().getConsistency();
      assertEquals(TestService.token(900), sent.getAtLeast());
    }
  }

  @Test
  void being_up_to_date_means_that_everything_before_was_handed_over() throws Exception {
    var mayGoOn = new CountDownLatch(1);
    try (var watch =
        acme.watch()
            .start(event -> {
              mayGoOn.await();
              events.add(event);
            })) {
      start();
      watches.change("acme");
      watches.change("acme");
      var upToDate = watch.upToDate();
      assertFalse(upToDate.isDone());
      mayGoOn.countDown();
      upToDate.get(30, TimeUnit.SECONDS);
      assertEquals(3, events.size());
      watches.change("acme");
      watch.awaitUpToDate(LONG);
      assertEquals(4, events.size());
    }
  }

  @Test
  void being_up_to_date_is_told_over_reconnects_and_has_a_limit() throws Exception {
    try (var watch = acme.watch().pingEvery(Duration.ofMillis(50)).start(events::add)) {
      watch.awaitUpToDate(LONG);
      watches.mute(true);
      var upToDate = watch.upToDate();
      var late =
          assertThrows(SightlineException.class, () -> watch.awaitUpToDate(Duration.ofMillis(50)));
      assertEquals(Code.DEADLINE_EXCEEDED, late.code());
      watches.end(TestService.unavailable());
      watches.mute(false);
      upToDate.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_handler_cannot_wait_for_itself() throws Exception {
    var self = new LinkedBlockingQueue<Watch>();
    try (var watch = acme.watch().start(_ -> self.take().awaitUpToDate(LONG))) {
      self.add(watch);
      var failure =
          assertThrows(ExecutionException.class, () -> watch.done().get(30, TimeUnit.SECONDS));
      assertInstanceOf(IllegalStateException.class, failure.getCause());
    }
  }

  @Test
  void staleness_is_counted_from_when_the_ping_was_sent() {
    long begin = System.nanoTime();
    try (var watch = acme.watch().start(events::add)) {
      watch.awaitUpToDate(LONG);
      var staleness = watch.staleness().orElseThrow();
      var sinceBegin = Duration.ofNanos(System.nanoTime() - begin).plusMillis(40);
      assertTrue(staleness.compareTo(Duration.ofMillis(40)) >= 0, staleness.toString());
      assertTrue(staleness.compareTo(sinceBegin) <= 0, staleness.toString());
    }
  }

  @Test
  void a_handler_that_throws_ends_the_watch_and_is_told_the_event_again_by_the_next()
      throws Exception {
    var watch =
        acme.watch()
            .start(event -> {
              if (event instanceof WatchEvent.LevelsChanged it && it.revision() == 2) {
                throw new IllegalStateException("The disk is full.");
              }
              events.add(event);
            });
    start();
    watches.change("acme");
    watches.change("acme");
    watches.change("acme");
    var failure =
        assertThrows(ExecutionException.class, () -> watch.done().get(30, TimeUnit.SECONDS));
    assertEquals("The disk is full.", failure.getCause().getMessage());
    assertEquals(2, events.size());
    events.clear();
    var cursors = Cursors.ofBytes(watch.cursors().bytes());
    assertEquals(watch.cursors(), cursors);
    try (var again = acme.watch().after(cursors).start(events::add)) {
      again.awaitUpToDate(LONG);
      assertInstanceOf(WatchEvent.Started.class, next());
      assertEquals(2, assertInstanceOf(WatchEvent.LevelsChanged.class, next()).revision());
      assertEquals(3, assertInstanceOf(WatchEvent.LevelsChanged.class, next()).revision());
      assertEquals(0, events.size());
    }
  }

  @Test
  void a_watch_that_has_ended_is_never_up_to_date() {
    watches.refuse(refusal(com.google.rpc.Code.PERMISSION_DENIED, "CALLER_NOT_ALLOWED"));
    var watch = acme.watch().start(events::add);
    failureOf(watch);
    var failure = assertThrows(SightlineException.class, () -> watch.awaitUpToDate(LONG));
    assertTrue(failure.is(Reason.CALLER_NOT_ALLOWED));
  }

  private static io.grpc.StatusRuntimeException refusal(com.google.rpc.Code code, String reason) {
    return TestService.refusal(code, reason, "No.", java.util.Map.of());
  }

  @Test
  void a_refusal_for_good_ends_the_watch() {
    for (var refusal :
        List.of(
            refusal(com.google.rpc.Code.PERMISSION_DENIED, "CALLER_NOT_ALLOWED"),
            refusal(com.google.rpc.Code.UNAUTHENTICATED, "NOT_AUTHENTICATED"),
            refusal(com.google.rpc.Code.INVALID_ARGUMENT, "INVALID_POSITION"),
            refusal(com.google.rpc.Code.NOT_FOUND, "ORGANIZATION_NOT_FOUND"))) {
      watches.refuse(refusal);
      var failure = failureOf(acme.watch().start(events::add));
      assertEquals(refusal.getStatus().getCode().name(), failure.code().name());
      assertTrue(failure.knownReason().isPresent());
    }
    assertEquals(4, watches.starts.size());
    assertEquals(0, events.size());
  }

  @Test
  void a_token_that_is_revoked_ends_the_watch_after_another_was_asked_for() {
    var revoked = refusal(com.google.rpc.Code.UNAUTHENTICATED, "NOT_AUTHENTICATED");
    var watch = acme.watch().start(events::add);
    watch.awaitUpToDate(LONG);
    watches.refuse(revoked);
    watches.end(revoked);
    assertTrue(failureOf(watch).is(Reason.NOT_AUTHENTICATED));
    assertEquals(2, watches.starts.size());
  }

  @Test
  void closing_lets_the_handler_finish_and_tells_nothing_more() throws Exception {
    var begun = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    var watch =
        acme.watch()
            .start(event -> {
              begun.countDown();
              mayGoOn.await();
              events.add(event);
            });
    begun.await();
    watches.change("acme");
    var closing = Thread.startVirtualThread(watch::close);
    mayGoOn.countDown();
    closing.join();
    assertEquals(1, events.size());
    assertNull(watch.done().get(30, TimeUnit.SECONDS));
    assertTrue(watch.cursors().cursor("acme").isPresent());
  }

  @Test
  void a_handler_may_close_its_watch_and_is_told_nothing_more() throws Exception {
    var self = new LinkedBlockingQueue<Watch>();
    var watch =
        acme.watch()
            .start(event -> {
              events.add(event);
              self.take().close();
            });
    self.add(watch);
    self.add(watch);
    watches.change("acme");
    assertNull(watch.done().get(30, TimeUnit.SECONDS));
    assertEquals(1, events.size());
  }

  @Test
  void closing_while_it_reconnects_takes_no_time() throws Exception {
    int port = service.port();
    service.close();
    try (var other = Sightline.connect("localhost:" + port).open()) {
      var watch = other.organization("acme").watch().start(events::add);
      long begin = System.nanoTime();
      watch.close();
      assertNull(watch.done().get(30, TimeUnit.SECONDS));
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(4));
    }
  }

  @Test
  void closing_the_client_ends_its_watches_and_starts_no_more() throws Exception {
    var watch = acme.watch().start(events::add);
    watch.awaitUpToDate(LONG);
    long begin = System.nanoTime();
    client.close();
    assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(4));
    assertNull(watch.done().get(30, TimeUnit.SECONDS));
    var closed = acme.watch();
    var failure = assertThrows(SightlineException.class, () -> closed.start(events::add));
    assertEquals(Code.CANCELLED, failure.code());
  }
}
