package dev.sightline.benchmarks.load;

import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** As many calls in flight as one says: each that ends makes room for the next. */
final class ClosedLoop<Q, S> {
  private final Caller caller;
  private final Kind<Q, S> kind;
  private final long end;
  private final CountDownLatch running;
  private final AtomicReference<@Nullable Status> failure = new AtomicReference<>();

  private ClosedLoop(Caller caller, Kind<Q, S> kind, int inFlight, long end) {
    this.caller = caller;
    this.kind = kind;
    this.end = end;
    this.running = new CountDownLatch(inFlight);
  }

  /**
   * Calls for a while, and waits for the last answers.
   *
   * @return how many calls were answered
   */
  static <Q, S> long run(Caller caller, Kind<Q, S> kind, int inFlight, Duration time)
      throws InterruptedException {
    return new ClosedLoop<>(caller, kind, inFlight, System.nanoTime() + time.toNanos())
        .run(inFlight);
  }

  private long run(int inFlight) throws InterruptedException {
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      lanes.add(new Lane(i * (kind.requests().size() / inFlight)));
    }
    lanes.forEach(Lane::next);
    running.await();
    Status failed = failure.get();
    if (failed != null) {
      throw failed.asRuntimeException();
    }
    return lanes.stream().mapToLong(lane -> lane.answered).sum();
  }

  /** One call after the other. What it counts is read once it has ended. */
  private final class Lane {
    private int at;
    private long answered;

    private Lane(int at) {
      this.at = at;
    }

    private void next() {
      at = kind.after(at);
      caller.call(kind, kind.requests().get(at), this::ended);
    }

    private void ended(Status status) {
      if (!status.isOk()) {
        failure.compareAndSet(null, status);
        running.countDown();
        return;
      }
      answered++;
      if (System.nanoTime() - end < 0) {
        next();
      } else {
        running.countDown();
      }
    }
  }
}
