package dev.sightline.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers that a client holds and gives again without asking.
 *
 * <p><b>What it promises.</b> An answer that is given at an instant t is right for some instant
 * between t less max-staleness and t, whatever fails. With the default freshness it is, besides,
 * never older than anything that this client has seen. It may lose answers; it may not give a wrong
 * one.
 *
 * <p><b>How.</b> A watch of the organization tells every change. Four things must hold of an answer
 * when it is given:
 *
 * <ol>
 *   <li><i>It is in the table.</i> An event drops what it touches and what was decided before it.
 *       What is on its way then is not there to be dropped, so {@link Floors} remember what was
 *       touched: an answer that comes later, from before the event, is not taken in. Both compare
 *       positions, so it does not matter which comes first. Both happen under one lock: there is no
 *       moment in between.
 *   <li><i>The lease has not run out.</i> A heartbeat says that everything that was committed until
 *       a moment was told before it; the moment is when the ping was <b>sent</b>, less the proof's
 *       age. For 98 % of max-staleness from then, what is held is right for that moment or for a
 *       later one: if its position is below what was told, nothing has touched it up to that
 *       moment; if it is above, it is right for the instant at which that position was committed,
 *       which was later. A stream that ends ends its lease.
 *   <li><i>Its own end has not come</i>: what ends by time was said with the answer, and is counted
 *       from when its request was sent.
 *   <li><i>It has seen what this client has seen</i>, unless the caller does not mind: its position
 *       is not below the highest that was seen; or the watch was told as far as that; or the lease
 *       is of a moment after it was seen, with something to spare for how clocks are estimated.
 * </ol>
 *
 * <p>What is known without a gap is a {@link Generation}. A new one begins, with nothing held, when
 * a stream starts anywhere but at the cursor that it was asked for, and with each RESYNC. An answer
 * is taken in only if its proof is from after the generation began. That one rule keeps out answers
 * that began before it, and those of a node that has not noticed yet what another has told us: that
 * the log was set back. An answer whose position was not told may be of a log that is being lost
 * while the stream goes on with the one that lasts, with nobody to tell of that. From above what
 * was told it is held no longer than its own proof allows, is given to nobody who minds and has
 * seen anything since, and a stream that comes back below it begins anew; from below it is not
 * taken in.
 *
 * <p><b>What breaks if one changes it.</b>
 *
 * <ul>
 *   <li>Finding reads the {@link Standing}, then the table, then the clock. With the clock or the
 *       table first, a thread that is stopped in between gives an answer that has died long since.
 *   <li>An event first raises what was seen, then drops, and only then counts as told; and that
 *       only with the last part of its step. In another order somebody finds an old answer and a
 *       new standing, or asks a node that is behind.
 *   <li>Heartbeats and confirmations are dealt with on the thread that takes in the events before
 *       them, in turn. Elsewhere they would overtake.
 *   <li>The floors that are forgotten raise the floor of everything. If they did not, an answer
 *       that was on its way for long would come in under them.
 *   <li>Only what depends on the level alone is held: nobody is told of an ADMIN who becomes an
 *       EDITOR by entry, whose level stays but who may not delete any more. So {@link
 *       Action#DELETE} and its like always ask, and so do lists without drafts, and names.
 * </ul>
 *
 * <p>Nothing waits here: what a caller does is a look at a table, and what comes from the network
 * is dealt with at once. Streams are spoken on outside the lock.
 */
final class NearCache implements LongLived {
  private static final long CONNECT_EVERY = TimeUnit.MILLISECONDS.toNanos(500);

  private final NearCacheOptions options;
  private final SeenPositions seen;
  private final Timing timing;
  private final NearLine.Maker lines;
  private final Runnable connect;
  private final ReentrantLock lock = new ReentrantLock();
  private final NearTable table;
  private final HeldPages pages;
  private final NearCounts counts = new NearCounts();
  private final SequencedMap<String, NearOrganization> byUse = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;
  private long connectedAt;

  /**
   * @param connect does not wait for its turn any longer: whoever waits for a connection
   */
  NearCache(
      NearCacheOptions options,
      SeenPositions seen,
      Timing timing,
      NearLine.Maker lines,
      Runnable connect) {
    this.options = options;
    this.seen = seen;
    this.timing = timing;
    this.lines = lines;
    this.connect = connect;
    this.table = new NearTable(options.entries());
    this.pages = new HeldPages(options.entries());
    this.connectedAt = timing.now() - CONNECT_EVERY;
  }

  ReentrantLock lock() {
    return lock;
  }

  Timing timing() {
    return timing;
  }

  NearLine.Maker lines() {
    return lines;
  }

  NearTable table() {
    return table;
  }

  HeldPages pages() {
    return pages;
  }

  NearCounts counts() {
    return counts;
  }

  SeenPositions seen() {
    return seen;
  }

  NearCacheOptions options() {
    return options;
  }

  /** What is held of an organization; the one that was used least recently makes room for it. */
  NearOrganization organization(String id) {
    var ending = new ArrayList<Runnable>();
    lock.lock();
    try {
      var known = byUse.get(id);
      if (known != null) {
        return known;
      }
      var added = new NearOrganization(id, this, seen.follow(id));
      if (closed) {
        ending.add(added.end());
        seen.unfollow(id);
      } else {
        byUse.put(id, added);
      }
      while (byUse.size() > options.organizations()) {
        var eldest = byUse.pollFirstEntry().getValue();
        ending.add(eldest.end());
        seen.unfollow(eldest.id());
      }
      return added;
    } finally {
      lock.unlock();
      ending.forEach(Runnable::run);
    }
  }

  /** The same, if there is any. */
  @Nullable NearOrganization known(String id) {
    lock.lock();
    try {
      return byUse.get(id);
    } finally {
      lock.unlock();
    }
  }

  /** The lock is held. */
  void used(NearOrganization organization) {
    var _ = byUse.get(organization.id());
  }

  /** Whoever comes back need not wait until a connection is due; not too often. */
  void connect() {
    lock.lock();
    try {
      if (timing.now() - connectedAt < CONNECT_EVERY) {
        return;
      }
      connectedAt = timing.now();
    } finally {
      lock.unlock();
    }
    connect.run();
  }

  NearCacheStatistics statistics() {
    lock.lock();
    try {
      return new NearCacheStatistics(
          counts.hits.sum(),
          counts.misses.sum(),
          counts.fills.sum(),
          counts.fillsLost.sum(),
          counts.invalidations.sum(),
          table.evictions() + pages.evictions(),
          counts.lapses.sum(),
          byUse.size(),
          table.size() + pages.size());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    var ending = new ArrayList<Runnable>();
    lock.lock();
    try {
      closed = true;
      byUse.values().forEach(it -> ending.add(it.end()));
      byUse.clear();
    } finally {
      lock.unlock();
    }
    ending.forEach(Runnable::run);
  }

  @Override
  public void awaitEnd(Duration grace) {
    // Nothing of it waits, and nobody waits for it.
  }
}
