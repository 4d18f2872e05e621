package dev.sightline.rpc;

import dev.sightline.cache.Fresh;
import dev.sightline.cache.Graphs;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.Requirement;
import dev.sightline.cache.RevisionLog;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.StoreUnavailable;
import dev.sightline.v1.Consistency;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How calls are served: at once on the event loop where nothing has to be waited for, else on a
 * virtual thread.
 */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final Refusal TOOK_TOO_LONG =
      Refusal.of(
          Reason.NOT_FRESH,
          "What this was decided on got too old before the answer was ready; ask for less at once,"
              + " or again.");
  private static final Refusal AWAY =
      Refusal.of(Reason.STORE_UNAVAILABLE, "The database is away; try again.");

  private final ExecutorService virtualThreads;
  private final Graphs graphs;

  Calls(ExecutorService virtualThreads, Graphs graphs) {
    this.virtualThreads = virtualThreads;
    this.graphs = graphs;
  }

  Executor virtualThreads() {
    return virtualThreads;
  }

  /** Makes an answer, and may wait for it. */
  @FunctionalInterface
  interface Answer<T> {
    T make() throws Exception;
  }

  /** Does something, and may wait for it. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Answers on a virtual thread. */
  <T> void answer(StreamObserver<T> observer, Answer<T> answer) {
    run(
        observer,
        () -> {
          T made = answer.make();
          observer.onNext(made);
          observer.onCompleted();
        });
  }

  /** Runs on a virtual thread, in the call's context; a failure ends the call. */
  void run(StreamObserver<?> observer, Work work) {
    virtualThreads.execute(
        Context.current()
            .wrap(() -> {
              try {
                work.run();
              } catch (Throwable e) {
                observer.onError(status(e));
              }
            }));
  }

  /** What a failure is on the wire; what is a fault of ours says no more than that. */
  static StatusRuntimeException status(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException known -> known;
      case NotAnswerable known -> Statuses.exception(known.refusal());
      case StoreUnavailable _ -> Statuses.exception(AWAY);
      case InterruptedException _ ->
          Status.CANCELLED.withDescription("The server is stopping.").asRuntimeException();
      default -> {
        LOG.error("a call failed", failure);
        yield Status.INTERNAL
            .withDescription("A fault of the server; its log says more.")
            .asRuntimeException();
      }
    };
  }

  /** The graph, if it is here and fresh enough; never waits. */
  @Nullable Fresh peek(OrganizationId organization, Requirement requirement) {
    return graphs.peek(organization, requirement);
  }

  /** The log behind an organization's graph. Blocks. */
  RevisionLog log(OrganizationId organization) {
    return graphs.log(organization);
  }

  /** Whether an answer that was evaluated on this may be given. */
  boolean stillFresh(Fresh fresh) {
    return graphs.stillFresh(fresh.asOf());
  }

  /** Evaluates something. */
  @FunctionalInterface
  interface Evaluation<T> {
    T on(Fresh fresh) throws Exception;
  }

  /** What an evaluation gives on a graph that is still fresh afterwards. Blocks. */
  <T> T fresh(OrganizationId organization, Requirement requirement, Evaluation<T> evaluation)
      throws Exception {
    long deadline = deadline();
    while (true) {
      Fresh fresh = graphs.fresh(organization, requirement, deadline);
      T result = evaluation.on(fresh);
      if (stillFresh(fresh)) {
        return result;
      }
      if (System.nanoTime() - deadline >= 0 || Context.current().isCancelled()) {
        throw new NotAnswerable(TOOK_TOO_LONG);
      }
    }
  }

  /** As above, as fresh as a call demands. */
  <T> T fresh(OrganizationId organization, Consistency consistency, Evaluation<T> evaluation)
      throws Exception {
    return fresh(organization, requirement(organization, consistency), evaluation);
  }

  /** As new as the database is now: for what is read beside the graph. */
  static Requirement fullyConsistent() {
    return new Requirement.FullyConsistent(System.nanoTime());
  }

  static Requirement requirement(OrganizationId organization, Consistency consistency) {
    Requirement one = first(organization, consistency);
    return consistency.getAlsoAtLeast().isEmpty()
        ? one
        : new Requirement.Both(
            one, PositionToken.parsed(organization.value(), consistency.getAlsoAtLeast()));
  }

  private static Requirement first(OrganizationId organization, Consistency consistency) {
    return switch (consistency.getRequirementCase()) {
      case AT_LEAST -> PositionToken.parsed(organization.value(), consistency.getAtLeast());
      case FULLY_CONSISTENT ->
          consistency.getFullyConsistent()
              ? new Requirement.FullyConsistent(System.nanoTime())
              : Requirement.MINIMIZE_LATENCY;
      case MINIMIZE_LATENCY, REQUIREMENT_NOT_SET -> Requirement.MINIMIZE_LATENCY;
    };
  }

  /** When the caller stops waiting, a reading of {@link System#nanoTime}. */
  static long deadline() {
    Deadline deadline = Context.current().getDeadline();
    long left =
        deadline == null
            ? LONGEST_NANOS
            : Math.min(LONGEST_NANOS, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    return System.nanoTime() + left;
  }
}
