package dev.sightline.benchmarks.load;

import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Calls at a fixed rate, whatever becomes of them. A call's time counts from when it was due, not
 * from when it was sent: if the server stalls, all who would have called meanwhile count, too.
 */
final class OpenLoop<Q, S> {
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

  private final Caller caller;
  private final Kind<Q, S> kind;
  private final int calls;
  private final double nanosApart;
  private final CountDownLatch open;
  private final Histogram latencies = new ConcurrentHistogram(LONGEST, 3);
  private final AtomicReference<@Nullable Status> failure = new AtomicReference<>();

  private OpenLoop(Caller caller, Kind<Q, S> kind, double perSecond, Duration time) {
    this.caller = caller;
    this.kind = kind;
    this.calls = (int) (perSecond * time.toNanos() / TimeUnit.SECONDS.toNanos(1));
    this.nanosApart = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.open = new CountDownLatch(calls);
  }

  /** Calls for a while; gives the times in nanoseconds. */
  static <Q, S> Histogram run(Caller caller, Kind<Q, S> kind, double perSecond, Duration time)
      throws InterruptedException {
    return new OpenLoop<>(caller, kind, perSecond, time).run();
  }

  private Histogram run() throws InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      long due = begin + (long) (i * nanosApart);
      awaitTime(due);
      Q request = kind.requests().get(i % kind.requests().size());
      caller.call(kind, request, status -> ended(due, status));
    }
    open.await();
    Status failed = failure.get();
    if (failed != null) {
      throw failed.asRuntimeException();
    }
    return latencies;
  }

  private static void awaitTime(long due) {
    for (long left; (left = due - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
  }

  private void ended(long due, Status status) {
    if (status.isOk()) {
      latencies.recordValue(Math.min(LONGEST, System.nanoTime() - due));
    } else {
      failure.compareAndSet(null, status);
    }
    open.countDown();
  }
}
