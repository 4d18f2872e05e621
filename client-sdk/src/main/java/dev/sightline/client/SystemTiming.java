package dev.sightline.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The machine's clock, and the timer that all futures share: no thread is made for it. */
final class SystemTiming implements Timing {
  private static final Executor AT_ONCE = Runnable::run;

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public void later(long nanos, Runnable what) {
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, AT_ONCE).execute(what);
  }
}
