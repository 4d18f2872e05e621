package dev.sightline.watch;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.watch.WatchEvent.CutOff;
import dev.sightline.watch.WatchEvent.Levels;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one watcher has still to be sent, in order and bounded.
 *
 * <p>Feeds {@link #offer}: they never wait. What finds the bound reached cuts the watcher off: what
 * is still here is dropped, the watcher is told from where to come back, and the stream ends. A
 * replay {@link #push}es: it waits for the watcher.
 *
 * <p>INVARIANT: {@code sentThrough} of a subscription is moved when a message is handed to the
 * wire, in the same turn of the lock. So where the watcher is told to go on is right behind what it
 * got.
 */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int MOST_BYTES = 4 << 20;

  /** Two graphs are kept for a step that waits; they share most of what they hold. */
  private static final int BYTES_OF_PARTS = 64 << 10;

  private static final Refusal TOO_SLOW =
      Refusal.of(
          Reason.WATCH_TOO_SLOW,
          "The watch did not keep up with what there was to tell; come back with the last cursor.");

  private final Wire wire;
  private final Encoder encoder;
  private final Executor threads;
  private final int mostWaiting;
  private final Runnable cutOff;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // What follows is guarded by the lock.
  private final Queue<Item> queue = new ArrayDeque<>(2);
  private final Set<Subscription> holding = new HashSet<>();
  private int waiting;
  private long waitingBytes;
  private boolean expanding;
  private volatile boolean closed;

  /**
   * @param threads for what may take long: deciding the pairs of large steps
   * @param mostWaiting more items than that cut the watcher off, as more than 4 MiB do
   * @param cutOff told, by some thread and outside of all locks, when the watcher was cut off
   */
  Outbox(Wire wire, Encoder encoder, Executor threads, int mostWaiting, Runnable cutOff) {
    this.wire = wire;
    this.encoder = encoder;
    this.threads = threads;
    this.mostWaiting = mostWaiting;
    this.cutOff = cutOff;
  }

  /** Something to be sent. */
  sealed interface Item {
    /** The subscription that it is about; null: the watch as a whole. */
    @Nullable Subscription of();

    /** One message, and up to where the watcher knows everything once it has it. */
    @SuppressWarnings("ArrayRecordComponent") // shared, never changed, never compared
    record Message(byte[] bytes, @Nullable Subscription of, @Nullable Cursor through)
        implements Item {}

    /** Messages that are made when there is room for them. */
    record Parts(Expansion expansion, Subscription of) implements Item {}
  }

  /** Adds something, or cuts the watcher off. Never waits. */
  void offer(Item item) {
    boolean tooSlow = false;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      waiting++;
      waitingBytes += bytes(item);
      if (waiting > mostWaiting || waitingBytes > MOST_BYTES) {
        tooSlow = true;
        cut(item);
      } else {
        Subscription of = item.of();
        Queue<Item> held = of == null ? null : of.held();
        (held == null ? queue : held).add(item);
        pump();
      }
    } finally {
      lock.unlock();
    }
    if (tooSlow) {
      cutOff.run();
    }
  }

  /**
   * Adds something once there is room, before what is held of the same subscription; false if
   * nobody reads any more.
   */
  boolean push(Item item) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && !queue.isEmpty()) {
        changed.await();
      }
      if (closed) {
        return false;
      }
      waiting++;
      waitingBytes += bytes(item);
      queue.add(item);
      pump();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins to hold what is offered for a subscription, behind what will be pushed for it.
   *
   * @param from up to where its watcher knows everything, if it begins there; null: it began before
   * @return false if nobody reads any more
   */
  boolean hold(Subscription subscription, @Nullable Cursor from) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (from != null) {
        subscription.sent(from);
      }
      subscription.holdFrom(new ArrayDeque<>());
      holding.add(subscription);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Sends what was held, and what comes from now on. */
  void release(Subscription subscription) {
    lock.lock();
    try {
      Queue<Item> held = subscription.held();
      if (held != null && !closed) {
        queue.addAll(held);
        pump();
      }
      subscription.holdFrom(null);
      holding.remove(subscription);
    } finally {
      lock.unlock();
    }
  }

  /** The wire may take more. */
  void ready() {
    lock.lock();
    try {
      pump();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream, unless it has ended. */
  void end(Refusal why) {
    lock.lock();
    try {
      if (!closed) {
        wire.end(why);
        drop();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream as the watcher wishes, unless it has ended. */
  void complete() {
    lock.lock();
    try {
      if (!closed) {
        wire.complete();
        drop();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads any more. */
  void close() {
    lock.lock();
    try {
      drop();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  private void pump() {
    boolean before = queue.isEmpty();
    while (!closed && !expanding && !queue.isEmpty() && wire.isReady()) {
      switch (queue.element()) {
        case Item.Message message -> {
          queue.remove();
          sent(message);
          send(message.bytes());
        }
        case Item.Parts parts -> {
          expanding = true;
          threads.execute(() -> expand(parts));
        }
      }
    }
    if (!before && queue.isEmpty()) {
      changed.signalAll();
    }
  }

  /** A stream that fails is its own watcher's affair. */
  private void send(byte[] message) {
    try {
      wire.send(message);
    } catch (RuntimeException e) {
      LOG.debug("a watcher is gone: {}", e.getMessage());
      drop();
    }
  }

  private void sent(Item.Message message) {
    waiting--;
    waitingBytes -= message.bytes().length;
    Subscription of = message.of();
    Cursor through = message.through();
    if (of != null && through != null) {
      of.sent(through);
    }
  }

  /** Decides outside of the lock: it may take long. Only this thread uses the expansion then. */
  private void expand(Item.Parts parts) {
    while (true) {
      Levels part = parts.expansion().next();
      byte[] message = part == null ? null : encoder.encode(part);
      lock.lock();
      try {
        if (closed) {
          return;
        }
        if (part == null || message == null) {
          parts.of().sent(parts.expansion().end());
          waiting--;
          waitingBytes -= BYTES_OF_PARTS;
          queue.remove();
          expanding = false;
          pump();
          changed.signalAll();
          return;
        }
        parts.of().sent(part.cursor());
        send(message);
        if (closed || !wire.isReady()) {
          expanding = false;
          return;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void cut(Item last) {
    Map<OrganizationId, Cursor> cursors = new HashMap<>();
    queue.forEach(item -> addCursor(cursors, item.of()));
    holding.forEach(subscription -> addCursor(cursors, subscription));
    addCursor(cursors, last.of());
    send(encoder.encode(new CutOff(cursors)));
    wire.end(TOO_SLOW);
    drop();
  }

  private static void addCursor(Map<OrganizationId, Cursor> cursors, @Nullable Subscription of) {
    if (of != null) {
      cursors.put(of.organization(), of.sentThrough());
    }
  }

  private void drop() {
    closed = true;
    queue.clear();
    holding.forEach(subscription -> subscription.holdFrom(null));
    holding.clear();
    changed.signalAll();
  }

  private static int bytes(Item item) {
    return item instanceof Item.Message message ? message.bytes().length : BYTES_OF_PARTS;
  }
}
