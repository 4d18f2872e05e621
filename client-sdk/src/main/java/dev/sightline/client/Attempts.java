package dev.sightline.client;

import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call, tried again until it is answered, refused, or out of time or budget.
 *
 * <p>Nearly every call may be repeated: reads change nothing, and writes carry an idempotency key.
 * Those that have none are tried once. Only what says nothing about the request itself is repeated:
 * UNAVAILABLE, and a DEADLINE_EXCEEDED from further behind while there is time left here.
 * INVARIANT: at most one attempt is under way.
 */
final class Attempts<Q, A> {
  private final Calls calls;
  private final MethodDescriptor<Q, A> method;
  private final Q request;
  private final String organization;
  private final Deadline deadline;
  private final boolean mayRepeat;
  private final CompletableFuture<Reply<A>> reply = new CompletableFuture<>();
  private volatile @Nullable ClientCall<Q, A> underWay;
  private int failures;

  Attempts(
      Calls calls,
      MethodDescriptor<Q, A> method,
      Q request,
      String organization,
      Deadline deadline,
      boolean mayRepeat) {
    this.calls = calls;
    this.method = method;
    this.request = request;
    this.organization = organization;
    this.deadline = deadline;
    this.mayRepeat = mayRepeat;
  }

  /** Begins. Cancelling the result ends the attempt under way, on the service too. */
  CompletableFuture<Reply<A>> begin() {
    var _ = reply.whenComplete((_, _) -> giveUp());
    attempt();
    return reply;
  }

  private void giveUp() {
    var call = underWay;
    if (call != null && reply.isCancelled()) {
      call.cancel("The caller gave up.", null);
    }
  }

  private void attempt() {
    if (reply.isDone()) {
      return;
    }
    var call = calls.open(method, organization, deadline);
    underWay = call;
    ClientCalls.asyncUnaryCall(call, request, new Attempt(System.nanoTime()));
    giveUp(); // Cancelled while the call was being made.
  }

  private void failed(Throwable failure) {
    failures++;
    long wait = Backoff.after(failures);
    if (mayRepeat && repeatable(failure) && hasTime(wait) && calls.mayRepeat()) {
      calls.later(wait, this::attempt);
    } else {
      reply.completeExceptionally(Failures.exception(failure));
    }
  }

  private boolean hasTime(long nanos) {
    return deadline.timeRemaining(TimeUnit.NANOSECONDS) > nanos;
  }

  private static boolean repeatable(Throwable failure) {
    var code = Status.fromThrowable(failure).getCode();
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }

  private final class Attempt implements StreamObserver<A> {
    private final long sentAt;
    private @Nullable A message;

    Attempt(long sentAt) {
      this.sentAt = sentAt;
    }

    @Override
    public void onNext(A message) {
      this.message = message;
    }

    @Override
    public void onError(Throwable failure) {
      failed(failure);
    }

    @Override
    public void onCompleted() {
      var answer = message;
      if (answer == null) {
        failed(Status.INTERNAL.withDescription("The service sent no answer.").asException());
        return;
      }
      calls.answered();
      reply.complete(Reply.now(answer, sentAt));
    }
  }
}
