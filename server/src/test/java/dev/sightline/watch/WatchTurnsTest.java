package dev.sightline.watch;

import static dev.sightline.watch.GrowingLog.EXACT;
import static dev.sightline.watch.GrowingLog.KNOWN;
import static dev.sightline.watch.GrowingLog.ORGANIZATION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.model.Refusal;
import dev.sightline.watch.Outbox.Item;
import dev.sightline.watch.WatchEvent.CutOff;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A watcher comes, reads, leaves and is cut off while others write, in every order in which the
 * parts of it can happen: it is told each step once, in order, up to where it is told.
 */
class WatchTurnsTest {
  private static final int PLENTY = 1_000;

  /** One watcher of a log, and its stream. */
  private static final class Watching implements Wire, Joining.Watcher {
    private final Turns turns;
    private final GrowingLog log;
    private final @Nullable Cursor from;
    private final Outbox outbox;
    private final Subscription subscription;
    private final List<String> told = new ArrayList<>();
    private int room;
    private boolean joined;
    private boolean hasTried;
    private boolean left;
    private @Nullable Throwable failure;
    private @Nullable Cursor cutAt;

    Watching(Turns turns, GrowingLog log, @Nullable Cursor from, int mostWaiting, int room) {
      this.turns = turns;
      this.log = log;
      this.from = from;
      this.room = room;
      this.outbox = new Outbox(this, this::encode, turns, mostWaiting, this::leave);
      this.subscription = new Subscription(ORGANIZATION, EXACT, outbox, from, null);
    }

    private byte[] encode(WatchEvent event) {
      turns.pause();
      if (event instanceof CutOff(var cursors)) {
        cutAt = cursors.get(ORGANIZATION);
      }
      return GrowingLog.text(event);
    }

    void join() {
      new Joining(
              this,
              log.feed,
              subscription,
              log,
              this::encode,
              Limits.USUAL,
              new Semaphore(1),
              from,
              true,
              0)
          .run();
      hasTried = true;
    }

    /** Takes so many messages more. */
    void take(int more) {
      room += more;
      outbox.ready();
    }

    /** Says nothing, but takes room. */
    void beatEmptily() {
      outbox.offer(new Item.Message("beat@0".getBytes(UTF_8), null, null));
    }

    void close() {
      outbox.close();
      left = true;
      turns.pause();
      leave();
    }

    private void leave() {
      log.feed.leave(subscription);
    }

    /** Says what has been told by now: everything that was committed before it is proved. */
    void beat() {
      if (joined) {
        int revision = log.committedBefore(log.feed.provenAsOf());
        turns.pause();
        byte[] beat = ("beat@" + revision).getBytes(UTF_8);
        outbox.offer(new Item.Message(beat, null, null));
      }
    }

    @Override
    public void joined() {
      turns.pause();
      joined = true;
      beat();
    }

    @Override
    public void failed(Throwable why) {
      failure = why;
    }

    @Override
    public boolean isReady() {
      return room > 0;
    }

    @Override
    public void send(byte[] message) {
      turns.pause();
      if (left) {
        // Whoever sends it may catch what is thrown.
        failure = new AssertionError("something is sent after the end");
      }
      room--;
      told.add(new String(message, UTF_8));
    }

    @Override
    public void end(Refusal why) {
      // The message before it says how.
    }

    @Override
    public void complete() {}

    /** Without heartbeats, each of which must be true. */
    List<String> told() {
      int through = 0;
      List<String> steps = new ArrayList<>();
      for (String one : told) {
        int revision = Integer.parseInt(one.substring(one.indexOf('@') + 1));
        if (one.startsWith("beat")) {
          assertTrue(revision <= through, told::toString);
        } else {
          through = revision;
          steps.add(one);
        }
      }
      return steps;
    }

    /** Where it began, as it was told. */
    int began() {
      String first = told().getFirst();
      assertTrue(first.startsWith("from@"), first);
      return Integer.parseInt(first.substring("from@".length()));
    }

    int subscriptions() {
      return log.feed.subscriptions().join();
    }
  }

  private static GrowingLog log(Turns turns) {
    return new GrowingLog(
        event -> {
          turns.pause();
          return GrowingLog.text(event);
        },
        turns,
        turns::pause);
  }

  private static Runnable commits(GrowingLog log, int revisions) {
    return () -> {
      for (int i = 0; i < revisions; i++) {
        log.commit();
      }
    };
  }

  /** What a watcher is told that goes on from one revision to another. */
  private static List<String> steps(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(revision -> (revision == from ? "from@" : "") + revision)
        .toList();
  }

  private static void assertToldAll(Turns turns, Watching watching, int from) {
    turns.inOneOrder(() -> watching.take(PLENTY), watching.log::prove);
    assertNull(watching.failure);
    assertTrue(watching.joined && watching.hasTried, "is not let in");
    assertEquals(steps(from, watching.log.head()), watching.told());
    turns.inOneOrder(() -> assertEquals(1, watching.subscriptions()));
  }

  /** Its joining has ended, one way or the other, and of all who were let in only others stay. */
  private static void assertEndedAndForgotten(Turns turns, Watching watching, int others) {
    turns.inOneOrder(() -> watching.take(PLENTY), watching.log::prove);
    assertNull(watching.failure);
    assertTrue(watching.hasTried, "waits for ever");
    turns.inOneOrder(() -> assertEquals(others, watching.subscriptions(), "stays for ever"));
  }

  /** It comes back with the cursor that it was given, and is told the rest. */
  private static void assertToldTheRest(Turns turns, Watching cutOff, Cursor at) {
    assertEndedAndForgotten(turns, cutOff, 0);
    int through = (int) at.revision();
    assertTrue(through >= KNOWN && through <= cutOff.log.head(), at::toString);
    List<String> told = cutOff.told();
    assertEquals("cut@" + through, told.getLast());
    if (told.size() > 1) {
      assertEquals(steps(cutOff.began(), through), told.subList(0, told.size() - 1));
    }
    Watching again = new Watching(turns, cutOff.log, at, PLENTY, PLENTY);
    turns.inOneOrder(again::join);
    assertToldAll(turns, again, through);
  }

  @Test
  void who_goes_on_from_a_cursor_is_told_every_step_once() {
    Turns.inEveryOrder(
        2,
        turns -> {
          GrowingLog log = log(turns);
          Watching watching = new Watching(turns, log, GrowingLog.cursor(KNOWN), PLENTY, PLENTY);
          turns.run(watching::join, commits(log, 2));
          assertToldAll(turns, watching, KNOWN);
        });
  }

  @Test
  void who_begins_now_is_told_every_step_from_there_once() {
    Turns.inEveryOrder(
        2,
        turns -> {
          GrowingLog log = log(turns);
          Watching watching = new Watching(turns, log, null, PLENTY, PLENTY);
          turns.run(watching::join, commits(log, 2));
          int from = watching.began();
          assertTrue(from > KNOWN);
          assertToldAll(turns, watching, from);
        });
  }

  @Test
  void what_is_written_here_and_elsewhere_is_told_once_and_before_a_heartbeat_says_so() {
    Turns.inEveryOrder(
        1,
        turns -> {
          GrowingLog log = log(turns);
          Watching watching = new Watching(turns, log, GrowingLog.cursor(KNOWN), PLENTY, PLENTY);
          turns.run(
              watching::join,
              commits(log, 1),
              () -> {
                log.commitElsewhere();
                log.prove();
                watching.beat();
              });
          assertToldAll(turns, watching, KNOWN);
        });
  }

  @Test
  void who_is_cut_off_is_told_the_rest_when_it_comes_back() {
    int cut =
        cutOffInEveryOrder(
            GrowingLog.cursor(KNOWN),
            0,
            watching -> {
              watching.take(1);
              watching.take(1);
            });
    assertTrue(cut > 100, () -> cut + " were cut off");
  }

  @Test
  void who_is_cut_off_at_its_beginning_is_told_the_rest_when_it_comes_back() {
    int cut = cutOffInEveryOrder(null, 0, watching -> watching.take(1));
    assertTrue(cut > 100, () -> cut + " were cut off");
  }

  @Test
  void who_is_cut_off_by_a_heartbeat_is_told_the_rest_when_it_comes_back() {
    int cut = cutOffInEveryOrder(GrowingLog.cursor(KNOWN), 2, Watching::beatEmptily);
    assertTrue(cut > 100, () -> cut + " were cut off");
  }

  /** How many were cut off. */
  private static int cutOffInEveryOrder(
      @Nullable Cursor from, int room, Consumer<Watching> reader) {
    var cut = new AtomicInteger();
    Turns.inEveryOrder(
        1,
        turns -> {
          GrowingLog log = log(turns);
          Watching watching = new Watching(turns, log, from, 2, room);
          turns.run(watching::join, commits(log, 3), () -> reader.accept(watching));
          turns.inOneOrder(() -> watching.take(PLENTY));
          Cursor at = watching.cutAt;
          if (at == null) {
            assertToldAll(turns, watching, watching.began());
          } else {
            cut.incrementAndGet();
            assertToldTheRest(turns, watching, at);
          }
        });
    return cut.get();
  }

  @Test
  void who_leaves_unread_is_told_nothing_more_and_is_forgotten() {
    leavesInEveryOrder(1);
  }

  @Test
  void who_leaves_is_told_nothing_more_and_is_forgotten() {
    leavesInEveryOrder(PLENTY);
  }

  private static void leavesInEveryOrder(int room) {
    Turns.inEveryOrder(
        1,
        turns -> {
          GrowingLog log = log(turns);
          Watching watching = new Watching(turns, log, GrowingLog.cursor(KNOWN), 1, room);
          turns.run(watching::join, commits(log, 2), watching::close);
          assertEndedAndForgotten(turns, watching, 0);
          List<String> told = watching.told();
          told.removeIf(one -> one.startsWith("cut"));
          assertEquals(steps(KNOWN, log.head()).subList(0, told.size()), told);
        });
  }

  @Test
  void who_stays_while_another_leaves_is_told_every_step_once() {
    Turns.inEveryOrder(
        2,
        turns -> {
          GrowingLog log = log(turns);
          Watching staying = new Watching(turns, log, GrowingLog.cursor(KNOWN), PLENTY, PLENTY);
          Watching leaving = new Watching(turns, log, GrowingLog.cursor(KNOWN), PLENTY, PLENTY);
          turns.inOneOrder(leaving::join, staying::join);
          turns.run(commits(log, 2), leaving::close);
          assertEndedAndForgotten(turns, leaving, 1);
          assertToldAll(turns, staying, KNOWN);
        });
  }
}
