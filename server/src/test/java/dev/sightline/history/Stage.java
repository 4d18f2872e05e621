package dev.sightline.history;

import dev.sightline.client.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What faults happen to.
 *
 * @param remote the client in a process of its own
 * @param quiet an organization that nobody else writes to
 * @param writers one for each node
 * @param rushed the node that is asked about the quiet organization without a pause; -1: none is
 */
record Stage(
    Cluster cluster,
    Judge judge,
    RemoteClient remote,
    People quiet,
    List<Writer> writers,
    AtomicInteger rushed) {
  Stage {
    writers = List.copyOf(writers);
  }

  /** Lets so much time pass: what faults are made of. */
  void pass(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (end - System.nanoTime() > 0) {
      LockSupport.parkNanos(end - System.nanoTime());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /** So many bounds. */
  long bounds(double count) {
    return (long) (cluster.bound().toMillis() * count);
  }

  /** Gives somebody a level in the quiet organization, by this node. */
  void give(int node, int user, int dashboard, Level level) {
    writers.get(node).give(quiet, user, dashboard, level);
  }

  /** Changes the quiet organization by this node, again and again, until it is told to stop. */
  Writing writeMuch(int node) {
    return write(node, 0);
  }

  /** The same with a pause after each change, in bounds. */
  Writing write(int node, double pause) {
    return new Writing(() -> writers.get(node).giveAnyone(quiet, false), bounds(pause));
  }

  /** The same; waits after each change until it is known everywhere. */
  Writing writeEverywhere(int node) {
    return new Writing(() -> writers.get(node).giveAnyone(quiet, true), 0);
  }

  /** Somebody who writes. */
  static final class Writing implements AutoCloseable {
    private volatile boolean closed;

    private Writing(Runnable change, long pauseMillis) {
      Thread.ofPlatform().daemon().start(() -> write(change, pauseMillis));
    }

    private void write(Runnable change, long pauseMillis) {
      while (!closed) {
        change.run();
        LockSupport.parkNanos(pauseMillis * 1_000_000);
      }
    }

    /** Begins no other write; the last may take as long as its node is cut off. */
    @Override
    public void close() {
      closed = true;
    }
  }
}
