package dev.sightline.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A watch that runs: its handler is told every event, once each and in the order of each
 * organization, over lost connections and restarts of the service. Safe for threads.
 *
 * <p>It ends when it is closed, when its client is closed, when the handler throws, or when the
 * service refuses it for good, as {@link #done} tells. If nobody has asked {@code done()}, a
 * failure goes to the uncaught-exception handler, as that of any thread. What is not for good, such
 * as a service that is not there, it lives through; meanwhile {@link #staleness} grows.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="watch"}
 */
public final class Watch implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final WatchLoop loop;

  Watch(WatchLoop loop) {
    this.loop = loop;
  }

  /**
   * How far the handler has been told: events that it has returned from, and no others. A watch
   * that begins {@link WatchBuilder#after} these goes on exactly there.
   */
  public Cursors cursors() {
    return loop.cursors();
  }

  /**
   * How old at most the handler's knowledge is: everything that was committed longer ago than this
   * has been handed over. Counted on this machine's clock from when the last ping that was answered
   * was sent; it grows while the connection is lost. Empty until the first answer.
   */
  public Optional<Duration> staleness() {
    return loop.staleness();
  }

  /**
   * Completes when everything that was committed before this call has been handed over, and the
   * handler has returned from it; over reconnects, too. Fails with {@link SightlineException} if
   * the watch ends before. Chain nothing to it in the handler's own turn that the handler waits
   * for.
   */
  public CompletableFuture<Void> upToDate() {
    return loop.upToDate();
  }

  /**
   * Waits until everything that was committed before this call has been handed over.
   *
   * @throws SightlineException DEADLINE_EXCEEDED if that takes longer; what the watch ended with,
   *     if it has
   * @throws IllegalStateException in the handler, which would wait for itself
   */
  public void awaitUpToDate(Duration within) {
    if (loop.isOwnThread()) {
      throw new IllegalStateException(
          "The handler would wait for itself; call awaitUpToDate on another thread.");
    }
    var late =
        SightlineException.of(
            Code.DEADLINE_EXCEEDED, "The watch was not up to date within " + within + ".");
    var upToDate = loop.upToDate();
    CompletableFuture.delayedExecutor(within.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
        .execute(() -> upToDate.completeExceptionally(late));
    Blocking.await(upToDate);
  }

  /**
   * Completes when the watch has ended: normally if it was closed, else with what the handler
   * threw, or the {@link SightlineException} that the service refused it with.
   */
  public CompletableFuture<Void> done() {
    return loop.done();
  }

  /**
   * Ends the watch. The handler may finish the event it is at, for up to five seconds, and is then
   * interrupted; it is told nothing after this has returned. In the handler this returns at once,
   * and the event that it is at is the last.
   */
  @Override
  public void close() {
    loop.stop();
    loop.awaitEnd(GRACE);
  }
}
