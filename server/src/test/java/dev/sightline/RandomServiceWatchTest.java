package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sightline.TestService.Node;
import dev.sightline.graph.Seeds;
import dev.sightline.v1.Level;
import dev.sightline.v1.LevelChange;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchedOrganization;
import dev.sightline.v1.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * On random histories of requests, which go to two nodes, watchers are cut off anywhere and come
 * back to either node: what they are told leads from what held where they began to what holds now
 * by the rules. {@code -Dsightline.histories=1000} plays that many.
 */
class RandomServiceWatchTest {
  private static final int HISTORIES = Integer.getInteger("sightline.histories", 4);
  private static final int REQUESTS = 120;
  private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");

  @Test
  void who_was_cut_off_anywhere_and_came_back_to_any_node_knows_what_the_rules_say()
      throws Exception {
    var clock = new StoryClock(START);
    try (TestService service = TestService.at(clock)) {
      List<Node> nodes = List.of(service.node(), service.node());
      Seeds.each(
          HISTORIES,
          seed -> {
            try (Play play = new Play(seed, clock, nodes)) {
              play.play();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          });
    }
  }

  /** One history, in an organization of its own. */
  private static final class Play implements AutoCloseable {
    private final Random random;
    private final StoryClock clock;
    private final List<Node> nodes;
    private final RuleBook book;
    private final RandomRequests requests;
    private final List<Watcher> watchers = new ArrayList<>();

    Play(long seed, StoryClock clock, List<Node> nodes) {
      this.random = new Random(seed * 37);
      this.clock = clock;
      this.nodes = nodes;
      clock.set(START);
      book = HistoryBeginning.book("watched-" + seed, START);
      requests = new RandomRequests(seed, book);
    }

    void play() throws InterruptedException {
      HistoryBeginning.bringIn(node(), book);
      Watcher everything = fromCreation(Filter.EVERYTHING);
      Watcher downwards = fromCreation(new Filter(Set.of(), Set.of(), true, false));
      for (int i = 0; i < REQUESTS; i++) {
        Written written = write();
        if (written != null && written.getChanged() && i % 15 == 0) {
          fromNow(written.getPosition());
        }
        disturb(watchers.get(random.nextInt(watchers.size())));
      }
      for (Watcher watcher : watchers) {
        watcher.knowsEverything();
      }
      assertEquals(everything.revocations, downwards.revocations, "each revocation once");
      assertFalse(downwards.revocations.isEmpty(), "something was revoked");
    }

    private Node node() {
      return nodes.get(random.nextInt(nodes.size()));
    }

    private @Nullable Written write() {
      book.now += requests.pause();
      clock.set(Instant.EPOCH.plusNanos(book.now * 1_000));
      Message request = requests.next();
      book.apply(request);
      return SentRequests.sent(node(), request) instanceof Written written ? written : null;
    }

    private Watcher fromCreation(Filter filter) {
      return watcher(filter, new TreeMap<>(), ByteString.EMPTY);
    }

    /** As somebody does who has listed what there is where a write led. */
    private void fromNow(ByteString position) {
      Filter filter = filter();
      watcher(filter, held(filter), position);
    }

    private Watcher watcher(Filter filter, Map<String, Level> levels, ByteString position) {
      Watcher watcher = new Watcher(this, filter, levels, position);
      watchers.add(watcher);
      return watcher;
    }

    private Filter filter() {
      Set<String> users = new TreeSet<>();
      Set<String> dashboards = new TreeSet<>();
      if (random.nextInt(3) == 0) {
        users.addAll(List.of("p" + random.nextInt(12), "nobody"));
      }
      if (random.nextInt(3) == 0) {
        dashboards.addAll(List.of("b" + random.nextInt(6), "d" + random.nextInt(20)));
      }
      return new Filter(users, dashboards, false, random.nextBoolean());
    }

    private void disturb(Watcher watcher) throws InterruptedException {
      switch (random.nextInt(6)) {
        case 0 -> watcher.cut();
        case 1, 2 -> watcher.open();
        case 3, 4 -> watcher.takesSome(random.nextInt(5));
        default -> watcher.knowsEverything();
      }
    }

    /** What the rules say now, of what a filter lets through. */
    Map<String, Level> held(Filter filter) {
      Map<String, Level> levels = new TreeMap<>();
      for (String user : book.users.keySet()) {
        for (String dashboard : book.dashboards.keySet()) {
          Level level = book.verdict(user, dashboard).level();
          if (level != Level.LEVEL_NONE && filter.wants(user, dashboard)) {
            levels.put(user + " " + dashboard, level);
          }
        }
      }
      return levels;
    }

    @Override
    public void close() {
      watchers.forEach(Watcher::cut);
    }
  }

  /** What a watcher wants to be told. */
  private record Filter(
      Set<String> users, Set<String> dashboards, boolean revocationsOnly, boolean exact) {
    static final Filter EVERYTHING = new Filter(Set.of(), Set.of(), false, true);

    boolean wants(String user, String dashboard) {
      return (users.isEmpty() || users.contains(user))
          && (dashboards.isEmpty() || dashboards.contains(dashboard));
    }

    StartWatch.Builder start() {
      return StartWatch.newBuilder()
          .addAllUserIds(users)
          .addAllDashboardIds(dashboards)
          .setRevocationsOnly(revocationsOnly)
          .setExact(exact);
    }
  }

  /** Somebody who keeps the levels by what is told, over any number of connections. */
  private static final class Watcher {
    private final Play play;
    private final Filter filter;
    private final Map<String, Level> levels;
    final List<String> revocations = new ArrayList<>();
    private ByteString cursor;
    private @Nullable Watching connection;

    Watcher(Play play, Filter filter, Map<String, Level> levels, ByteString position) {
      this.play = play;
      this.filter = filter;
      this.levels = levels;
      this.cursor = position;
    }

    Watching open() {
      if (connection == null) {
        connection = Watching.open(play.node().channel, start());
      }
      return connection;
    }

    /** An organization of its own is a realm, too. Without a cursor: from its creation on. */
    private StartWatch start() {
      StartWatch.Builder start = filter.start().setUnnamedFromCreation(true);
      boolean asRealm = play.random.nextBoolean();
      if (asRealm) {
        start.setRealmId(play.book.id);
      }
      if (!asRealm || !cursor.isEmpty()) {
        start.addOrganizations(
            WatchedOrganization.newBuilder().setOrganizationId(play.book.id).setCursor(cursor));
      }
      return start.build();
    }

    /** What has come in and was not looked at is lost. */
    void cut() {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    }

    void takesSome(int events) throws InterruptedException {
      for (int i = 0; connection != null && i < events && connection.unclaimed() > 0; i++) {
        take(connection.next());
      }
    }

    void knowsEverything() throws InterruptedException {
      for (WatchEvent event : open().untilNow()) {
        take(event);
      }
      if (!filter.revocationsOnly()) {
        assertEquals(play.held(filter), levels, () -> "levels rebuilt by " + filter);
      }
    }

    private void take(WatchEvent event) {
      switch (event.getEventCase()) {
        case STARTED -> {
          ByteString begins = event.getStarted().getCursor();
          assertEquals(cursor, begins, "a watch goes on where it was");
          cursor = begins;
        }
        case LEVELS_CHANGED -> take(event.getLevelsChanged());
        case PROGRESS -> cursor = event.getProgress().getCursor();
        case RESYNC, CUT_OFF, HEARTBEAT, CONFIRM, EVENT_NOT_SET ->
            fail("nothing calls for " + event);
      }
    }

    private void take(LevelsChanged changed) {
      assertFalse(changed.hasWide(), "few enough to be told one by one");
      Predicate<LevelChange> wanted =
          change -> filter.wants(change.getUserId(), change.getDashboardId());
      assertTrue(changed.getChangesList().stream().allMatch(wanted), changed::toString);
      for (LevelChange change : changed.getChangesList()) {
        boolean down = change.getAfter().compareTo(change.getBefore()) < 0;
        assertNotEquals(change.getBefore(), change.getAfter());
        if (down) {
          revocations.add(changed.getRevision() + " " + Watching.text(change));
        }
        if (filter.revocationsOnly()) {
          assertTrue(down, change::toString);
        } else {
          move(change);
        }
      }
      cursor = changed.getCursor();
    }

    private void move(LevelChange change) {
      String pair = change.getUserId() + " " + change.getDashboardId();
      Level known =
          change.getAfter() == Level.LEVEL_NONE
              ? levels.remove(pair)
              : levels.put(pair, change.getAfter());
      assertEquals(
          known == null ? Level.LEVEL_NONE : known,
          change.getBefore(),
          () -> "nothing missed, nothing twice: " + pair);
    }
  }
}
