package dev.sightline.client;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes in parts over a stream, each asked for by whoever reads, so that the service
 * works no further ahead than what fits on the way. Each part may take as long as a call may. What
 * is UNAVAILABLE is tried again until the first part is in; from then on it is the end.
 */
final class Parts<Q, A> {
  private record Wanted<A>(
      CompletableFuture<Reply<Optional<A>>> part, long askedAt, long deadline) {
    boolean hasTime(long nanos) {
      return deadline - System.nanoTime() > nanos;
    }
  }

  private final Calls calls;
  private final MethodDescriptor<Q, A> method;
  private final Q request;
  private final String organization;
  private final Duration within;
  private @Nullable Stream stream;
  private @Nullable Wanted<A> wanted;
  private @Nullable Status end;
  private Metadata trailers = new Metadata();
  private boolean begun;
  private int failures;

  Parts(
      Calls calls, MethodDescriptor<Q, A> method, Q request, String organization, Duration within) {
    this.calls = calls;
    this.method = method;
    this.request = request;
    this.organization = organization;
    this.within = within;
  }

  /** The next part; empty at the end. One at a time. */
  CompletableFuture<Reply<Optional<A>>> next() {
    long now = System.nanoTime();
    var asked = new Wanted<A>(new CompletableFuture<>(), now, now + within.toNanos());
    calls.later(within.toNanos(), () -> late(asked));
    ask(asked);
    return asked.part();
  }

  private synchronized void ask(Wanted<A> asked) {
    if (asked.part().isDone()) {
      return;
    }
    wanted = asked;
    if (end != null) {
      finish(end);
      return;
    }
    if (stream == null) {
      stream = new Stream(calls.open(method, organization));
      stream.begin();
    }
    stream.call.request(1);
  }

  private void late(Wanted<A> asked) {
    var failure =
        SightlineException.of(
            Code.DEADLINE_EXCEEDED, "There was no part within the deadline; allow more time.");
    if (asked.part().completeExceptionally(failure)) {
      close();
    }
  }

  /** Ends the stream, if it has not ended. */
  synchronized void close() {
    if (stream != null) {
      stream.call.cancel("Nobody reads on.", null);
    }
  }

  private synchronized void came(A message) {
    begun = true;
    calls.answered();
    var asked = wanted;
    if (asked != null) {
      asked.part().complete(Reply.now(Optional.of(message), asked.askedAt()));
    }
  }

  private synchronized void ended(Status status, Metadata trailers) {
    var asked = wanted;
    failures++;
    long wait = Backoff.after(failures);
    boolean passes = status.getCode() == Status.Code.UNAVAILABLE && !begun;
    if (passes && asked != null && asked.hasTime(wait) && calls.mayRepeat()) {
      stream = null;
      calls.later(wait, () -> ask(asked));
      return;
    }
    end = status;
    this.trailers = trailers;
    finish(status);
  }

  private void finish(Status status) {
    var asked = wanted;
    if (asked == null) {
      return;
    }
    if (status.isOk()) {
      asked.part().complete(new Reply<>(Optional.empty(), asked.askedAt(), 0));
    } else {
      asked.part().completeExceptionally(Failures.exception(status.asRuntimeException(trailers)));
    }
  }

  /** One stream; there is a second one only if the first brought nothing. */
  private final class Stream extends ClientCall.Listener<A> {
    final ClientCall<Q, A> call;

    Stream(ClientCall<Q, A> call) {
      this.call = call;
    }

    void begin() {
      call.start(this, new Metadata());
      call.sendMessage(request);
      call.halfClose();
    }

    @Override
    public void onMessage(A message) {
      came(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ended(status, trailers);
    }
  }
}
