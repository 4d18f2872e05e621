package dev.sightline.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.cache.Proven;
import dev.sightline.change.Revision;
import dev.sightline.graph.Seeds;
import dev.sightline.model.DashboardId;
import dev.sightline.model.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * On random histories, watchers with different filters are slow, cut off and cut short at random,
 * and come back to a random node: from what they are told they rebuild exactly the levels that hold
 * at every cursor. {@code -Dsightline.watches=10000} plays that many histories.
 */
class RandomWatchTest {
  private static final int HISTORIES = Integer.getInteger("sightline.watches", 1_000);
  private static final int REVISIONS = 25;

  private int cutOffs;
  private int partly;

  @Test
  void whoever_applies_all_events_to_what_held_at_the_cursor_has_what_holds_now() {
    play(Limits.USUAL);
    assertTrue(HISTORIES < 100 || cutOffs > HISTORIES / 50, "watchers were cut off: " + cutOffs);
  }

  /** What is told part by part usually has thousands of pairs; here it has three. */
  @Test
  void who_goes_on_within_a_step_is_told_the_rest_of_it() {
    play(new Limits(2, 5));
    assertTrue(HISTORIES < 100 || partly > HISTORIES / 4, "steps were told in parts: " + partly);
  }

  private void play(Limits limits) {
    Seeds.each(
        HISTORIES,
        seed -> {
          Play play = new Play(seed, limits);
          play.play();
          cutOffs += play.count(watcher -> watcher.cutOffs);
          partly += play.count(watcher -> watcher.partly);
        });
  }

  /** One history on two nodes. */
  private static final class Play {
    private final Random random;
    private final World world;
    private final List<TestNode> nodes;
    private final List<TestWatcher> watchers = new ArrayList<>();
    private final Queue<Proven> stale = new ArrayDeque<>();

    Play(long seed, Limits limits) {
      random = new Random(seed * 31);
      world = new World(seed, 4 + random.nextInt(6));
      nodes = List.of(new TestNode(world, limits), new TestNode(world, limits));
    }

    void play() {
      watchers.add(new TestWatcher(world, Filter.EVERYTHING));
      for (int i = 0; i < REVISIONS; i++) {
        if (i % 4 == 0) {
          watchers.add(new TestWatcher(world, filter()));
        }
        for (int j = random.nextInt(4); j > 0; j--) {
          disturb();
        }
        write();
        watchers.forEach(TestWatcher::throwFailure);
      }
      for (TestWatcher watcher : watchers) {
        if (random.nextBoolean()) {
          watcher.cut();
        }
        finish(watcher);
      }
      assertEquals(0, count(watcher -> watcher.resyncs), "resyncs");
    }

    int count(ToIntFunction<TestWatcher> what) {
      return watchers.stream().mapToInt(what).sum();
    }

    /** Who is too slow once more comes back until it has everything. */
    private void finish(TestWatcher watcher) {
      do {
        if (!watcher.isOpen()) {
          watcher.open(node(), true);
        }
      } while (!watcher.knowsEverything());
    }

    private void write() {
      Revision revision = world.commit();
      // This node's own commit, or another's, of which it hears by a proof some time.
      if (random.nextInt(3) > 0) {
        node().committed(revision);
      }
    }

    private void disturb() {
      TestWatcher watcher = watchers.get(random.nextInt(watchers.size()));
      switch (random.nextInt(9)) {
        case 0, 1 -> {
          if (!watcher.isOpen()) {
            watcher.open(node(), random.nextBoolean());
          }
        }
        case 2 -> watcher.cut();
        case 3, 4 -> watcher.takes(1 + random.nextInt(4));
        case 5 -> world.pass(random.nextInt(2_500_000));
        case 6 -> node().proved(world.proof());
        case 7 -> stale.add(world.proof());
        default -> {
          Proven late = stale.poll();
          if (late != null) {
            node().proved(late);
          }
        }
      }
    }

    private TestNode node() {
      return nodes.get(random.nextInt(nodes.size()));
    }

    private <T> T oneOf(Collection<T> all) {
      return List.copyOf(all).get(random.nextInt(all.size()));
    }

    private Filter filter() {
      Set<UserId> users = new HashSet<>();
      Set<DashboardId> dashboards = new HashSet<>();
      if (random.nextInt(3) == 0 && !world.facts().people().isEmpty()) {
        users.add(oneOf(world.facts().people()));
        users.add(oneOf(world.facts().people()));
      }
      if (random.nextInt(3) == 0 && !world.facts().dashboards.isEmpty()) {
        dashboards.add(oneOf(world.facts().dashboards.keySet()));
        dashboards.add(new DashboardId("not-there-yet"));
      }
      return new Filter(users, dashboards, random.nextInt(4) == 0, random.nextBoolean());
    }
  }
}
