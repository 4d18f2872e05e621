package dev.sightline.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The one channel of a client, and what all calls on it share. Owns the channel, no thread. */
final class Calls {
  private static final Executor AT_ONCE = Runnable::run;

  private final ManagedChannel channel;
  private final CallOptions options;
  private final RetryBudget budget = new RetryBudget();

  Calls(ManagedChannel channel, CallOptions options) {
    this.channel = channel;
    this.options = options;
  }

  <Q, A> CompletableFuture<Reply<A>> call(
      MethodDescriptor<Q, A> method, Q request, Duration within) {
    if (channel.isShutdown()) {
      return CompletableFuture.failedFuture(
          SightlineException.of(Code.CANCELLED, "This client is closed; connect another."));
    }
    var deadline = Deadline.after(within.toNanos(), TimeUnit.NANOSECONDS);
    return new Attempts<>(this, method, request, deadline).begin();
  }

  <Q, A> ClientCall<Q, A> open(MethodDescriptor<Q, A> method, Deadline deadline) {
    return channel.newCall(method, options.withDeadline(deadline));
  }

  boolean mayRepeat() {
    return !channel.isShutdown() && budget.spend();
  }

  void answered() {
    budget.answered();
  }

  void later(long nanos, Runnable what) {
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, AT_ONCE).execute(what);
  }

  /** Lets calls under way end, for so long; then ends them. */
  void close(Duration grace) {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException _) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
