package dev.sightline.history;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What faults happen to.
 *
 * @param remote the client in a process of its own
 */
record Stage(Cluster cluster, Judge judge, RemoteClient remote) {
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

  List<Line> toDatabase() {
    return cluster.toDatabase();
  }
}
