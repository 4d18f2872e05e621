package dev.sightline.history;

import dev.sightline.client.Level;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * What faults happen to.
 *
 * @param remote the client in a process of its own
 * @param quiet an organization that nobody else writes to
 * @param writers one for each node
 */
record Stage(
    Cluster cluster, Judge judge, RemoteClient remote, People quiet, List<Writer> writers) {
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

  /** Changes the quiet organization by this node, as often as it can be done in this time. */
  void writeMuch(int node, long millis, RandomGenerator random) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (end - System.nanoTime() > 0) {
      Level level = random.nextBoolean() ? Level.EDITOR : Level.VIEWER;
      give(
          node,
          1 + random.nextInt(People.USERS - 1),
          1 + random.nextInt(People.DASHBOARDS),
          level);
    }
  }
}
