package dev.sightline.watch;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.watch.WatchEvent.Heartbeat;
import dev.sightline.watch.WatchEvent.Resync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watcher's stream: what it watches, and what it is still to be told. */
public final class Watch implements Joining.Watcher, Subscription.Holder {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private static final Refusal FAULT =
      Refusal.of(
          Reason.NOT_FRESH,
          "The watch failed on this node, whose log says how; come back with the last cursors.");

  /** More than a reader on a slow link has outstanding. */
  private static final int MOST_WAITING = 1_024;

  /** So many confirmations may be outstanding. */
  private static final int MOST_UNCONFIRMED = 64;

  /** So many organizations are loaded at once when very many are watched. */
  private static final int LOADED_AT_ONCE = 8;

  private final Feeds feeds;
  private final WatchPlan plan;
  private final Outbox outbox;
  private final Semaphore beginning = new Semaphore(LOADED_AT_ONCE);
  private final Map<OrganizationId, Joined> joined = new ConcurrentHashMap<>();
  private final Census.@Nullable Follower follower;

  /** Whether what there is was found; only the census touches it. */
  private boolean listed;

  // What follows is guarded by this.
  private int joining;
  private List<Runnable> whenJoined = new ArrayList<>();
  private boolean closed;
  private @Nullable ScheduledFuture<?> heartbeats;
  private final NavigableMap<Long, CompletableFuture<Void>> unconfirmed = new TreeMap<>();
  private long lastConfirm;

  /** When the last heartbeat was made that was asked for; null: none was. */
  private volatile @Nullable Long answeredAt;

  /** An organization that is being told. */
  private record Joined(Feed feed, Subscription subscription) {}

  Watch(Feeds feeds, WatchPlan plan, Wire wire) {
    this.feeds = feeds;
    this.plan = plan;
    this.outbox = new Outbox(wire, feeds.encoder(), feeds.threads(), MOST_WAITING, this::close);
    this.follower =
        plan.scope() instanceof WatchPlan.Named
            ? null
            : new Census.Follower(plan.scope(), this::found);
  }

  /** Begins to tell. Returns at once; whatever goes wrong ends the stream. */
  public void begin() {
    if (follower == null) {
      plan.organizations().forEach((id, cursor) -> join(id, from(cursor, true), true));
    } else {
      begun();
      var _ = feeds.census().follow(follower).whenComplete((_, failure) -> followed(failure));
      synchronized (this) {
        if (closed) {
          feeds.census().unfollow(follower);
        }
      }
    }
    if (plan.heartbeat() != null) {
      long nanos = plan.heartbeat().toNanos();
      synchronized (this) {
        if (!closed) {
          heartbeats =
              feeds
                  .timer()
                  .scheduleWithFixedDelay(() -> beat(0, false), nanos, nanos, TimeUnit.NANOSECONDS);
        }
      }
    }
  }

  private void followed(@Nullable Throwable failure) {
    if (failure != null) {
      failed(failure);
    }
    joined();
  }

  /** Organizations of the scope: first those that there are, later those that have come to it. */
  private void found(List<OrganizationId> organizations) {
    boolean first = !listed;
    listed = true;
    for (OrganizationId id : organizations) {
      join(id, from(plan.organizations().getOrDefault(id, Optional.empty()), first), false);
    }
    if (first) {
      missing(Set.copyOf(organizations));
    }
  }

  /** What was there when the watch began begins as the plan says, all else with its creation. */
  private @Nullable Cursor from(Optional<Cursor> cursor, boolean first) {
    boolean sinceCreation = !first || plan.fromCreation();
    return cursor.orElse(sinceCreation ? Cursor.BEGINNING : null);
  }

  /** Those named that are not in the scope (any more): the log of one may have been set back. */
  private void missing(Set<OrganizationId> scope) {
    switch (plan.scope()) {
      case WatchPlan.Named() -> {}
      case WatchPlan.Realm(OrganizationId root) -> {
        if (!scope.contains(root)) {
          end(unknown(root));
        }
        plan.organizations().keySet().stream()
            .filter(id -> !scope.contains(id))
            .forEach(this::tellGone);
      }
      case WatchPlan.Everything() ->
          plan.organizations()
              .forEach((id, cursor) -> {
                if (!scope.contains(id)) {
                  join(id, from(cursor, true), false);
                }
              });
    }
  }

  /** Says the same of what is gone, what is elsewhere and what never was. */
  private void tellGone(OrganizationId id) {
    Resync gone = new Resync(id, Cursor.BEGINNING, Resync.Why.LOG_CHANGED);
    outbox.offer(new Outbox.Item.Message(feeds.encoder().encode(gone), null, null));
  }

  private void join(OrganizationId id, @Nullable Cursor cursor, boolean mustExist) {
    Feed feed;
    Subscription subscription =
        new Subscription(id, plan.filter(), outbox, cursor, plan.holdsAnswers() ? this : null);
    synchronized (this) {
      if (closed || joined.containsKey(id)) {
        return;
      }
      joining++;
      feed = feeds.held(id);
      joined.put(id, new Joined(feed, subscription));
    }
    var work =
        new Joining(
            this,
            feed,
            subscription,
            feeds.log(id),
            feeds.encoder(),
            Limits.USUAL,
            beginning,
            cursor,
            mustExist,
            feeds.maxAheadMicros());
    feeds.threads().execute(work);
  }

  private synchronized void begun() {
    joining++;
  }

  /** One of those that had to begin has begun. */
  @Override
  public void joined() {
    List<Runnable> due = List.of();
    synchronized (this) {
      if (--joining == 0) {
        due = whenJoined;
        whenJoined = new ArrayList<>();
      }
    }
    due.forEach(Runnable::run);
  }

  private void whenJoined(Runnable work) {
    synchronized (this) {
      if (joining > 0) {
        whenJoined.add(work);
        return;
      }
    }
    work.run();
  }

  /** The wire may take more. */
  public void ready() {
    outbox.ready();
  }

  /**
   * Asks for a heartbeat.
   *
   * @param fullyConsistent after everything that has been committed until now
   * @param answered is run when the heartbeat is on its way
   */
  public void ping(long id, boolean fullyConsistent, Runnable answered) {
    if (fullyConsistent) {
      feeds.threads().execute(() -> pingConsistently(id, answered));
    } else {
      answer(id, answered);
    }
  }

  private void pingConsistently(long id, Runnable answered) {
    var _ = censusProven().thenRun(() -> whenJoined(() -> pingFeeds(id, answered)));
  }

  private void pingFeeds(long id, Runnable answered) {
    var _ = allProven().thenRun(() -> answer(id, answered));
  }

  private CompletableFuture<Void> censusProven() {
    return follower == null ? CompletableFuture.completedFuture(null) : feeds.census().proven();
  }

  private CompletableFuture<Void> allProven() {
    return CompletableFuture.allOf(
        joined.values().stream()
            .map(one -> one.feed().proven())
            .toArray(CompletableFuture<?>[]::new));
  }

  private void answer(long id, Runnable answered) {
    if (beat(id, true)) {
      answered.run();
    } else {
      whenJoined(() -> answer(id, answered));
    }
  }

  /**
   * Sends a heartbeat, unless some organization has still to begin.
   *
   * <p>INVARIANT: the ages are read while none has to, or one that was found just now would be
   * taken for proved before its creation is told; and before the heartbeat is put behind what was
   * told.
   */
  private boolean beat(long pingId, boolean asked) {
    long now = System.nanoTime();
    long oldest;
    synchronized (this) {
      if (joining > 0) {
        return false;
      }
      oldest = follower == null ? now : feeds.census().provenAsOf();
      for (Joined one : joined.values()) {
        long asOf = one.feed().provenAsOf();
        oldest = asOf - oldest < 0 ? asOf : oldest;
      }
    }
    if (asked) {
      noteAnswered();
    }
    long age = Math.max(0, (now - oldest) / 1_000);
    Heartbeat heartbeat = new Heartbeat(pingId, age, feeds.maxStalenessMicros());
    outbox.offer(new Outbox.Item.Message(feeds.encoder().encode(heartbeat), null, null));
    return true;
  }

  /**
   * Before a heartbeat is offered: once the outbox is closed, this is later than when the last was
   * made that the watcher may have.
   */
  private synchronized void noteAnswered() {
    answeredAt = System.nanoTime();
  }

  /**
   * Asks the watcher. One that is gone is waited for until nothing that it holds can be honoured
   * any more.
   */
  @Override
  public CompletableFuture<Void> heeded(Subscription subscription) {
    if (answeredAt == null) {
      // It may honour nothing before a heartbeat, which comes behind everything told so far.
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> heeded;
    long id;
    synchronized (this) {
      if (closed) {
        return lapsed();
      }
      if (unconfirmed.size() >= MOST_UNCONFIRMED) {
        // A watcher who says nothing is not asked over and over; it is waited for.
        return lapsed();
      }
      id = ++lastConfirm;
      heeded = new CompletableFuture<>();
      unconfirmed.put(id, heeded);
    }
    byte[] message = feeds.encoder().encode(new WatchEvent.Confirm(id));
    outbox.offer(new Outbox.Item.Message(message, subscription, null));
    return heeded;
  }

  /**
   * The watcher has heeded everything before the Confirm with this id, and before those earlier.
   */
  public void confirmed(long id) {
    List<CompletableFuture<Void>> heeded;
    synchronized (this) {
      var until = unconfirmed.headMap(id, true);
      heeded = List.copyOf(until.values());
      until.clear();
    }
    heeded.forEach(one -> one.complete(null));
  }

  private CompletableFuture<Void> lapsed() {
    Long last = answeredAt;
    return feeds.passed(last == null ? System.nanoTime() : feeds.lapsing(last));
  }

  /** Ends the watch with a failure of something that it needs. */
  @Override
  public void failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof NotAnswerable known) {
      end(known.refusal());
    } else {
      LOG.error("a watch failed", cause);
      end(FAULT);
    }
  }

  /** Ends the watch and says why. */
  public void end(Refusal why) {
    outbox.end(why);
    close();
  }

  /** Ends the watch because the watcher wants no more. */
  public void complete() {
    outbox.complete();
    close();
  }

  /** Nobody listens any more. */
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (heartbeats != null) {
        heartbeats.cancel(false);
      }
    }
    outbox.close();
    feeds.closed(this);
    if (follower != null) {
      feeds.census().unfollow(follower);
    }
    Long last = plan.holdsAnswers() ? answeredAt : null;
    joined.forEach((id, one) -> {
      if (last != null) {
        // Before it leaves: so whoever does not find it among those who are told finds it here.
        feeds.owes(id, last);
      }
      one.feed().leave(one.subscription());
      feeds.released(id);
    });
    List<CompletableFuture<Void>> waiting;
    synchronized (this) {
      waiting = List.copyOf(unconfirmed.values());
      unconfirmed.clear();
    }
    if (!waiting.isEmpty()) {
      var _ = lapsed().thenRun(() -> waiting.forEach(heeded -> heeded.complete(null)));
    }
  }

  static Refusal unknown(OrganizationId id) {
    return Refusal.of(
        Reason.ORGANIZATION_NOT_FOUND,
        "There is no organization %s to watch.".formatted(id),
        "organization",
        id.value());
  }
}
