package dev.sightline.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A write that waits, once it is done, until it is known everywhere. Whatever becomes of the
 * waiting, the write is done, and says so.
 */
final class Everywhere<A, T> {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Scope scope;
  private final Acting.Telling<A, T> telling;
  private final long begun = System.nanoTime();
  private final CompletableFuture<T> result = new CompletableFuture<>();

  Everywhere(Scope scope, Acting.Telling<A, T> telling) {
    this.scope = scope;
    this.telling = telling;
  }

  /** Cancelling the result ends what is under way. */
  CompletableFuture<T> after(CompletableFuture<A> write) {
    cancelWithResult(write);
    var _ =
        write.whenComplete((reply, failure) -> {
          if (failure == null) {
            written(reply);
          } else {
            scope.completions().execute(() -> result.completeExceptionally(failure));
          }
        });
    return result;
  }

  private void cancelWithResult(CompletableFuture<?> what) {
    var _ =
        result.whenComplete((_, _) -> {
          if (result.isCancelled()) {
            what.cancel(false);
          }
        });
  }

  private void written(A reply) {
    try {
      var position = position(reply);
      if (position == null) {
        tell(reply, null); // It changed nothing, and was not meant to.
        return;
      }
      var left = scope.within().minusNanos(System.nanoTime() - begun);
      var within = left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
      var waiting = scope.within(within).completingOn(Runnable::run).awaitEverywhere(position);
      cancelWithResult(waiting);
      long since = System.nanoTime();
      var _ =
          waiting.whenComplete(
              (spread, failure) -> tell(reply, failure == null ? spread : unknown(since, failure)));
    } catch (RuntimeException e) {
      scope.completions().execute(() -> result.completeExceptionally(e));
    }
  }

  private @Nullable Position position(A reply) {
    var position = new AtomicReference<@Nullable Position>();
    var _ =
        telling.tell(
            reply,
            it -> {
              var written = scope.wrote(it);
              position.set(written.position());
              return written;
            });
    return position.get();
  }

  private static Spread unknown(long since, Throwable failure) {
    var known =
        failure instanceof SightlineException exception ? exception : Failures.exception(failure);
    return new Spread.Unknown(Duration.ofNanos(System.nanoTime() - since), known);
  }

  private void tell(A reply, @Nullable Spread spread) {
    scope
        .completions()
        .execute(() -> {
          try {
            result.complete(telling.tell(reply, it -> written(it, spread)));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
  }

  private static Written written(dev.sightline.v1.Written it, @Nullable Spread spread) {
    var written = Translation.written(it);
    return spread == null ? written : written.withSpread(spread);
  }
}
