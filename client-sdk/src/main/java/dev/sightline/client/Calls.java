package dev.sightline.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one channel of a client, and what all calls on it share. Owns the channel, no thread. */
final class Calls {
  private final ManagedChannel channel;
  private final CallOptions options;
  private final Timing timing = new SystemTiming();
  private final RetryBudget budget = new RetryBudget();
  private final Set<LongLived> longLived = ConcurrentHashMap.newKeySet();
  private final @Nullable CheckStream checks;
  private volatile boolean closing;

  /**
   * Owns the channel.
   *
   * @param streamsChecks whether checks go over one stream
   */
  Calls(ManagedChannel channel, CallOptions options, boolean streamsChecks) {
    this.channel = channel;
    this.options = options;
    this.checks = streamsChecks ? new CheckStream(this) : null;
    if (checks != null) {
      longLived.add(checks);
    }
  }

  /** The stream that checks go over, if they do. */
  @Nullable CheckStream checks() {
    return checks;
  }

  <Q, A> CompletableFuture<Reply<A>> call(
      MethodDescriptor<Q, A> method, Q request, String organization, Duration within) {
    return call(method, request, organization, within, true);
  }

  /** What is not to happen twice, and has no key that would see to it. */
  <Q, A> CompletableFuture<Reply<A>> callOnce(
      MethodDescriptor<Q, A> method, Q request, String organization, Duration within) {
    return call(method, request, organization, within, false);
  }

  private <Q, A> CompletableFuture<Reply<A>> call(
      MethodDescriptor<Q, A> method,
      Q request,
      String organization,
      Duration within,
      boolean mayRepeat) {
    if (channel.isShutdown()) {
      return CompletableFuture.failedFuture(closed());
    }
    var deadline = Deadline.after(within.toNanos(), TimeUnit.NANOSECONDS);
    return new Attempts<>(this, method, request, organization, deadline, mayRepeat).begin();
  }

  private static SightlineException closed() {
    return SightlineException.of(Code.CANCELLED, "This client is closed; connect another.");
  }

  /**
   * A call without a deadline.
   *
   * @param organization whom it is about, or empty
   */
  <Q, A> ClientCall<Q, A> open(MethodDescriptor<Q, A> method, String organization) {
    return channel.newCall(method, about(organization));
  }

  <Q, A> ClientCall<Q, A> open(
      MethodDescriptor<Q, A> method, String organization, Deadline deadline) {
    return channel.newCall(method, about(organization).withDeadline(deadline));
  }

  /** An organization's calls go to the node that it belongs to. */
  private CallOptions about(String organization) {
    return organization.isEmpty()
        ? options
        : options.withOption(Rendezvous.ORGANIZATION, organization);
  }

  /** Whoever waits for a connection waits no longer than this caller does. */
  void connectNow() {
    channel.resetConnectBackoff();
  }

  /**
   * Ends it when this client is closed.
   *
   * @throws SightlineException if that has happened
   */
  void add(LongLived it) {
    longLived.add(it);
    if (closing) {
      longLived.remove(it);
      throw closed();
    }
  }

  void remove(LongLived it) {
    longLived.remove(it);
  }

  boolean mayRepeat() {
    return !channel.isShutdown() && budget.spend();
  }

  void answered() {
    budget.answered();
  }

  void later(long nanos, Runnable what) {
    timing.later(nanos, what);
  }

  /**
   * Lets calls under way end, for so long; then ends them. What works in the background goes first:
   * what it has begun may need calls.
   */
  void close(Duration grace) {
    closing = true;
    long begin = System.nanoTime();
    var running = List.copyOf(longLived);
    running.forEach(LongLived::stop);
    running.forEach(it -> it.awaitEnd(left(grace, begin)));
    channel.shutdown();
    try {
      if (!channel.awaitTermination(left(grace, begin).toNanos(), TimeUnit.NANOSECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException _) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static Duration left(Duration grace, long begin) {
    return grace.minusNanos(System.nanoTime() - begin);
  }
}
