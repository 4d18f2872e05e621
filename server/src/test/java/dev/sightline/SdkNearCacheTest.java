package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.client.AccessChange;
import dev.sightline.client.AccessEntry;
import dev.sightline.client.Code;
import dev.sightline.client.End;
import dev.sightline.client.Freshness;
import dev.sightline.client.Level;
import dev.sightline.client.NearCacheOptions;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.Organization;
import dev.sightline.client.Sightline;
import dev.sightline.client.SightlineException;
import dev.sightline.client.Subject;
import dev.sightline.client.VisibleDashboard;
import dev.sightline.client.WhenLapsed;
import dev.sightline.store.ScratchDatabases.Scratch;
import dev.sightline.v1.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK's near-cache against the real service. */
class SdkNearCacheTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BOUND = Duration.ofSeconds(1);

  private final Scratch database = TestDatabases.shared().create();
  private final Server server = Server.start(ServerSettings.local(database.settings(), 0));
  private Sightline writer;
  private Sightline reader;
  private Organization written;
  private Organization read;

  @BeforeEach
  void open() {
    var node = new TestService.Node(server);
    Orgs.create(node, "acme", "ada");
    Orgs.add(node, "acme", "ada", "dee", Role.ROLE_ANALYST);
    node.channel.shutdownNow();
    writer = setup(NearCacheOptions.standard());
    reader = setup(NearCacheOptions.standard());
    written = writer.organization("acme");
    read = reader.organization("acme");
    for (var id : List.of("D", "E")) {
      written
          .as("ada")
          .createDashboard(NewDashboard.named(id).withId(id).withCompanyDefault(Level.NONE));
    }
    give(Level.VIEWER);
  }

  private Sightline setup(NearCacheOptions options) {
    return Sightline.connect("127.0.0.1:" + server.port())
        .deadline(PATIENCE)
        .nearCache(options)
        .open();
  }

  @AfterEach
  void close() {
    reader.close();
    writer.close();
    server.close();
    database.close();
  }

  private void give(Level level) {
    written.as("ada").changeAccess("D", AccessChange.empty().set(Subject.user("dee"), level));
  }

  private static void await(BooleanSupplier what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!what.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "It does not come to pass.");
      Thread.onSpinWait();
    }
  }

  private static boolean isHeld(Organization organization, String dashboard) {
    return organization.canView("dee", dashboard).evidence().held();
  }

  @Test
  void answers_are_held_and_given_without_asking() {
    await(() -> isHeld(read, "D"));
    long misses = reader.nearCache().misses();
    for (int i = 0; i < 1_000; i++) {
      assertTrue(read.with(Freshness.minimizeLatency()).canView("dee", "D").allowed());
    }
    var statistics = reader.nearCache();
    assertTrue(statistics.hits() >= 900, statistics.toString());
    assertTrue(statistics.misses() - misses <= 100, statistics.toString());
  }

  @Test
  void a_revocation_ends_what_is_held_long_before_the_bound() {
    long longest = 0;
    for (int i = 0; i < 20; i++) {
      give(Level.VIEWER);
      await(() -> isHeld(read, "D") && read.canView("dee", "D").allowed());
      give(Level.NONE);
      long committed = System.nanoTime();
      await(() -> !read.canView("dee", "D").allowed());
      longest = Math.max(longest, System.nanoTime() - committed);
    }
    assertTrue(longest < BOUND.toNanos(), longest + " ns");
    assertTrue(reader.nearCache().invalidations() >= 20);
  }

  @Test
  void who_writes_sees_it_at_once() {
    await(() -> isHeld(written, "D"));
    for (int i = 0; i < 20; i++) {
      give(Level.NONE);
      assertFalse(written.canView("dee", "D").allowed());
      give(Level.VIEWER);
      assertTrue(written.canView("dee", "D").allowed());
    }
  }

  @Test
  void what_ends_in_time_ends_without_being_asked_for() {
    var ending =
        new AccessEntry(Subject.user("dee"), Level.VIEWER, End.after(Duration.ofSeconds(4)));
    written.as("ada").changeAccess("E", AccessChange.empty().set(ending));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4); // Or before it.
    await(() -> isHeld(read, "E"));
    await(() -> !read.canView("dee", "E").allowed());
    assertTrue(System.nanoTime() - end < BOUND.toNanos());
  }

  @Test
  void lists_are_held_until_they_change() {
    await(() -> {
      long hits = reader.nearCache().hits();
      var _ = read.visibleDashboards("dee").toList();
      return reader.nearCache().hits() > hits;
    });
    give(Level.NONE);
    await(() -> ids().isEmpty());
    give(Level.VIEWER);
    await(() -> ids().equals(List.of("D")));
  }

  private List<String> ids() {
    return read.visibleDashboards("dee").stream().map(VisibleDashboard::id).toList();
  }

  @Test
  void without_the_service_nothing_is_given_beyond_the_bound() {
    try (var failing = setup(NearCacheOptions.standard().withWhenLapsed(WhenLapsed.FAIL))) {
      var acme = failing.organization("acme");
      await(() -> isHeld(acme, "D"));
      server.close();
      long gone = System.nanoTime();
      var hurried = acme.within(Duration.ofMillis(50));
      await(() -> {
        try {
          hurried.canView("dee", "D");
          return false;
        } catch (SightlineException e) {
          return e.code() == Code.UNAVAILABLE
              && String.valueOf(e.getMessage()).startsWith("What is held about");
        }
      });
      assertTrue(System.nanoTime() - gone < 3 * BOUND.toNanos());
      assertThrows(SightlineException.class, () -> hurried.canView("dee", "D"));
    }
  }

  @Test
  void a_write_that_waits_until_it_is_known_everywhere_is_over_when_it_returns() {
    for (int i = 0; i < 10; i++) {
      give(Level.VIEWER);
      await(() -> isHeld(read, "D") && read.canView("dee", "D").allowed());
      var nobody = AccessChange.empty().set(Subject.user("dee"), Level.NONE);
      var spread =
          written.as("ada").everywhere().changeAccess("D", nobody).written().spread().orElseThrow();
      assertTrue(spread.isEverywhere(), spread.toString());
      assertFalse(read.with(Freshness.minimizeLatency()).canView("dee", "D").allowed());
    }
    assertEquals(1, reader.nearCache().organizations());
  }
}
