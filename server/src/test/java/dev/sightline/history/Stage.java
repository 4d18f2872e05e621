package dev.sightline.history;

import dev.sightline.client.Level;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * What faults happen to.
 *
 * @param remote the client in a process of its own
 * @param people all organizations; nobody else writes to the last
 * @param writers one for each node
 * @param newcomers makes a client of a node that knows nothing yet
 * @param rushed the node that is asked about the quiet organization without a pause; -1: none is
 */
record Stage(
    Cluster cluster,
    Judge judge,
    RemoteClient remote,
    List<People> people,
    List<Writer> writers,
    IntFunction<Asker> newcomers,
    AtomicInteger rushed) {
  private static final int PAUSE_NANOS = 4_000_000;

  Stage {
    people = List.copyOf(people);
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

  private People quiet() {
    return people.get(HistorySettings.QUIET);
  }

  /** Gives somebody a level in the quiet organization, by this node. */
  void give(int node, int user, int dashboard, Level level) {
    writers.get(node).give(quiet(), user, dashboard, level);
  }

  /**
   * Changes the quiet organization for good by this node, again and again, until it is told to
   * stop. What ends by itself is never answered by a node that does not know the time.
   */
  Writing writeMuch(int node) {
    return write(node, 0);
  }

  /** The same with a pause after each change, in bounds. */
  Writing write(int node, double pause) {
    return new Writing(() -> writers.get(node).giveAnyone(quiet()), bounds(pause));
  }

  /** Changes what is asked about most there, for good. */
  Writing writeFew(int node) {
    return new Writing(() -> writers.get(node).giveFew(quiet()), bounds(0.05));
  }

  /** The same, always for a while. */
  Writing writeForAWhile(int node) {
    return new Writing(() -> writers.get(node).giveFewForAWhile(quiet()), bounds(0.2));
  }

  /** Changes it, maybe for a while, and waits after each change until it is known everywhere. */
  Writing writeEverywhere(int node) {
    return new Writing(() -> writers.get(node).giveAnyoneEverywhere(quiet()), 0);
  }

  /**
   * Asks a node by a client that has just come, about all organizations at once. Others wait for
   * longer and longer before they try to connect again to a node that was gone.
   */
  Asking askAnew(int node, RandomGenerator random) {
    return new Asking(newcomers.apply(node), people, random);
  }

  /** Somebody who asks. */
  static final class Asking implements AutoCloseable {
    private final Asker asker;
    private final ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    private volatile boolean closed;

    private Asking(Asker asker, List<People> people, RandomGenerator random) {
      this.asker = asker;
      for (People each : people) {
        var own = new Random(random.nextLong());
        threads.execute(() -> ask(each, own));
      }
    }

    private void ask(People about, Random random) {
      while (!closed) {
        asker.ask(random, about.organization, about.population(), about.latest());
        LockSupport.parkNanos(random.nextInt(PAUSE_NANOS));
      }
    }

    /** Returns when all is answered that was asked. */
    @Override
    public void close() {
      closed = true;
      threads.close();
      asker.close();
    }
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
