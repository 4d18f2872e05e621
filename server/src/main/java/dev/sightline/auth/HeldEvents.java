package dev.sightline.auth;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has come in for a call while something before it has to be waited for. Holds nothing most of
 * the time, which costs a caller one volatile read.
 *
 * <p>INVARIANT: while anything is held, events run on one virtual thread, in the order in which
 * they were added; {@code held} becomes null under the lock, and only when none is left.
 */
final class HeldEvents {
  private final Consumer<Throwable> failed;
  private volatile @Nullable Queue<Runnable> held;

  /**
   * @param failed is told what an event throws
   */
  HeldEvents(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  /** Whether events have to be {@linkplain #added added}; once false, stays so until a hold. */
  boolean any() {
    return held != null;
  }

  /** Begins to hold events; {@code first} is what has to wait. */
  void hold(Runnable first) {
    var events = new ArrayDeque<Runnable>();
    events.add(first);
    held = events;
    Thread.ofVirtual().name("held-call").start(this::runAll);
  }

  /** Adds an event behind what is held. False if nothing is held any more. */
  synchronized boolean added(Runnable event) {
    return held != null && held.add(event);
  }

  private void runAll() {
    for (Runnable event = next(); event != null; event = next()) {
      try {
        event.run();
      } catch (RuntimeException | Error e) {
        failed.accept(e);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable event = held == null ? null : held.poll();
    if (event == null) {
      held = null;
    }
    return event;
  }
}
