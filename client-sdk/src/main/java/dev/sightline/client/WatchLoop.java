package dev.sightline.client;

import dev.sightline.v1.CutOff;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchStarted;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch at work, on a virtual thread of its own: opens a stream, hands over what it brings, and
 * opens another when it ends.
 *
 * <p>Nothing is lost or told twice, because one thread does all of it in turn. It takes a message,
 * calls the handler, moves the cursor when the handler has returned, and only then asks for the
 * next message. A stream that ends in between leaves a cursor that is right, and the next stream
 * goes on after it. Messages that had arrived behind are thrown away with their stream, and come
 * again.
 *
 * <p>The same order makes answers to pings mean something: one is taken when everything that the
 * service told before it has been handed over. And it holds a slow handler's stream back, all the
 * way to the service, which cuts it off: memory here does not grow. While the handler works no
 * pings are sent and no silence is counted.
 */
final class WatchLoop implements LongLived {
  // Until the first message, when the service may have to load, and to go back, a lot.
  private static final long LONGEST_START = TimeUnit.SECONDS.toNanos(30);

  private final Scope scope;
  private final StartWatch what;
  private final WatchCursors cursors;
  private final Pings pings;
  private final WatchHandler handler;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile @Nullable WatchStream current;
  private volatile boolean endIsAskedFor;
  private int failures;

  WatchLoop(Scope scope, StartWatch what, WatchCursors cursors, Pings pings, WatchHandler handler) {
    this.scope = scope;
    this.what = what;
    this.cursors = cursors;
    this.pings = pings;
    this.handler = handler;
    this.thread = Thread.ofVirtual().name("sightline-watch").unstarted(this::run);
  }

  void start() {
    scope.calls().add(this);
    thread.start();
  }

  Cursors cursors() {
    return cursors.now();
  }

  Optional<Duration> staleness() {
    return pings.staleness();
  }

  /** When and how the watch ends. */
  CompletableFuture<Void> done() {
    endIsAskedFor = true;
    return done.copy();
  }

  CompletableFuture<Void> upToDate() {
    var waiter = pings.upToDate();
    wake();
    if (done.isDone()) {
      giveUpOn(pings.waiting()); // It has ended, maybe just now.
    }
    return waiter;
  }

  boolean isOwnThread() {
    return Thread.currentThread().equals(thread);
  }

  @Override
  public void stop() {
    stopping.countDown();
    wake();
  }

  private void wake() {
    var stream = current;
    if (stream != null) {
      stream.wake();
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  @Override
  public void awaitEnd(Duration grace) {
    if (isOwnThread()) {
      return;
    }
    try {
      if (!grace.isPositive() || !thread.join(grace)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Throwable failure = null;
    try {
      while (!isStopping()) {
        follow();
      }
    } catch (InterruptedException e) {
      failure = isStopping() ? null : e;
    } catch (Throwable e) {
      failure = e;
    }
    end(failure);
  }

  private void end(@Nullable Throwable failure) {
    scope.calls().remove(this);
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
    pings.begin(System.nanoTime());
    giveUpOn(pings.waiting());
    if (failure != null && !endIsAskedFor) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }

  private void giveUpOn(Collection<CompletableFuture<Void>> waiters) {
    var cause = done.isCompletedExceptionally() ? done.exceptionNow() : null;
    var none = SightlineException.of(Code.CANCELLED, "The watch has ended.");
    for (var waiter : waiters) {
      var failure =
          cause instanceof SightlineException refused
              ? refused.causedBy(refused)
              : cause != null ? none.causedBy(cause) : none;
      scope.completions().execute(() -> waiter.completeExceptionally(failure));
    }
  }

  /** One stream, from opening to end, and the wait before the next one. */
  private void follow() throws Exception {
    var stream = WatchStream.open(scope.calls(), cursors.start(what));
    pings.begin(System.nanoTime());
    current = stream;
    SightlineException failure;
    try {
      failure = read(stream);
    } finally {
      stream.cancel();
    }
    if (failure == null) {
      return;
    }
    if (!passes(failure, stream)) {
      throw failure;
    }
    failures++;
    boolean stopped = stopping.await(Backoff.ofStreams(failures), TimeUnit.NANOSECONDS);
    if (!stopped) {
      scope.calls().connectNow();
    }
  }

  /** Reads until the stream ends, which is returned, or until the watch is to stop. */
  private @Nullable SightlineException read(WatchStream stream) throws Exception {
    while (!isStopping()) {
      long now = System.nanoTime();
      if (isLost(stream, now)) {
        return SightlineException.of(Code.UNAVAILABLE, "The connection brings nothing any more.");
      }
      pings.due(now).forEach(stream::send);
      switch (stream.next(pings.untilNext(now))) {
        case WatchStream.Signal.Told(var event) -> {
          take(event);
          stream.readOn();
        }
        case WatchStream.Signal.Ended(var failure) -> {
          return failure;
        }
        case WatchStream.Signal.Woken _ -> {}
        case null -> {}
      }
    }
    return null;
  }

  private boolean isLost(WatchStream stream, long now) {
    long longest = pings.longestSilence();
    // The service answers no ping before it has gone back to the cursors, which may take a while.
    long allowed = stream.hasAnswered() ? longest : Math.max(longest, LONGEST_START);
    return pings
        .waitingSince()
        .filter(since -> now - since > allowed && now - stream.waitingSince() > allowed)
        .isPresent();
  }

  /** Whether another stream may do better. */
  private static boolean passes(SightlineException failure, WatchStream stream) {
    return switch (failure.code()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, CANCELLED, INTERNAL -> true;
      case RESOURCE_EXHAUSTED -> !failure.is(Reason.MESSAGE_TOO_LARGE);
      // A token ends while its stream runs: whoever supplies tokens may have another by now.
      case UNAUTHENTICATED -> stream.hasTold();
      case INVALID_ARGUMENT,
          NOT_FOUND,
          PERMISSION_DENIED,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          UNIMPLEMENTED ->
          false;
    };
  }

  private void take(dev.sightline.v1.WatchEvent event) throws Exception {
    switch (event.getEventCase()) {
      case STARTED -> started(event.getStarted());
      case LEVELS_CHANGED -> changed(WatchTranslation.levelsChanged(event.getLevelsChanged()));
      case PROGRESS -> {
        var it = event.getProgress();
        moved(new Cursor(it.getOrganizationId(), it.getCursor()));
      }
      case RESYNC -> resync(WatchTranslation.resync(event.getResync()));
      case HEARTBEAT -> answered(event.getHeartbeat());
      case CUT_OFF -> cutOff(event.getCutOff());
      case CONFIRM -> {} // Asked only of those who hold answers.
      case EVENT_NOT_SET -> {} // From a newer service.
    }
  }

  private void started(WatchStarted it) throws Exception {
    var cursor = new Cursor(it.getOrganizationId(), it.getCursor());
    if (cursors.isNew(cursor.organization())) {
      handler.handle(new WatchEvent.Started(cursor));
      cursors.started(cursor);
    }
  }

  private void changed(WatchEvent event) throws Exception {
    switch (event) {
      case WatchEvent.LevelsChanged it -> scope.seen().seen(it.organization(), it.position());
      case WatchEvent.WideChange it -> scope.seen().seen(it.organization(), it.position());
      case WatchEvent.Started _, WatchEvent.Resync _ -> {}
    }
    handler.handle(event);
    moved(event.cursor());
  }

  private void resync(WatchEvent.Resync event) throws Exception {
    if (event.cause() == WatchEvent.Resync.Cause.CURSOR_TOO_OLD) {
      scope.seen().seen(event.organization(), event.position());
    } else {
      // What was seen of a log that was set back is no more; of this one there may be more already.
      scope.seen().forget(event.organization());
    }
    handler.handle(event);
    cursors.started(event.cursor());
  }

  private void moved(Cursor cursor) {
    failures = 0;
    cursors.moved(cursor);
  }

  private void answered(Heartbeat heartbeat) {
    failures = 0;
    cursors.complete();
    pings
        .answered(heartbeat)
        .forEach(waiter -> waiter.completeAsync(() -> null, scope.completions()));
  }

  private void cutOff(CutOff it) {
    it.getOrganizationsList().stream().map(Cursor::of).forEach(cursors::moved);
  }
}
