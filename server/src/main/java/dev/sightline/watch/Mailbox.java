package dev.sightline.watch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does things one after the other, in the order in which they were put in, on a thread of an
 * executor that is held only while there is something to do.
 */
final class Mailbox implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final Executor threads;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  Mailbox(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable work) {
    waiting.add(work);
    if (size.getAndIncrement() == 0) {
      threads.execute(this::doAll);
    }
  }

  private void doAll() {
    do {
      Runnable work = waiting.remove();
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        LOG.error("something about a watch failed", e);
      }
    } while (size.decrementAndGet() > 0);
  }
}
