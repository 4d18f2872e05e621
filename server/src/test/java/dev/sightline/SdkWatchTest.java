package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.cache.DatabaseClock;
import dev.sightline.client.AccessChange;
import dev.sightline.client.Cursors;
import dev.sightline.client.Freshness;
import dev.sightline.client.Level;
import dev.sightline.client.ListOptions;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.NewOrganization;
import dev.sightline.client.NewUser;
import dev.sightline.client.Organization;
import dev.sightline.client.Purpose;
import dev.sightline.client.Reason;
import dev.sightline.client.Sightline;
import dev.sightline.client.SightlineException;
import dev.sightline.client.Subject;
import dev.sightline.client.Watch;
import dev.sightline.client.WatchEvent;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.ScratchDatabases.Scratch;
import dev.sightline.v1.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK's watch and streamed checks against the real service, which is restarted under them. */
class SdkWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Scratch database = TestDatabases.shared().create();
  private Server server = server(0);
  private Sightline sightline;
  private Organization acme;

  private Server server(int port) {
    DatabaseSettings settings = database.settings().withConnections(3, 3);
    return Server.start(
        new ServerSettings(
            "127.0.0.1",
            port,
            null,
            true,
            settings,
            Duration.ofSeconds(20),
            DatabaseClock.measured(),
            256L << 20));
  }

  @BeforeEach
  void open() {
    var node = new TestService.Node(server);
    Orgs.create(node, "acme", "ada");
    Orgs.add(node, "acme", "ada", "dee", Role.ROLE_ANALYST);
    node.channel.shutdownNow();
    sightline = Sightline.connect("127.0.0.1:" + server.port()).deadline(PATIENCE).open();
    acme = sightline.organization("acme");
    acme.as("ada")
        .createDashboard(NewDashboard.named("Sales").withId("D").withCompanyDefault(Level.NONE));
  }

  @AfterEach
  void close() {
    sightline.close();
    server.close();
    database.close();
  }

  private void give(Level level) {
    acme.as("ada").changeAccess("D", AccessChange.empty().set(Subject.user("dee"), level));
  }

  private void restart() {
    int port = server.port();
    server.close();
    server = server(port);
  }

  /** What a handler is told, as text. */
  private static void note(List<String> told, WatchEvent event) {
    switch (event) {
      case WatchEvent.Started _ -> {}
      case WatchEvent.LevelsChanged changed ->
          changed.changes().forEach(change -> told.add(change.before() + "->" + change.after()));
      case WatchEvent.WideChange wide -> told.add("wide " + wide.scope());
      case WatchEvent.Resync _ -> told.add("resync");
    }
  }

  @Test
  void a_watch_lives_through_restarts_of_the_service_and_tells_each_change_once() {
    List<String> told = new CopyOnWriteArrayList<>();
    List<String> expected = new ArrayList<>();
    try (Watch watch = acme.watch().start(event -> note(told, event))) {
      watch.awaitUpToDate(PATIENCE);
      Level before = Level.NONE;
      for (int i = 0; i < 12; i++) {
        Level after = i % 2 == 0 ? Level.EDITOR : Level.VIEWER;
        give(after);
        expected.add(before + "->" + after);
        before = after;
        if (i % 4 == 3) {
          restart();
        }
      }
      watch.awaitUpToDate(PATIENCE);
      assertEquals(expected, told);
      assertTrue(watch.staleness().isPresent());
    }
  }

  @Test
  void a_watch_goes_on_from_cursors_that_were_kept() {
    Cursors kept;
    try (Watch watch = sightline.watchEverything().start(_ -> {})) {
      watch.awaitUpToDate(PATIENCE);
      kept = Cursors.ofBytes(watch.cursors().bytes());
    }
    give(Level.EDITOR);
    restart();
    give(Level.VIEWER);
    List<String> told = new CopyOnWriteArrayList<>();
    try (Watch watch = sightline.watchEverything().after(kept).start(event -> note(told, event))) {
      watch.awaitUpToDate(PATIENCE);
      assertEquals(List.of("NONE->EDITOR", "EDITOR->VIEWER"), told);
    }
  }

  @Test
  void a_check_in_the_handler_is_never_older_than_its_event() {
    List<String> wrong = new CopyOnWriteArrayList<>();
    try (Watch watch =
        acme.watch()
            .start(event -> {
              if (event instanceof WatchEvent.LevelsChanged changed) {
                for (var change : changed.changes()) {
                  boolean may = acme.canView(change.user(), change.dashboard()).allowed();
                  // Later changes go up and down between EDITOR and VIEWER only.
                  if (!may) {
                    wrong.add(change.toString());
                  }
                }
              }
            })) {
      watch.awaitUpToDate(PATIENCE);
      for (int i = 0; i < 30; i++) {
        give(i % 2 == 0 ? Level.EDITOR : Level.VIEWER);
      }
      watch.awaitUpToDate(PATIENCE);
      assertEquals(List.of(), wrong);
    }
  }

  @Test
  void a_handler_that_holds_the_stream_back_misses_nothing() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    CountDownLatch goOn = new CountDownLatch(1);
    try (Watch watch =
        acme.watch()
            .start(event -> {
              note(told, event);
              if (told.size() == 1) {
                goOn.await(60, TimeUnit.SECONDS);
              }
            })) {
      watch.awaitUpToDate(PATIENCE);
      for (int i = 0; i < 50; i++) {
        give(i % 2 == 0 ? Level.EDITOR : Level.VIEWER);
      }
      restart();
      goOn.countDown();
      watch.awaitUpToDate(PATIENCE);
      assertEquals(50, told.size());
    }
  }

  @Test
  void a_watch_of_what_does_not_exist_ends_with_the_reason() {
    try (Watch watch = sightline.organization("nowhere").watch().start(_ -> {})) {
      var ended = assertThrows(CompletionException.class, () -> watch.done().join());
      var refused = assertInstanceOf(SightlineException.class, ended.getCause());
      assertTrue(refused.is(Reason.ORGANIZATION_NOT_FOUND), refused::toString);
    }
  }

  @Test
  void streamed_checks_answer_as_unary_ones_and_over_restarts() {
    try (Sightline streamed =
        Sightline.connect("127.0.0.1:" + server.port()).deadline(PATIENCE).streamChecks().open()) {
      Organization there = streamed.organization("acme");
      for (int i = 0; i < 10; i++) {
        boolean granted = i % 2 == 0;
        give(granted ? Level.VIEWER : Level.NONE);
        assertEquals(granted, acme.canView("dee", "D").allowed());
        assertEquals(
            granted, there.with(new Freshness.FullyConsistent()).canView("dee", "D").allowed());
        if (i == 5) {
          restart();
        }
      }
      assertFalse(there.canView("nobody", "D").allowed());
    }
  }

  @Test
  void operators_make_organizations_and_their_list_is_streamed() {
    var admin = NewUser.of("Gil", "gil@globex.test").withId("gil");
    sightline.operator().createOrganization(NewOrganization.of("Globex", admin).withId("globex"));
    Organization globex = sightline.organization("globex");
    for (int i = 0; i < 5; i++) {
      globex.as("gil").createDashboard(NewDashboard.named("D" + i).withId("D" + i));
    }
    try (var visible = globex.streamVisibleDashboards("gil", ListOptions.of(Purpose.SIDEBAR))) {
      assertEquals(5, visible.count());
    }
  }
}
