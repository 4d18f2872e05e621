package dev.sightline.watch;

import dev.sightline.cache.GraphListener;
import dev.sightline.cache.Graphs;
import dev.sightline.cache.Move;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.Proven;
import dev.sightline.cache.Requirement;
import dev.sightline.cache.RevisionLog;
import dev.sightline.graph.Micros;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everything that is watched on this node.
 *
 * <p><b>What it promises.</b> A watcher is told every change of a level after its cursor, once, in
 * the order of positions, by whichever node it comes to; or it is told that this cannot be had
 * (RESYNC). A heartbeat that says "proved so long ago" comes behind every event that was committed
 * before that. No watcher slows a writer or another watcher.
 *
 * <p><b>How.</b> Each organization that is watched has a {@link Feed}, which moves a graph along
 * the log and tells the difference that each {@link Step} makes. Steps become messages once for all
 * who want the same ({@link Audience}) and go into each watcher's bounded {@link Outbox}. Who comes
 * with a cursor is brought to where the feed is by a {@link Replay} of its own, while what the feed
 * tells meanwhile is held back behind it ({@link Joining}).
 *
 * <p><b>What breaks if it is changed.</b> Telling a feed's moves from more than one thread loses
 * their order. Taking the age of a proof after putting the heartbeat into the outbox, or setting it
 * before the events are in, makes heartbeats lie. Letting somebody in and taking the snapshot in
 * two turns of the mailbox loses what comes between.
 */
public final class Feeds implements GraphListener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LINGER = Duration.ofSeconds(30);

  private static final Refusal STOPPING =
      Refusal.of(
          Reason.SERVER_STOPPING,
          "This node is stopping; come back with the last cursors, to any node.");

  private final Graphs graphs;
  private final Census census;
  private final Encoder encoder;
  private final ExecutorService threads;
  private final ScheduledExecutorService timer;
  private final ConcurrentHashMap<OrganizationId, Kept> feeds = new ConcurrentHashMap<>();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final Owed owed = new Owed();
  private volatile boolean closed;

  /** A feed, how many use it, and since when nobody does. */
  private record Kept(Feed feed, int users, long idleSince) {}

  /**
   * @param threads runs what waits, a virtual thread for each
   */
  public Feeds(
      Graphs graphs, Organizations organizations, Encoder encoder, ExecutorService threads) {
    this.graphs = graphs;
    this.encoder = encoder;
    this.threads = threads;
    this.census = new Census(organizations, this::proveDirectory, threads);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("watch-timer").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    graphs.tell(this);
    var _ =
        timer.scheduleWithFixedDelay(
            () -> dropIdle(LINGER), LINGER.toMillis(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Makes a watch, which tells nothing before it is {@linkplain Watch#begin begun}. */
  public Watch watch(WatchPlan plan, Wire wire) {
    Watch watch = new Watch(this, plan, wire);
    watches.add(watch);
    if (closed) {
      watch.end(STOPPING);
    }
    return watch;
  }

  /** How many watches are open. */
  public int count() {
    return watches.size();
  }

  /** How many organizations are followed: those watched, and those that were until just now. */
  public int organizations() {
    return feeds.size();
  }

  /**
   * How many watches are told, each organization counted by itself. Waits until those have been let
   * in or out that came before.
   */
  public int subscriptions() {
    return feeds.values().stream().mapToInt(kept -> kept.feed().subscriptions().join()).sum();
  }

  void closed(Watch watch) {
    watches.remove(watch);
  }

  Census census() {
    return census;
  }

  Encoder encoder() {
    return encoder;
  }

  ExecutorService threads() {
    return threads;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  RevisionLog log(OrganizationId organization) {
    return graphs.log(organization);
  }

  /**
   * Completes when nobody who watches this organization here honours anything older than a position
   * of its log: who holds answers has confirmed it, or what it holds has lapsed. Exceptionally if
   * it does not show in time that the log has come there.
   */
  CompletableFuture<Void> heeded(OrganizationId organization, Requirement.AtLeast position) {
    Kept kept = feeds.get(organization);
    CompletableFuture<Void> byWatchers =
        kept == null
            ? CompletableFuture.completedFuture(null)
            : kept.feed().heeded(position.revision(), position.hashPrefix());
    // Only now: who has left before being asked is in it.
    return byWatchers.thenCompose(_ -> passed(owed.until(organization)));
  }

  /** A watcher who was answered then is gone, and may honour what it was told for a while. */
  void owes(OrganizationId organization, long answeredAt) {
    owed.add(organization, lapsing(answeredAt));
  }

  /** Until when, a reading of {@link System#nanoTime}, a watcher may honour what it holds. */
  long lapsing(long answeredAt) {
    return answeredAt + graphs.staleness().max().toNanos();
  }

  /** Completes at this reading of {@link System#nanoTime}. */
  CompletableFuture<Void> passed(long nanoTime) {
    CompletableFuture<Void> passed = new CompletableFuture<>();
    long left = nanoTime - System.nanoTime();
    if (left <= 0) {
      passed.complete(null);
    } else {
      var _ = timer.schedule(() -> passed.complete(null), left, TimeUnit.NANOSECONDS);
    }
    return passed;
  }

  /**
   * For how many nanoseconds watchers that are gone may go on honouring what they were told; 0 if
   * none does.
   */
  public long owedNanos() {
    return owed.left();
  }

  /** The installation's max-staleness, in microseconds. */
  long maxStalenessMicros() {
    return TimeUnit.NANOSECONDS.toMicros(graphs.staleness().max().toNanos());
  }

  /** Time that an answer may be ahead of what is proved, in microseconds. */
  long maxAheadMicros() {
    return maxStalenessMicros();
  }

  static Duration patience() {
    return PATIENCE;
  }

  /** The organization's feed, which stays until it is {@linkplain #released released}. */
  Feed held(OrganizationId organization) {
    return feeds
        .compute(
            organization,
            (id, kept) ->
                kept == null
                    ? new Kept(new Feed(id, new Source(id), encoder, Limits.USUAL, threads), 1, 0)
                    : new Kept(kept.feed(), kept.users() + 1, 0))
        .feed();
  }

  void released(OrganizationId organization) {
    feeds.computeIfPresent(
        organization, (_, kept) -> new Kept(kept.feed(), kept.users() - 1, System.nanoTime()));
  }

  /** Lets go of the organizations that nobody has watched for so long. */
  public void dropIdle(Duration idle) {
    long since = System.nanoTime() - idle.toNanos();
    for (OrganizationId organization : feeds.keySet()) {
      feeds.computeIfPresent(
          organization,
          (_, kept) -> kept.users() == 0 && kept.idleSince() - since < 0 ? null : kept);
    }
    owed.forgetPassed();
  }

  @Override
  public Collection<OrganizationId> watched() {
    return feeds.keySet();
  }

  @Override
  public boolean isWatched(OrganizationId organization) {
    return feeds.containsKey(organization);
  }

  @Override
  public void committed(OrganizationId organization, List<Move> moves) {
    Kept kept = feeds.get(organization);
    if (kept != null) {
      kept.feed().committed(moves);
    } else if (moves.getFirst().before().revision() == 0) {
      proveDirectory();
    }
  }

  private void proveDirectory() {
    var _ = graphs.proveDirectory();
  }

  @Override
  public void proved(OrganizationId organization, Proven head) {
    Kept kept = feeds.get(organization);
    if (kept != null) {
      kept.feed().proved(head);
    }
  }

  @Override
  public void directoryProved(long epoch, long asOf) {
    census.proved(epoch, asOf);
  }

  /** Ends all watches; they may come back to another node. */
  @Override
  public void close() {
    closed = true;
    watches.forEach(watch -> watch.end(STOPPING));
    timer.shutdownNow();
  }

  /** An organization as the graphs know it. */
  private final class Source implements FeedSource {
    private final OrganizationId id;
    private final AtomicBoolean timerIsSet = new AtomicBoolean();

    Source(OrganizationId id) {
      this.id = id;
    }

    @Override
    public Loaded load() throws NotAnswerable {
      try {
        long begin = System.nanoTime();
        var fresh =
            graphs.fresh(id, new Requirement.FullyConsistent(begin), begin + PATIENCE.toNanos());
        return new Loaded(fresh.graph(), fresh.asOf());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NotAnswerable(STOPPING, e);
      }
    }

    @Override
    public RevisionLog log() {
      return graphs.log(id);
    }

    @Override
    public void prove() {
      var _ = graphs.prove(id);
    }

    @Override
    public void proveWhenPassed(long micros) {
      long nanos = micros == Micros.NEVER ? Long.MAX_VALUE : graphs.nanosUntil(micros);
      // What is further away is looked at again with the next proof.
      if (nanos <= graphs.staleness().max().toNanos() && timerIsSet.compareAndSet(false, true)) {
        long delay = Math.max(nanos, 0) + TimeUnit.MICROSECONDS.toNanos(500);
        var _ =
            timer.schedule(
                () -> {
                  timerIsSet.set(false);
                  prove();
                },
                delay,
                TimeUnit.NANOSECONDS);
      }
    }
  }
}
