package dev.sightline.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sightline.graph.LevelChange;
import dev.sightline.model.Level;
import dev.sightline.model.Refusal;
import dev.sightline.watch.World.Pair;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A watcher that rebuilds the levels from what it is told, and notes at once what cannot be. Its
 * connection may be slow, cut, and opened again on any node.
 */
final class TestWatcher {
  private static final int MOST_WAITING = 6;

  private final World world;
  final Filter filter;
  private final Map<Pair, Level> levels = new TreeMap<>();
  private @Nullable Cursor cursor;
  private @Nullable Throwable failure;
  private @Nullable Connection connection;
  private int told;
  int partly;
  int cutOffs;
  int resyncs;

  TestWatcher(World world, Filter filter) {
    this.world = world;
    this.filter = filter;
  }

  boolean isOpen() {
    Connection open = connection;
    return open != null && !open.over;
  }

  /** Comes (back) to a node with what it knows. */
  synchronized void open(TestNode node, boolean fast) {
    Connection opened = new Connection(node, cursor, fast);
    connection = opened;
    opened.join();
  }

  /** Claims to have been told up to here. */
  synchronized void comesWith(Cursor claimed) {
    cursor = claimed;
  }

  int resyncs() {
    return resyncs;
  }

  @Nullable Cursor cursor() {
    return cursor;
  }

  /** Begins at a cursor as if it had listed the levels there. */
  void beginAt(Cursor begin) {
    cursor = begin;
    levels.clear();
    levels.putAll(world.levels(begin, filter));
  }

  /** The connection breaks: nothing more comes, and nobody says so. */
  void cut() {
    Connection open = connection;
    if (open != null) {
      open.breakOff();
    }
    connection = null;
  }

  /** Lets so many messages come in. */
  void takes(int messages) {
    Connection open = connection;
    if (open != null) {
      open.takes(messages);
    }
  }

  /** Waits until everything that was committed has come in, and compares; false if cut off. */
  boolean knowsEverything() {
    Connection open = Objects.requireNonNull(connection);
    open.takes(Integer.MAX_VALUE);
    Snapshot now;
    try {
      open.joined.get(60, TimeUnit.SECONDS);
      now = open.node.feed.proven().get(60, TimeUnit.SECONDS);
      open.outbox.offer(new Outbox.Item.Message(LAST, null, null));
      open.last.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throwFailure();
      return false;
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("a watcher did not come to the end", e);
    }
    throwFailure();
    Cursor end = new Cursor(now.revision(), 0, now.passedMicros(), null);
    if (!filter.revocationsOnly()) {
      assertEquals(world.naiveLevels(end, filter), levels, "levels rebuilt at the end");
    }
    return true;
  }

  void throwFailure() {
    if (failure != null) {
      throw new AssertionError(failure.getMessage(), failure);
    }
  }

  private static final byte[] LAST = new byte[0];

  /** One connection to a node. */
  private final class Connection implements Wire, Joining.Watcher {
    private final TestNode node;
    private final @Nullable Cursor from;
    private final Outbox outbox;
    private final Subscription subscription;
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final CompletableFuture<Void> last = new CompletableFuture<>();
    private volatile int room;
    private volatile boolean over;

    Connection(TestNode node, @Nullable Cursor from, boolean fast) {
      this.node = node;
      this.from = from;
      this.room = fast ? Integer.MAX_VALUE : 0;
      outbox = new Outbox(this, node.events, TestNode.THREADS, MOST_WAITING, this::leave);
      subscription = new Subscription(world.id(), filter, outbox, from, null);
    }

    void join() {
      TestNode.THREADS.execute(
          new Joining(
              this,
              node.feed,
              subscription,
              world,
              node.events,
              node.limits,
              new Semaphore(1),
              from,
              true,
              1_000_000));
    }

    private void leave() {
      node.feed.leave(subscription);
    }

    void breakOff() {
      synchronized (TestWatcher.this) {
        over = true;
      }
      outbox.close();
      leave();
    }

    void takes(int messages) {
      room = messages == Integer.MAX_VALUE ? messages : room + messages;
      outbox.ready();
    }

    @Override
    public boolean isReady() {
      return room > 0;
    }

    @Override
    public void send(byte[] message) {
      synchronized (TestWatcher.this) {
        if (over) {
          return;
        }
        if (room != Integer.MAX_VALUE) {
          room--;
        }
        if (message.length == 0) {
          last.complete(null);
          return;
        }
        try {
          take(node.events.decoded(message), from);
        } catch (AssertionError | RuntimeException e) {
          failure = failure == null ? e : failure;
        }
      }
    }

    @Override
    public void end(Refusal why) {
      over = true;
      joined.completeExceptionally(new AssertionError(why.message()));
      last.completeExceptionally(new AssertionError(why.message()));
    }

    @Override
    public void complete() {
      over = true;
    }

    @Override
    public void joined() {
      joined.complete(null);
    }

    @Override
    public void failed(Throwable why) {
      failure = failure == null ? why : failure;
      joined.completeExceptionally(why);
    }
  }

  private void take(WatchEvent event, @Nullable Cursor from) {
    switch (event) {
      case WatchEvent.Started(var _, Cursor at) -> {
        if (from == null) {
          beginAt(at);
        } else {
          assertEquals(from, at, "a watch goes on where it was");
        }
        cursor = at;
      }
      case WatchEvent.Levels step -> take(step);
      case WatchEvent.Wide wide -> beginAt(wide.step().position());
      case WatchEvent.Progress(var _, Cursor at) -> moveTo(at);
      case WatchEvent.Resync(var _, Cursor at, var _) -> {
        resyncs++;
        beginAt(at);
      }
      case WatchEvent.Heartbeat _ -> fail("nobody asked for a heartbeat");
      case WatchEvent.Confirm _ -> fail("nobody said that it holds answers");
      case WatchEvent.CutOff(var cursors) -> {
        cutOffs++;
        Cursor goOn = cursors.get(world.id());
        if (cursor == null) {
          beginAt(goOn);
        }
        if (!goOn.equals(cursor)) {
          // Right behind what came in, but for what turned out to be nothing for this watcher.
          assertEquals(null, goOn.within(), "cut off within a step");
          moveTo(goOn);
        }
      }
    }
  }

  private void take(WatchEvent.Levels step) {
    for (LevelChange change : step.changes()) {
      Pair pair = new Pair(change.user(), change.dashboard());
      assertTrue(World.isWanted(filter, pair), "only what was asked for: " + change);
      assertNotEquals(change.before(), change.after());
      if (filter.revocationsOnly()) {
        assertTrue(change.isRevocation(), "only downwards: " + change);
      } else {
        Level known = levels.getOrDefault(pair, Level.NONE);
        assertEquals(known, change.before(), "nothing missed, nothing twice: " + change);
      }
      levels.put(pair, change.after());
      if (change.after() == Level.NONE) {
        levels.remove(pair);
      }
    }
    boolean goesOn = cursor != null && cursor.within() != null;
    assertFalse(step.changes().isEmpty() && !goesOn, "something has changed");
    cursor = step.cursor();
    if (step.more()) {
      partly++;
    } else {
      moveTo(step.cursor());
    }
  }

  private void moveTo(Cursor at) {
    cursor = at;
    if (filter.revocationsOnly()) {
      return;
    }
    assertEquals(world.levels(at, filter), levels, "levels rebuilt at " + at);
    if (++told % 16 == 0) {
      assertEquals(world.naiveLevels(at, filter), levels, "levels rebuilt at " + at);
    }
  }
}
