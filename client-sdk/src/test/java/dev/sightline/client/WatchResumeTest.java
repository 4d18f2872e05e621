package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That nothing is lost and nothing told twice, whatever happens to the streams. */
class WatchResumeTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final List<String> ORGANIZATIONS = List.of("acme", "beta", "gamma");

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

  private List<Long> revisions() {
    return events.stream()
        .filter(WatchEvent.LevelsChanged.class::isInstance)
        .map(event -> ((WatchEvent.LevelsChanged) event).revision())
        .toList();
  }

  @Test
  void a_stream_that_is_cut_goes_on_where_it_was() {
    watches.cutNext(new TestWatches.Cut(2, TestService.unavailable()));
    try (var watch = acme.watch().start(events::add)) {
      watch.awaitUpToDate(LONG);
      for (int i = 0; i < 5; i++) {
        watches.change("acme");
      }
      watch.awaitUpToDate(LONG);
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L), revisions());
      assertEquals(6, events.size());
      assertEquals(2, watches.starts.size());
      var back = List.copyOf(watches.starts).getLast();
      assertEquals(TestService.token(2), back.getOrganizations(0).getCursor());
      assertTrue(back.getUnnamedFromCreation());
    }
  }

  @Test
  void a_step_in_parts_goes_on_with_the_part_that_was_next() {
    watches.cutNext(new TestWatches.Cut(2, TestService.unavailable()));
    try (var watch = acme.watch().start(events::add)) {
      watch.awaitUpToDate(LONG);
      watches.changeInPart("acme");
      watches.changeInPart("acme");
      watches.changeInPart("acme");
      watches.change("acme");
      watch.awaitUpToDate(LONG);
      assertEquals(List.of(1L, 2L, 3L, 4L), revisions());
      var more =
          events.stream()
              .filter(WatchEvent.LevelsChanged.class::isInstance)
              .map(event -> ((WatchEvent.LevelsChanged) event).more())
              .toList();
      assertEquals(List.of(true, true, true, false), more);
    }
  }

  @Test
  void any_passing_failure_is_lived_through() {
    for (var code :
        List.of(
            Status.UNAVAILABLE,
            Status.ABORTED,
            Status.INTERNAL,
            Status.CANCELLED,
            Status.RESOURCE_EXHAUSTED)) {
      watches.refuse(code.asRuntimeException());
    }
    try (var watch = acme.watch().start(events::add)) {
      watch.awaitUpToDate(LONG);
      assertEquals(6, watches.starts.size());
    }
  }

  @Test
  void a_new_token_goes_on_where_the_old_one_ended() {
    var tokens = new LinkedBlockingQueue<>(List.of("old", "new"));
    try (var rotating = service.setup().token(tokens::remove).open();
        var watch = rotating.organization("acme").watch().start(events::add)) {
      watch.awaitUpToDate(LONG);
      watches.end(Status.UNAUTHENTICATED.asRuntimeException());
      watches.change("acme");
      watch.awaitUpToDate(LONG);
      assertEquals(List.of(1L), revisions());
      assertEquals("Bearer new", service.script.calls().getLast().authorization());
    }
  }

  @Test
  void a_connection_that_brings_nothing_is_given_up() throws Exception {
    try (var watch = acme.watch().pingEvery(Duration.ofMillis(20)).start(events::add)) {
      watch.awaitUpToDate(LONG);
      watches.starts.clear();
      watches.mute(true);
      watches.change("acme");
      var upToDate = watch.upToDate();
      assertFalse(watches.starts.poll(30, TimeUnit.SECONDS) == null);
      assertTrue(watch.staleness().orElseThrow().compareTo(Duration.ofMillis(100)) >= 0);
      watches.mute(false);
      upToDate.get(30, TimeUnit.SECONDS);
      assertEquals(List.of(1L), revisions());
    }
  }

  @Test
  void a_slow_handler_holds_the_service_back_and_is_cut_off_and_misses_nothing() throws Exception {
    int all = 50_000;
    var mayGoOn = new CountDownLatch(1);
    try (var watch =
        acme.watch()
            .start(event -> {
              if (event instanceof WatchEvent.LevelsChanged) {
                mayGoOn.await();
              }
              events.add(event);
            })) {
      watch.awaitUpToDate(LONG);
      for (int i = 0; i < all; i++) {
        watches.change("acme");
      }
      assertTrue(watches.isHeldBack());
      assertTrue(watches.told() < all, watches.told() + " were told");
      watches.cutOffTheSlow();
      mayGoOn.countDown();
      watch.awaitUpToDate(LONG);
      assertEquals(all, revisions().size());
      assertEquals(all, revisions().getLast());
      assertEquals(all, revisions().stream().distinct().count());
    }
  }

  @Test
  void a_service_that_comes_back_is_found() {
    int port = service.port();
    try (var watch = acme.watch().start(events::add)) {
      watch.awaitUpToDate(LONG);
      watches.change("acme");
      watch.awaitUpToDate(LONG);
      service.close();
      try (var again = TestService.start(port, InsecureServerCredentials.create())) {
        again.watches.create("acme");
        again.watches.change("acme");
        again.watches.change("acme");
        watch.awaitUpToDate(LONG);
        assertEquals(List.of(1L, 2L), revisions());
      }
    }
  }

  @Test
  void what_is_created_while_the_watch_is_away_is_told_from_its_creation() {
    watches.change("acme");
    try (var watch = client.watchEverything().start(events::add)) {
      watch.awaitUpToDate(LONG);
      watches.refuse(TestService.unavailable());
      watches.end(TestService.unavailable());
      watches.create("beta");
      watches.change("beta");
      watch.awaitUpToDate(LONG);
      assertEquals(List.of(1L), revisions());
      assertTrue(watch.cursors().complete());
      assertEquals(2, watch.cursors().all().size());
      watches.create("gamma");
      watches.change("gamma");
      watch.awaitUpToDate(LONG);
      assertEquals(List.of(1L, 1L), revisions());
    }
  }

  @Test
  void what_was_there_before_a_realm_was_watched_is_not_told_if_the_beginning_fails() {
    watches.change("acme");
    watches.refuse(TestService.unavailable(), TestService.unavailable());
    try (var watch = client.watchRealm("acme").start(events::add)) {
      watch.awaitUpToDate(LONG);
      assertEquals(List.of(), revisions());
      assertEquals(3, watches.starts.size());
      assertTrue(watches.starts.stream().noneMatch(it -> it.getUnnamedFromCreation()));
    }
  }

  @Test
  void cursors_from_another_process_go_on_there_in_every_organization() {
    watches.create("beta");
    Cursors cursors;
    try (var watch = client.watchEverything().start(events::add)) {
      watches.change("beta");
      watch.awaitUpToDate(LONG);
      cursors = watch.cursors();
    }
    events.clear();
    watches.change("acme");
    watches.create("gamma");
    watches.change("gamma");
    var stored = Cursors.ofBytes(cursors.bytes());
    try (var watch = client.watchEverything().after(stored).start(events::add)) {
      watch.awaitUpToDate(LONG);
      var told =
          events.stream()
              .filter(WatchEvent.LevelsChanged.class::isInstance)
              .map(WatchEvent::organization)
              .toList();
      assertEquals(List.of("acme", "gamma"), told);
    }
  }

  @Test
  void a_cursor_is_the_same_after_being_bytes() {
    var cursor = Cursor.at("acme", Position.of(TestService.token(7)));
    assertEquals(cursor, Cursor.ofBytes(cursor.bytes()));
    assertEquals(cursor, Cursors.of(List.of(cursor)).cursor("acme").orElseThrow());
  }

  @Test
  void whatever_happens_every_event_is_told_once_and_in_order() throws Exception {
    for (int round = 0; round < 20; round++) {
      long seed = RandomGenerator.getDefault().nextLong();
      try {
        tellAll(RandomGeneratorFactory.of("L64X128MixRandom").create(seed), round);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed " + seed, e);
      }
    }
  }

  /**
   * Writers, and streams that end at random, by failure, cut-off or a handler that throws, in which
   * case another watch goes on from the cursors as they were stored.
   */
  private void tellAll(RandomGenerator random, int round) throws Exception {
    var organizations = ORGANIZATIONS.stream().map(it -> it + round).toList();
    organizations.forEach(watches::create);
    var cuts = RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong());
    watches.cutEach(() -> new TestWatches.Cut(cuts.nextInt(12), passing(cuts)));
    var told = new ConcurrentHashMap<String, List<Long>>();
    var expected = new TreeMap<String, List<Long>>();
    var throwing = RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong());
    WatchHandler handler =
        event -> {
          if (throwing.nextInt(40) == 0) {
            throw new IllegalStateException("At random.");
          }
          if (event instanceof WatchEvent.LevelsChanged changed) {
            told.computeIfAbsent(event.organization(), _ -> new CopyOnWriteArrayList<>())
                .add(changed.revision());
          }
        };
    var watch = client.watch(organizations).start(handler);
    var _ = watch.done(); // Its failure is expected.
    while (!isUpToDate(watch)) {
      watch = goOn(watch, organizations, handler);
    }
    for (int i = 0; i < 200; i++) {
      var organization = organizations.get(random.nextInt(organizations.size()));
      var revisions = expected.computeIfAbsent(organization, _ -> new ArrayList<>());
      revisions.add((long) revisions.size() + 1);
      if (random.nextInt(4) == 0) {
        watches.changeInPart(organization);
      } else {
        watches.change(organization);
      }
      if (random.nextInt(30) == 0) {
        watches.end(passing(random));
      }
      if (random.nextInt(50) == 0 && !isUpToDate(watch)) {
        watch = goOn(watch, organizations, handler);
      }
    }
    watches.cutEach(() -> new TestWatches.Cut(20, TestService.unavailable()));
    while (!isUpToDate(watch)) {
      watch = goOn(watch, organizations, handler);
    }
    watch.close();
    assertEquals(Map.copyOf(expected), Map.copyOf(told));
  }

  private static boolean isUpToDate(Watch watch) {
    try {
      watch.awaitUpToDate(LONG);
      return true;
    } catch (SightlineException e) {
      assertEquals(Code.CANCELLED, e.code());
      return false;
    }
  }

  private Watch goOn(Watch ended, List<String> organizations, WatchHandler handler) {
    var stored = ended.cursors().bytes();
    var watch = client.watch(organizations).after(Cursors.ofBytes(stored)).start(handler);
    var _ = watch.done(); // Its failure is expected.
    return watch;
  }

  private static io.grpc.StatusRuntimeException passing(RandomGenerator random) {
    var statuses = List.of(Status.UNAVAILABLE, Status.ABORTED, Status.INTERNAL, Status.CANCELLED);
    return statuses.get(random.nextInt(statuses.size())).asRuntimeException();
  }
}
