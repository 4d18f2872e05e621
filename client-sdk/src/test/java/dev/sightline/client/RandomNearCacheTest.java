package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.client.NaiveHistory.Pair;
import dev.sightline.client.NaiveHistory.State;
import dev.sightline.v1.Resync;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A near-cache, a node that tells it what happens, and other nodes that answer it, all of them late
 * as the dice say: whatever it gives is compared with what was so. A seed that fails is printed.
 */
class RandomNearCacheTest {
  private static final int SEEDS = Integer.getInteger("sightline.near.seeds", 10_000);
  private static final int STEPS = 1_500;
  private static final long BOUND = Duration.ofSeconds(1).toNanos();
  private static final String[] USERS = {"ann", "bob", "cy"};
  private static final String[] DASHBOARDS = {"costs", "revenue", "sales"};

  @Test
  void whatever_is_given_is_right_within_the_bound_and_nothing_older_than_what_was_seen() {
    long given = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      var run = new Run(seed);
      for (int i = 0; i < STEPS; i++) {
        run.step();
      }
      given += run.given;
    }
    assertTrue(given > SEEDS * 15L, "Only " + given + " answers were given.");
  }

  /** An answer on its way. */
  private record Answer(Pair pair, boolean allowed, State state, Proved proved) {}

  private static final class Run {
    private final long seed;
    private final Random random;
    private final NearWorld world;
    private final NaiveHistory history;
    private final Deque<Runnable> told = new ArrayDeque<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Long> pings = new ArrayList<>();
    private TestLine line;
    private int tellsFrom;
    private int pingsTaken;
    private int log;
    private boolean knowsOfSetBack = true;
    long given;

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      int entries = random.nextBoolean() ? 4 : 100;
      world = new NearWorld(NearCacheOptions.standard().withEntries(entries));
      history = new NaiveHistory(100, world.timing.now());
    }

    private long now() {
      return world.timing.now();
    }

    private Pair pair() {
      return new Pair(
          USERS[random.nextInt(USERS.length)], DASHBOARDS[random.nextInt(DASHBOARDS.length)]);
    }

    void step() {
      switch (random.nextInt(50)) {
        case 0, 1 -> write();
        case 2 -> writeWide();
        case 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 -> node();
        case 13, 14, 15, 16, 17, 18, 19, 20, 21, 22 -> deliver();
        case 23, 24, 25, 26, 27, 28, 29 -> request();
        case 30, 31, 32, 33, 34, 35, 36 -> answer();
        case 37, 38 -> world.timing.pass(Duration.ofNanos(random.nextLong(100_000_000)));
        case 39 -> rarely();
        default -> give();
      }
      open();
    }

    private void rarely() {
      switch (random.nextInt(12)) {
        case 0 -> world.timing.stall(Duration.ofMillis(random.nextInt(1_500)));
        case 1, 2 -> breakLine();
        case 3 -> {
          if (log < 2) {
            setBack();
          }
        }
        case 4 -> world.timing.pass(Duration.ofMinutes(random.nextInt(5)));
        default -> world.timing.pass(Duration.ofMillis(random.nextInt(300)));
      }
    }

    // ---- what happens

    private void tick() {
      world.timing.pass(Duration.ofNanos(1 + random.nextInt(1_000)));
    }

    private long end() {
      return random.nextInt(4) == 0 ? now() + random.nextLong(800_000_000) : NaiveHistory.FOR_GOOD;
    }

    private void write() {
      tick();
      var next = history.copy();
      var pair = pair();
      if (next.remove(pair) == null || random.nextInt(5) == 0) {
        next.put(pair, end());
      }
      history.commit(now(), next);
      if (random.nextInt(4) == 0) {
        sees(history.last().revision()); // It was this client who wrote.
      }
    }

    private void writeWide() {
      tick();
      var next = history.copy();
      var pair = pair();
      boolean all = random.nextInt(4) == 0;
      boolean user = random.nextBoolean();
      boolean grant = random.nextBoolean();
      for (var u : USERS) {
        for (var d : DASHBOARDS) {
          if (all || (user ? u.equals(pair.user()) : d.equals(pair.dashboard()))) {
            if (grant) {
              next.put(new Pair(u, d), end());
            } else {
              next.remove(new Pair(u, d));
            }
          }
        }
      }
      history.commit(now(), next);
    }

    private void setBack() {
      tick();
      history.setBack(now(), 1 + random.nextInt(5));
      log++;
      // What it has told may be on the log that lasts, too: then it goes on and notices nothing.
      knowsOfSetBack &= history.lasting().contains(tellsFrom) && random.nextInt(4) > 0;
    }

    // ---- the node that tells

    /** Takes in the line that was opened, if one was. */
    private void open() {
      if (world.lines.isEmpty() || world.line() == line) {
        return;
      }
      line = world.line();
      told.clear();
      pings.clear();
      pingsTaken = 0;
      knowsOfSetBack = true;
      var cursor = line.start.getOrganizations(0).getCursor();
      tellsFrom = history.states.size() - 1;
      var started = line;
      long revision = history.last().revision();
      if (!cursor.isEmpty()) {
        var from = cursor.asReadOnlyByteBuffer().getLong();
        boolean within = cursor.size() > Long.BYTES; // All of its step is told again.
        int index = within ? before(index(from)) : index(from);
        if (index >= 0 && random.nextInt(4) > 0) {
          tellsFrom = index;
          told.add(() -> started.started(cursor));
          return;
        }
        told.add(() -> started.resync(revision, Resync.Reason.REASON_LOG_CHANGED));
        return;
      }
      told.add(() -> started.started(revision));
    }

    /** Where a revision is in the log that lasts, if it is. */
    private int index(long revision) {
      return history.lasting().stream()
          .filter(it -> history.states.get(it).revision() == revision)
          .findFirst()
          .orElse(-1);
    }

    /** What came before a state in the log that lasts, if both are in it. */
    private int before(int index) {
      var lasting = history.lasting();
      int at = lasting.indexOf(index);
      return at < 0 || at + 1 == lasting.size() ? -1 : lasting.get(at + 1);
    }

    private void node() {
      if (line == null || world.line() != line) {
        return;
      }
      if (!knowsOfSetBack) {
        if (random.nextBoolean()) {
          knowsOfSetBack = true;
          tellsFrom = history.states.size() - 1;
          var on = line;
          long revision = history.last().revision();
          told.add(() -> on.resync(revision, Resync.Reason.REASON_LOG_CHANGED));
        }
        return; // Its proofs read the log, and show it: none is of a moment after.
      }
      if (random.nextBoolean() && tellsFrom + 1 < history.states.size()) {
        tellNext();
      }
      if (line.pings.size() > pingsTaken) {
        long asOf = now() - random.nextLong(300_000_000);
        if (tellsFrom + 1 < history.states.size()) {
          asOf = Math.min(asOf, history.states.get(tellsFrom + 1).from() - 1);
        }
        if (now() - asOf < BOUND) {
          long id = line.pings.get(pingsTaken++);
          long age = (now() - asOf) / 1_000 + 1;
          var on = line;
          told.add(() -> on.pong(id, age, TestLine.MAX_STALENESS_MICROS));
        }
      }
    }

    private void tellNext() {
      var before = history.states.get(tellsFrom);
      var lasting = history.lasting();
      tellsFrom = lasting.get(lasting.indexOf(tellsFrom) - 1);
      var after = history.states.get(tellsFrom);
      long revision = after.revision();
      var changed = List.copyOf(NaiveHistory.changed(before, after));
      var on = line;
      var users = changed.stream().map(Pair::user).distinct().toList();
      var dashboards = changed.stream().map(Pair::dashboard).distinct().toList();
      if (changed.isEmpty()) {
        told.add(() -> on.progress(revision));
      } else if (changed.size() == 1 || random.nextInt(3) == 0) {
        for (int i = 0; i < changed.size(); i++) {
          var pair = changed.get(i);
          boolean more = i + 1 < changed.size();
          told.add(() -> {
            if (more) {
              on.changedInPart(revision, pair.user(), pair.dashboard());
            } else {
              on.changed(revision, pair.user(), pair.dashboard());
            }
          });
        }
      } else if (users.size() == 1) {
        told.add(() -> on.userChanged(revision, users.getFirst()));
      } else if (dashboards.size() == 1) {
        told.add(() -> on.dashboardChanged(revision, dashboards.getFirst()));
      } else {
        told.add(() -> on.allChanged(revision));
      }
    }

    private void deliver() {
      for (int n = random.nextInt(4); n > 0 && !told.isEmpty(); n--) {
        told.remove().run();
      }
    }

    private void breakLine() {
      if (line != null && world.line() == line) {
        told.clear(); // Lost on the way.
        line.end(Code.UNAVAILABLE);
      }
    }

    // ---- the nodes that answer

    private void request() {
      var pair = pair();
      long sentAt = now();
      world.timing.pass(Duration.ofNanos(random.nextLong(5_000_000)));
      long age = random.nextLong(400_000_000);
      // It knows at least what was committed before its proof, or what it was asked for.
      long floor =
          world
              .seen
              .highest("acme")
              .map(it -> it.token().asReadOnlyByteBuffer().getLong())
              .orElse(0L);
      var may = new ArrayList<State>();
      for (int i = history.states.size() - 1; i >= 0; i--) {
        var state = history.states.get(i);
        boolean known =
            i == history.states.size() - 1 || history.states.get(i + 1).from() > now() - age;
        if (!known) {
          break;
        }
        if (state.revision() >= floor) {
          may.add(state);
        }
      }
      if (may.isEmpty()) {
        world.seen.forget("acme"); // POSITION_UNKNOWN: the log was set back.
        world.acme.beginAnew();
        return;
      }
      var state = may.get(random.nextInt(may.size()));
      boolean allowed = state.allows(pair, now());
      long end = state.allowed().getOrDefault(pair, NaiveHistory.FOR_GOOD);
      int index = history.states.indexOf(state);
      if (end <= now()
          && index + 1 < history.states.size()
          && history.states.get(index + 1).from() <= end) {
        return; // It cannot know that: it was not proved to be current after the end.
      }
      long validFor =
          allowed && end != NaiveHistory.FOR_GOOD ? Math.max(1, (end - now()) / 1_000) : 0;
      var proved =
          new Proved(NearWorld.at(state.revision()), sentAt, age / 1_000 + 1, validFor, null);
      answers.add(new Answer(pair, allowed, state, proved));
    }

    private void answer() {
      if (answers.isEmpty()) {
        return;
      }
      var answer = answers.remove(random.nextInt(answers.size()));
      if (now() - answer.proved().sentAt() > BOUND) {
        return;
      }
      sees(answer.state().revision());
      world.acme.fill(
          answer.pair().user(),
          Action.VIEW,
          answer.pair().dashboard(),
          answer.allowed(),
          answer.proved());
    }

    private void sees(long revision) {
      world.seen.seen("acme", NearWorld.at(revision));
    }

    // ---- what is given

    private void give() {
      var pair = pair();
      boolean latest = random.nextBoolean();
      var freshness = latest ? Freshness.asSeen() : Freshness.minimizeLatency();
      long seen =
          world
              .seen
              .highest("acme")
              .map(it -> it.token().asReadOnlyByteBuffer().getLong())
              .orElse(0L);
      var found = world.ask(pair.user(), pair.dashboard(), freshness);
      if (found.isEmpty()) {
        return;
      }
      given++;
      // Once a log was set back, what was seen of it is of no log.
      long floor = latest && log == 0 ? seen : 0;
      boolean right = history.isRight(pair, found.get(), now() - BOUND, now(), floor);
      assertTrue(
          right,
          () ->
              "seed %d: %s was said to be %s at %d, having seen %d, but it was%s"
                  .formatted(seed, pair, found.get(), now(), floor, history.dump(pair)));
    }
  }
}
