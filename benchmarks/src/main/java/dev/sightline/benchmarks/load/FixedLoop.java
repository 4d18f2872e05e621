package dev.sightline.benchmarks.load;

import io.grpc.Status;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Every request of a kind once, so many in flight. */
final class FixedLoop<Q, S> {
  private final Caller caller;
  private final Kind<Q, S> kind;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch lanes;
  private final AtomicReference<@Nullable Status> failure = new AtomicReference<>();

  private FixedLoop(Caller caller, Kind<Q, S> kind, int inFlight) {
    this.caller = caller;
    this.kind = kind;
    this.lanes = new CountDownLatch(inFlight);
  }

  static <Q, S> void run(Caller caller, Kind<Q, S> kind, int inFlight) throws InterruptedException {
    var loop = new FixedLoop<>(caller, kind, inFlight);
    for (int i = 0; i < inFlight; i++) {
      loop.next();
    }
    loop.lanes.await();
    Status failed = loop.failure.get();
    if (failed != null) {
      throw failed.asRuntimeException();
    }
  }

  private void next() {
    int at = next.getAndIncrement();
    if (at < kind.requests().size()) {
      caller.call(kind, kind.requests().get(at), this::ended);
    } else {
      lanes.countDown();
    }
  }

  private void ended(Status status) {
    if (status.isOk()) {
      next();
    } else {
      failure.compareAndSet(null, status);
      lanes.countDown();
    }
  }
}
