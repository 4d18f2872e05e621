package dev.sightline.rpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends a stream no faster than its reader takes it: the sender waits, so it must not be an event
 * loop.
 */
final class Backpressure<T> {
  private final ServerCallStreamObserver<T> observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private Backpressure(ServerCallStreamObserver<T> observer) {
    this.observer = observer;
    observer.setOnReadyHandler(this::wake);
    observer.setOnCancelHandler(this::wake);
  }

  /** Must be called before the service method returns. */
  static <T> Backpressure<T> on(StreamObserver<T> observer) {
    return new Backpressure<>((ServerCallStreamObserver<T>) observer);
  }

  /** Waits until the reader has room. Ends the work if nobody reads any more. */
  void awaitReady() throws InterruptedException {
    lock.lock();
    try {
      while (!observer.isReady()) {
        if (observer.isCancelled()) {
          throw Status.CANCELLED.withDescription("The reader is gone.").asRuntimeException();
        }
        // Looks again by itself now and then: a wake-up may come before the wait.
        var _ = changed.await(100, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  void send(T message) {
    observer.onNext(message);
  }

  void complete() {
    observer.onCompleted();
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
