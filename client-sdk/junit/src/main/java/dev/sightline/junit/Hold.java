package dev.sightline.junit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the servers of this process running. They start when one of those who hold them first needs
 * them, and stop when the last hold is closed: so runs of several engines in one process share
 * them.
 */
final class Hold implements AutoCloseable {
  private static final Held PROCESS = new Held(TestServers::start);

  private final Held held;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Hold(Held held) {
    this.held = held;
  }

  /** Holds the servers of this process. */
  static Hold take() {
    return PROCESS.take();
  }

  /**
   * The servers, which are started if they are not running.
   *
   * @throws IllegalStateException if the hold is closed: nobody would stop them again
   */
  TestServers servers() {
    if (closed.get()) {
      throw new IllegalStateException(
          "The tests have ended, and with them the service; ask for it while they run.");
    }
    return held.servers();
  }

  /** Closing again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      held.letGo();
    }
  }

  /** What is held, and by how many. */
  static final class Held {
    private final Supplier<TestServers> start;
    private int holds;
    private @Nullable TestServers running;

    Held(Supplier<TestServers> start) {
      this.start = start;
    }

    synchronized Hold take() {
      holds++;
      return new Hold(this);
    }

    private synchronized TestServers servers() {
      if (running == null) {
        running = start.get();
      }
      return running;
    }

    private synchronized void letGo() {
      holds--;
      if (holds == 0 && running != null) {
        running.close();
        running = null;
      }
    }
  }
}
