package dev.sightline.client;

import com.google.protobuf.ByteString;
import dev.sightline.v1.AwaitEverywhereRequest;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.WatchServiceGrpc;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the calls about one organization have in common.
 *
 * @param calls the client's channel
 * @param seen the client's positions
 * @param organization whom the calls are about
 * @param freshness how fresh answers must be
 * @param within how long a call may take, attempts included
 * @param completions where futures complete
 * @param near what the client holds about the organization, if it holds anything
 */
record Scope(
    Calls calls,
    SeenPositions seen,
    String organization,
    Freshness freshness,
    Duration within,
    Executor completions,
    @Nullable Near near) {

  Scope of(String organization) {
    var its = near == null ? null : near.of(organization);
    return new Scope(calls, seen, organization, freshness, within, completions, its);
  }

  Scope with(Freshness freshness) {
    return new Scope(calls, seen, organization, freshness, within, completions, near);
  }

  Scope within(Duration within) {
    return new Scope(calls, seen, organization, freshness, positive(within), completions, near);
  }

  Scope completingOn(Executor completions) {
    return new Scope(calls, seen, organization, freshness, within, completions, near);
  }

  static Duration positive(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException(
          "The deadline is " + deadline + "; it must be more than nothing.");
    }
    return deadline;
  }

  /** What to demand of an answer: what was asked for, and not to go back. */
  Consistency consistency() {
    return switch (freshness) {
      case Freshness.AsSeen _ -> Translation.consistency(seen.floor(organization));
      case Freshness.AtLeast wanted -> both(seen.floor(organization), wanted);
      case Freshness.MinimizeLatency _, Freshness.FullyConsistent _ ->
          Translation.consistency(freshness);
    };
  }

  /** Not the later of two positions alone: the other may be of a log that was lost. */
  private static Consistency both(Freshness floor, Freshness.AtLeast wanted) {
    return switch (floor) {
      case Freshness.AtLeast(var position) when !position.equals(wanted.position()) -> {
        var later = wanted.position().later(position);
        var other = later.equals(position) ? wanted.position() : position;
        yield alsoAtLeast(Freshness.atLeast(later), other);
      }
      case Freshness.FullyConsistent _ -> alsoAtLeast(floor, wanted.position());
      case Freshness.AtLeast _, Freshness.AsSeen _, Freshness.MinimizeLatency _ ->
          Translation.consistency(wanted);
    };
  }

  private static Consistency alsoAtLeast(Freshness freshness, Position position) {
    return Translation.consistency(freshness).toBuilder().setAlsoAtLeast(position.token()).build();
  }

  /** Remembers the position of an answer, before anybody has the answer. */
  Position saw(ByteString token) {
    var position = Position.of(token);
    seen.seen(organization, position);
    return position;
  }

  Written wrote(dev.sightline.v1.Written written) {
    var _ = saw(written.getPosition());
    return Translation.written(written);
  }

  CompletableFuture<Spread> awaitEverywhere(Position position) {
    var request =
        AwaitEverywhereRequest.newBuilder()
            .setOrganizationId(organization)
            .setPosition(position.token())
            .build();
    // What the client has seen is not sent: if the position is unknown, that says nothing of it.
    return with(Freshness.minimizeLatency())
        .read(
            WatchServiceGrpc.getAwaitEverywhereMethod(),
            request,
            reply -> Translation.spread(reply.message()));
  }

  Evidence evidence(Reply<?> reply, ByteString position, long proofAge, long validFor) {
    var _ = saw(position);
    return Translation.evidence(position, proofAge, validFor, reply.elapsedMicros());
  }

  <Q, A, T> CompletableFuture<T> read(
      MethodDescriptor<Q, A> method, Q request, Function<Reply<A>, T> translate) {
    return call(method, request, translate, Function.identity());
  }

  <Q, A, T> CompletableFuture<T> write(
      MethodDescriptor<Q, A> method, Q request, String key, Function<A, T> translate) {
    return call(
        method,
        request,
        reply -> translate.apply(reply.message()),
        failure -> failure.withIdempotencyKey(key));
  }

  private <Q, A, T> CompletableFuture<T> call(
      MethodDescriptor<Q, A> method,
      Q request,
      Function<Reply<A>, T> translate,
      Function<SightlineException, SightlineException> mark) {
    return translated(calls.call(method, request, organization, within), translate, mark);
  }

  <Q, A, T> CompletableFuture<T> once(
      MethodDescriptor<Q, A> method, Q request, Function<A, T> translate) {
    return translated(
        calls.callOnce(method, request, organization, within),
        reply -> translate.apply(reply.message()),
        Function.identity());
  }

  /** What a check that went over the stream brings. */
  <A, T> CompletableFuture<T> streamed(
      CompletableFuture<Reply<A>> answer, Function<Reply<A>, T> translate) {
    return translated(answer, translate, Function.identity());
  }

  private <A, T> CompletableFuture<T> translated(
      CompletableFuture<Reply<A>> call,
      Function<Reply<A>, T> translate,
      Function<SightlineException, SightlineException> mark) {
    var result = new CompletableFuture<T>();
    var _ =
        call.whenCompleteAsync(
            (reply, failure) -> {
              if (failure == null) {
                succeed(result, reply, translate);
              } else {
                result.completeExceptionally(mark.apply(failed(failure)));
              }
            },
            completions);
    var _ =
        result.whenComplete((_, _) -> {
          if (result.isCancelled()) {
            call.cancel(false);
          }
        });
    return result;
  }

  private static <A, T> void succeed(
      CompletableFuture<T> result, Reply<A> reply, Function<Reply<A>, T> translate) {
    try {
      result.complete(translate.apply(reply));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private SightlineException failed(Throwable failure) {
    var exception =
        failure instanceof SightlineException known ? known : Failures.exception(failure);
    boolean noSuchPosition =
        exception.is(Reason.POSITION_UNKNOWN) || exception.is(Reason.INVALID_POSITION);
    if (noSuchPosition && carriedWhatWasSeen()) {
      // The log was set back. The caller hears of it, once; later calls must not fail for it.
      seen.forget(organization);
      if (near != null && freshness instanceof Freshness.AsSeen) {
        near.beginAnew();
      }
    }
    return exception;
  }

  /** Beside what the caller named, perhaps: then nobody can tell which of the two is unknown. */
  private boolean carriedWhatWasSeen() {
    return switch (freshness) {
      case Freshness.AsSeen _ -> true;
      case Freshness.AtLeast _ -> seen.highest(organization).isPresent();
      case Freshness.MinimizeLatency _, Freshness.FullyConsistent _ -> false;
    };
  }
}
