package dev.sightline.watch;

import dev.sightline.cache.Move;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.Proven;
import dev.sightline.change.Instants;
import dev.sightline.change.Revision;
import dev.sightline.graph.LevelChanges;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.watch.WatchEvent.Progress;
import dev.sightline.watch.WatchEvent.Resync;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in one organization, step by step, to everybody who watches it.
 *
 * <p>A feed has a graph of its own, which moves only here, one revision or one end in time after
 * the other, and each move is told before the next. What comes in are commits of this node, which
 * spare the reading of the log, and proofs, which alone are enough: a proof that the log is ahead
 * makes the feed read it.
 *
 * <p>INVARIANT: {@link #provenAsOf} is set behind everything that the proof covers: what was
 * committed before that moment is in the outboxes by then. A heartbeat that reads it first and is
 * put into the outbox afterwards tells no lie.
 *
 * <p>Time is passed only as far as a proof has seen the database's clock, so an event in time is
 * never told early. A revision that was being written just then may have an earlier instant; it is
 * told at the time that was passed.
 *
 * <p>All methods that change something run in the mailbox, one at a time.
 */
final class Feed {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private static final Refusal NOT_THERE =
      Refusal.of(
          Reason.NOT_FRESH, "It did not show in time that the log has come to this position.");

  private final OrganizationId id;
  private final FeedSource source;
  private final Encoder encoder;
  private final Limits limits;
  private final Mailbox mailbox;
  private final Audience audience = new Audience();
  private final List<Waiter> waiters = new ArrayList<>();

  private @Nullable OrgGraph graph;
  private long passedMicros = Long.MIN_VALUE;
  private long reachedAt;
  private boolean anew;
  private volatile long provenAsOf;
  private volatile boolean everLoaded;

  /** Somebody who waits for a proof from after a moment. */
  private record Waiter(long since, CompletableFuture<Snapshot> proven) {}

  Feed(OrganizationId id, FeedSource source, Encoder encoder, Limits limits, Executor threads) {
    this.id = id;
    this.source = source;
    this.encoder = encoder;
    this.limits = limits;
    this.mailbox = new Mailbox(threads);
  }

  /**
   * A reading of {@link System#nanoTime}: everything that was committed before it has been told.
   * Valid once somebody has been let in.
   */
  long provenAsOf() {
    return provenAsOf;
  }

  /** Whether asking it costs no more than its turn. */
  boolean isLoaded() {
    return everLoaded;
  }

  /** Where the feed stands; exceptionally if it cannot be told. */
  CompletableFuture<Snapshot> snapshot() {
    return asked(this::snapshotNow);
  }

  /** Where it stands once it has taken in a proof that was sent after this call. */
  CompletableFuture<Snapshot> proven() {
    long since = System.nanoTime();
    CompletableFuture<Snapshot> proven = new CompletableFuture<>();
    mailbox.execute(() -> {
      waiters.add(new Waiter(since, proven));
      source.prove();
    });
    return proven;
  }

  /**
   * Completes when all who are told and hold answers have heeded everything up to this position,
   * which is on the log. Who joins later knows it from the beginning.
   *
   * <p>INVARIANT: where the feed is not at that very position, it is not known to be on the same
   * log: only what a proof that is sent from now on leaves it with is.
   */
  CompletableFuture<Void> heeded(long revision, long hashPrefix) {
    CompletableFuture<Void> heeded = new CompletableFuture<>();
    mailbox.execute(() -> askIfAt(revision, hashPrefix, heeded));
    return heeded;
  }

  private void askIfAt(long revision, long hashPrefix, CompletableFuture<Void> heeded) {
    try {
      if (graph == null && audience.isEmpty()) {
        heeded.complete(null);
        return;
      }
      OrgGraph now = snapshotNow().graph();
      if (now.revision() == revision && now.headPrefix() == hashPrefix) {
        askAll(heeded);
      } else {
        var _ = proven().whenComplete((_, failure) -> askPast(revision, failure, heeded));
      }
    } catch (Throwable e) {
      heeded.completeExceptionally(e);
    }
  }

  private void askPast(long revision, @Nullable Throwable failure, CompletableFuture<Void> heeded) {
    if (failure != null) {
      heeded.completeExceptionally(failure);
      return;
    }
    mailbox.execute(() -> {
      OrgGraph now = graph;
      if (now == null || now.revision() < revision) {
        heeded.completeExceptionally(new NotAnswerable(NOT_THERE));
      } else {
        askAll(heeded);
      }
    });
  }

  /** Who is told, in this turn: all of them have been told what there is so far. */
  private void askAll(CompletableFuture<Void> heeded) {
    var _ =
        CompletableFuture.allOf(
                audience.all().stream()
                    .map(Subscription::heeded)
                    .toArray(CompletableFuture<?>[]::new))
            .whenComplete((_, failure) -> {
              if (failure == null) {
                heeded.complete(null);
              } else {
                heeded.completeExceptionally(failure);
              }
            });
  }

  /**
   * Tells this subscription from now on, held until it is released; completes with where that is.
   * Whose outbox is closed is not let in, or nobody would see to its leaving.
   *
   * @param begins whether its watcher begins with now, and knows everything up to here
   */
  CompletableFuture<Snapshot> join(Subscription subscription, boolean begins) {
    return asked(() -> {
      Snapshot now = snapshotNow();
      if (!subscription.outbox().hold(subscription, begins ? now.cursor() : null)) {
        throw new CancellationException();
      }
      audience.add(subscription, now.cursor());
      return now;
    });
  }

  /** How many are told, once what was asked before has been done. */
  CompletableFuture<Integer> subscriptions() {
    return asked(() -> audience.all().size());
  }

  void leave(Subscription subscription) {
    mailbox.execute(() -> audience.remove(subscription));
  }

  void committed(List<Move> moves) {
    mailbox.execute(() -> guarded(() -> takeIn(moves)));
  }

  void proved(Proven head) {
    mailbox.execute(() -> guarded(() -> takeIn(head)));
  }

  private interface Asked<T> {
    T now() throws NotAnswerable;
  }

  private <T> CompletableFuture<T> asked(Asked<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    mailbox.execute(() -> {
      try {
        answer.complete(question.now());
      } catch (Throwable e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  private interface Guarded {
    void run() throws NotAnswerable, InterruptedException;
  }

  /**
   * What cannot be read is tried again with the next proof; until then heartbeats tell its age.
   * After a fault everybody begins anew.
   */
  private void guarded(Guarded work) {
    try {
      work.run();
    } catch (NotAnswerable e) {
      LOG.debug("the feed of {} waits: {}", id, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Some may have been told of a step that others have not: nobody knows where they are.
      LOG.error("the feed of {} does not fit its log or failed; it begins anew", id, e);
      forget();
    }
  }

  private Snapshot snapshotNow() throws NotAnswerable {
    OrgGraph held = graph;
    if (held == null) {
      FeedSource.Loaded loaded = source.load();
      held = loaded.graph();
      graph = held;
      passedMicros = Math.max(passedMicros, Snapshot.time(held));
      reachedAt = System.nanoTime();
      tellIfAnew(held);
      provenAsOf = loaded.asOf();
      everLoaded = true;
    }
    return new Snapshot(held, passedMicros);
  }

  private void takeIn(List<Move> moves) throws NotAnswerable, InterruptedException {
    for (Move move : moves) {
      OrgGraph held = graph;
      if (held == null || move.revision().number() <= held.revision()) {
        continue;
      }
      if (move.revision().number() > held.revision() + 1) {
        catchUp(move.before().revision());
      }
      takeIn(move);
    }
  }

  private void takeIn(Move move) throws InterruptedException {
    OrgGraph held = graph;
    if (held == null || move.before().revision() != held.revision()) {
      return;
    }
    if (!move.before().position().head().equals(held.position().head())) {
      throw new IllegalStateException("revision " + move.revision().number() + " is elsewhere");
    }
    OrgGraph before = Steps.through(held, Instants.micros(move.revision().at()), taker);
    boolean same =
        move.before().hasSameFactsAs(before)
            && !move.revision().at().isBefore(before.position().endedThrough());
    reached(
        same
            ? Steps.moved(before, move.revision(), move.after(), taker)
            : Steps.applied(before, move.revision(), taker));
  }

  private void takeIn(Proven head) throws NotAnswerable, InterruptedException {
    OrgGraph held = graph;
    if (held == null) {
      if (waiters.isEmpty() && audience.isEmpty()) {
        return;
      }
      held = snapshotNow().graph();
    }
    if (held.revision() < head.revision()) {
      catchUp(head.revision());
      held = graphHeld();
    }
    if (isFork(held, head)) {
      LOG.warn("organization {} is not where it was: {}, now {}", id, held.position(), head);
      begin();
      wake();
      return;
    }
    passTime(head.databaseMicros());
    provenAsOf = later(provenAsOf, head.asOf());
    audience.forEachBehind(Cursor.at(graphHeld()), this::tellProgress);
    wake();
  }

  /** An older head is one if the feed knew more before the proof was sent. */
  private boolean isFork(OrgGraph held, Proven head) {
    return head.revision() == held.revision()
        ? !head.hash().equals(held.position().head())
        : head.revision() < held.revision() && head.asOf() - reachedAt > 0;
  }

  /** Reads the log as far as this revision, unless it is not the graph's any more. */
  private void catchUp(long revision) throws NotAnswerable, InterruptedException {
    if (!Replay.isOnLog(Cursor.at(graphHeld()), source.log())) {
      LOG.warn("the log of {} does not have {} any more", id, graphHeld().position());
      begin();
      return;
    }
    while (graphHeld().revision() < revision) {
      for (Revision one : Replay.following(source.log(), graphHeld(), revision)) {
        reached(Steps.applied(graphHeld(), one, taker));
      }
    }
  }

  private OrgGraph graphHeld() {
    OrgGraph held = graph;
    if (held == null) {
      throw new IllegalStateException("the feed of " + id + " has no graph");
    }
    return held;
  }

  /** The revision may have brought what has ended by now: time was passed before it came in. */
  private void reached(OrgGraph next) throws InterruptedException {
    graph = Steps.through(next, passedMicros, taker);
    reachedAt = System.nanoTime();
    passedMicros = Math.max(passedMicros, Snapshot.time(next));
  }

  private void passTime(long micros) throws InterruptedException {
    OrgGraph held = graph;
    if (held != null && micros > passedMicros) {
      graph = Steps.through(held, micros, taker);
      passedMicros = micros;
      source.proveWhenPassed(graph.nextEnd());
    }
  }

  /**
   * Drops what is known: what was told may be of a log that is no more. Everybody is told as soon
   * as it is known where the organization stands now, and before anything else.
   */
  private void begin() throws NotAnswerable {
    forget();
    var _ = snapshotNow();
  }

  private void forget() {
    graph = null;
    passedMicros = Long.MIN_VALUE;
    anew = true;
  }

  private void tellIfAnew(OrgGraph now) {
    if (anew) {
      anew = false;
      Cursor cursor = Cursor.at(now);
      byte[] message = encoder.encode(new Resync(id, cursor, Resync.Why.LOG_CHANGED));
      audience.all().forEach(subscription -> subscription.offer(message, cursor));
    }
  }

  private final StepTaker taker =
      new StepTaker() {
        @Override
        public void take(LevelChanges step, boolean byTime) {
          tell(new Step(step, byTime, limits));
        }

        @Override
        public void goOn() {}

        @Override
        public void takeRest(LevelChanges step, Cursor.Within told) {
          throw new IllegalStateException("a feed is never within a step");
        }
      };

  private void tell(Step step) {
    for (Audience.Group group : audience.concerned(step)) {
      switch (step.told(group.filter())) {
        case Step.Told.Nothing _ -> {}
        case Step.Told.Event(WatchEvent event) -> {
          byte[] message = encoder.encode(event);
          group.told(step.position());
          group.members().forEach(member -> member.offer(message, step.position()));
        }
        case Step.Told.Expanded _ -> {
          // Perhaps it is nothing for them: then their cursor moves on by progress.
          group.members().forEach(member -> member.offer(step.expansion(group.filter())));
        }
      }
    }
  }

  private void tellProgress(Audience.Group group) {
    Cursor cursor = Cursor.at(graphHeld());
    byte[] message = encoder.encode(new Progress(id, cursor));
    group.told(cursor);
    group.members().forEach(member -> member.offer(message, cursor));
  }

  private void wake() throws NotAnswerable {
    if (waiters.isEmpty()) {
      return;
    }
    Snapshot now = snapshotNow();
    waiters.removeIf(waiter -> {
      boolean due = provenAsOf - waiter.since() >= 0;
      if (due) {
        waiter.proven().complete(now);
      }
      return due;
    });
  }

  private static long later(long a, long b) {
    return a - b >= 0 ? a : b;
  }
}
