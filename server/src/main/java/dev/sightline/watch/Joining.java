package dev.sightline.watch;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.RevisionLog;
import dev.sightline.graph.LevelChanges;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.watch.Outbox.Item;
import dev.sightline.watch.WatchEvent.Progress;
import dev.sightline.watch.WatchEvent.Resync;
import dev.sightline.watch.WatchEvent.Started;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a watcher from its cursor to where the feed is, and lets it in.
 *
 * <p>A long way is gone before: while the watcher is not let in yet, nothing has to be held for it.
 * Then it is let in, what the feed tells from there on is held, the rest of the way is told, and
 * what was held is released behind it. So nothing is told twice and nothing is lost.
 *
 * @param watcher hears how it went
 * @param beginning a permit of it is held while the feed has to load its graph: who begins to watch
 *     very many loads a few at a time
 * @param cursor null: from now on
 * @param mustExist whether an organization that does not exist ends the watch
 */
record Joining(
    Watcher watcher,
    Feed feed,
    Subscription subscription,
    RevisionLog log,
    Encoder encoder,
    Limits limits,
    Semaphore beginning,
    @Nullable Cursor cursor,
    boolean mustExist,
    long maxAheadMicros)
    implements Runnable {
  /** Whose joining it is. */
  interface Watcher {
    /** It is let in, and told everything. */
    void joined();

    /** It cannot be. */
    void failed(Throwable why);
  }

  /** So far behind is near enough: what is held meanwhile stays well below the outbox's bound. */
  private static final int NEAR = 64;

  private static final int PROGRESS = 256;
  private static final Refusal NOT_IN_TIME =
      Refusal.of(
          Reason.NOT_FRESH,
          "It did not show in time where the organization stands; come back with the last cursor.");

  @Override
  public void run() {
    try {
      awaitLoaded();
      if (cursor == null) {
        startNow();
      } else {
        goOnFrom(cursor);
      }
      watcher.joined();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (CancellationException _) {
      // The watcher is gone; the stream has been ended by whoever noticed.
    } catch (Throwable e) {
      watcher.failed(e);
    }
  }

  private void awaitLoaded() throws NotAnswerable, InterruptedException {
    if (feed.isLoaded()) {
      return;
    }
    beginning.acquire();
    try {
      requireReader();
      var _ = answered(feed.snapshot());
    } finally {
      beginning.release();
    }
  }

  private void startNow() throws Exception {
    Snapshot now = answered(feed.join(subscription, true));
    if (mustExist && now.revision() == 0) {
      throw new NotAnswerable(Watch.unknown(subscription.organization()));
    }
    push(new Started(subscription.organization(), now.cursor()), now.cursor());
    release();
  }

  private void goOnFrom(Cursor from) throws Exception {
    Snapshot now = provenPast(from);
    if (mustExist && now.revision() == 0) {
      throw new NotAnswerable(Watch.unknown(subscription.organization()));
    }
    if (isAhead(from, now) || !Replay.isOnLog(from, log)) {
      resync(Resync.Why.LOG_CHANGED);
    } else if (now.revision() - from.revision() > Replay.MOST_REVISIONS) {
      resync(Resync.Why.CURSOR_TOO_OLD);
    } else {
      push(new Started(subscription.organization(), from), from);
      replay(from, now);
    }
  }

  /**
   * Where the feed stands, once it is not behind the cursor: another node may have told of what
   * this one has yet to see. What is still ahead after a proof is of another log.
   */
  private Snapshot provenPast(Cursor from) throws Exception {
    Snapshot now = answered(feed.snapshot());
    long deadline = System.nanoTime() + Feeds.patience().toNanos();
    boolean proven = false;
    while (isAhead(from, now)) {
      boolean hopeless =
          from.revision() > now.revision()
              || from.throughMicros() - now.passedMicros() > maxAheadMicros;
      if ((proven && hopeless) || System.nanoTime() - deadline > 0) {
        return now;
      }
      if (proven) {
        // An estimate of the database's time was a little ahead.
        TimeUnit.MILLISECONDS.sleep(1);
      }
      now = answered(feed.proven());
      proven = true;
    }
    return now;
  }

  /** Also in time alone: what this node has yet to see ended, the watcher was told already. */
  private static boolean isAhead(Cursor from, Snapshot now) {
    return from.revision() > now.revision() || from.throughMicros() > now.passedMicros();
  }

  /** Until it is sent, the watcher stays at the cursor that it came with. */
  private void resync(Resync.Why why) throws Exception {
    Snapshot now = answered(feed.join(subscription, false));
    push(new Resync(subscription.organization(), now.cursor(), why), now.cursor());
    release();
  }

  private void replay(Cursor from, Snapshot first) throws Exception {
    Pushing pushing = new Pushing(from);
    Replay replay = Replay.from(from, first, log, pushing);
    Snapshot now = first;
    while (now.revision() - replay.revision() > NEAR) {
      replay.advanceTo(now);
      now = answered(feed.snapshot());
    }
    replay.advanceTo(answered(feed.join(subscription, false)));
    pushing.progress(replay.cursor());
    release();
  }

  private void release() {
    subscription.outbox().release(subscription);
  }

  /** Tells steps at the watcher's pace. */
  private final class Pushing implements StepTaker {
    private Cursor told;

    Pushing(Cursor told) {
      this.told = told;
    }

    @Override
    public void take(LevelChanges changes, boolean byTime) throws InterruptedException {
      Step step = new Step(changes, byTime, limits);
      switch (step.told(subscription.filter())) {
        case Step.Told.Nothing _ -> {
          if (step.position().revision() - told.revision() >= PROGRESS) {
            progress(step.position());
          }
        }
        case Step.Told.Event(WatchEvent event) -> {
          push(event, step.position());
          told = step.position();
        }
        case Step.Told.Expanded _ -> expand(step.expansion(subscription.filter()));
      }
    }

    @Override
    public void takeRest(LevelChanges changes, Cursor.Within within) throws InterruptedException {
      Step step = new Step(changes, within.byTime(), limits);
      expand(step.rest(subscription.filter(), within));
    }

    private void expand(Expansion expansion) throws InterruptedException {
      push(new Item.Parts(expansion, subscription));
      told = expansion.end();
    }

    @Override
    public void goOn() {
      requireReader();
    }

    void progress(Cursor cursor) throws InterruptedException {
      if (cursor.revision() != told.revision()) {
        push(new Progress(subscription.organization(), cursor), cursor);
        told = cursor;
      }
    }
  }

  private void push(WatchEvent event, Cursor through) throws InterruptedException {
    push(new Item.Message(encoder.encode(event), subscription, through));
  }

  private void push(Item item) throws InterruptedException {
    if (!subscription.outbox().push(item)) {
      throw new CancellationException();
    }
  }

  private void requireReader() {
    if (subscription.outbox().isClosed()) {
      throw new CancellationException();
    }
  }

  private static <T> T answered(CompletableFuture<T> question)
      throws NotAnswerable, InterruptedException {
    try {
      return question.get(Feeds.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new NotAnswerable(NOT_IN_TIME, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NotAnswerable known) {
        throw known;
      }
      throw new IllegalStateException("a feed failed", e.getCause());
    }
  }
}
