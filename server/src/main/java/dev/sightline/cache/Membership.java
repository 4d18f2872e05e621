package dev.sightline.cache;

import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.Nodes;
import dev.sightline.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among the others.
 *
 * <p><b>What it promises.</b> A node that answers is among {@link #everybody}: so whoever has asked
 * all of them has asked everybody.
 *
 * <p><b>How.</b> A node is registered before its first load, and renews its row for a lease. When
 * the lease is over it answers nothing. A row that stood still for three of its leases is removed
 * by whichever node notices. Both are counted on monotonic clocks, each on its own: nobody compares
 * what clocks show. Nodes may differ in max-staleness while it is being changed, so a row says its
 * node's.
 *
 * <p>A database that was replaced may have lost rows, and this node's own need not be among them.
 * So when the server turns out to be another one, or to have been started again, this node waits
 * for the bound to pass before it takes a list for complete: by then nobody answers who is not on
 * it.
 *
 * <p><b>What breaks if it is changed.</b> Taking the time after the renewal, or removing rows
 * sooner than their owners have stopped, lets a node answer that nobody asks.
 */
public final class Membership implements Lease, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final Refusal AWAY =
      Refusal.of(Reason.STORE_UNAVAILABLE, "The database is away; try again.");
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(20);
  private static final int RENEWALS_A_LEASE = 4;
  private static final int LEASES_OF_SILENCE = 3;
  private static final int MOST_SERVERS = 100;
  private static final long LONGEST_RENEWAL_MILLIS = 2_000;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Nodes nodes;
  private final Duration maxStaleness;
  private final long usableNanos;
  private final Duration shortestLease;
  private final long leaseNanos;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private final Map<String, Seen> seen = new HashMap<>();
  private volatile String name;
  private volatile long renewedAt;
  private volatile long registeredAt;
  private final Map<Instant, Long> servers = new HashMap<>();
  private volatile boolean alone;

  // The longest max-staleness that a node had, whether it is still on the list or not.
  private volatile Duration longest;

  private volatile boolean closed;

  /** A row, and since when it has looked like that. */
  private record Seen(Nodes.Row row, long since) {}

  /**
   * Who may answer.
   *
   * @param maxStaleness for how long anybody may honour what one of them has answered
   * @param complete whether nobody else may still answer
   */
  public record Everybody(Set<String> names, Duration maxStaleness, boolean complete) {}

  /**
   * Registers this node.
   *
   * @throws StoreUnavailable if the database is away
   */
  public Membership(Nodes nodes, Staleness staleness) {
    this(nodes, staleness, SHORTEST_LEASE);
  }

  Membership(Nodes nodes, Staleness staleness, Duration shortestLease) {
    this.nodes = nodes;
    this.maxStaleness = staleness.max();
    this.longest = staleness.max();
    this.usableNanos = staleness.usableNanos();
    this.shortestLease = shortestLease;
    this.leaseNanos = leaseNanos(staleness.max());
    this.renewedAt = System.nanoTime();
    this.name = nodes.renew();
    this.registeredAt = System.nanoTime();
    nodes.whenLost(wake::release);
    try {
      lookAround();
    } catch (RuntimeException e) {
      takeOff();
      throw e;
    }
    this.thread = Thread.ofPlatform().name("membership").daemon().start(this::run);
  }

  /** How long the lease of a node is that has this max-staleness. */
  private long leaseNanos(Duration maxStaleness) {
    return Math.max(shortestLease.toNanos(), 2 * maxStaleness.toNanos());
  }

  /** What this node is called; another name after it has been taken for gone. */
  public String name() {
    return name;
  }

  /** Whether no other node was there when this one looked last, nor has said anything since. */
  boolean alone() {
    return alone;
  }

  /** Another node has said something. */
  void met() {
    alone = false;
  }

  /**
   * Whether this node has been on the list for longer than anybody honours what is older. Until
   * then others may answer who are not on it: the database may have been replaced by an older one.
   */
  public boolean isSettled() {
    return isLongAgo(registeredAt);
  }

  private boolean isLongAgo(long instant) {
    return System.nanoTime() - instant > longest.toNanos();
  }

  /** The same of the server that has answered: whether it has for so long. */
  private synchronized boolean isSettled(Instant serverSince) {
    if (servers.size() >= MOST_SERVERS && !servers.containsKey(serverSince)) {
      servers.clear();
    }
    return isLongAgo(servers.computeIfAbsent(serverSince, _ -> System.nanoTime()));
  }

  /**
   * Every node that may answer, this one included, of those that have registered before this call.
   * Blocks.
   *
   * @throws NotAnswerable if the database is away, or is another one than this node has registered
   *     with
   */
  public Everybody everybody() throws NotAnswerable {
    try {
      Nodes.Listed all = nodes.list();
      Duration listed = longest(all.rows());
      // INVARIANT: looked at after the list was read, or a registration in between would not be
      // noticed; the name first, which is written last.
      boolean complete = all.asking().equals(name) && isSettled(all.serverSince()) && isSettled();
      return new Everybody(
          all.rows().keySet(), complete ? listed : longer(listed, longest), complete);
    } catch (StoreUnavailable e) {
      throw new NotAnswerable(AWAY, e);
    }
  }

  private Duration longest(Map<String, Nodes.Row> rows) {
    return rows.values().stream()
        .map(Nodes.Row::maxStaleness)
        .reduce(maxStaleness, Membership::longer);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  @Override
  public long covered(long asOf) {
    long latest = renewedAt + leaseNanos - usableNanos;
    return asOf - latest > 0 ? latest : asOf;
  }

  private void run() {
    long pause = leaseNanos / RENEWALS_A_LEASE;
    while (!closed) {
      try {
        boolean _ = wake.tryAcquire(pause, TimeUnit.NANOSECONDS);
        wake.drainPermits();
        pause = closed || renewed() ? leaseNanos / RENEWALS_A_LEASE : RETRY_NANOS;
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private boolean renewed() {
    try {
      long begin = System.nanoTime();
      String before = name;
      String after = nodes.renew();
      if (!after.equals(before)) {
        registeredAt = System.nanoTime();
        LOG.warn("this node was not where it was registered; it is a new one now");
      }
      name = after;
      renewedAt = begin;
      lookAround();
      return true;
    } catch (Throwable e) {
      // Whatever it was: without renewals this node would never answer again.
      LOG.debug("the registration of this node was not renewed: {}", e.getMessage());
      return false;
    }
  }

  private void lookAround() {
    Nodes.Listed all = nodes.list();
    boolean _ = isSettled(all.serverSince());
    Map<String, Nodes.Row> rows = all.rows();
    alone = rows.size() <= 1;
    longest = longer(longest, longest(rows));
    long now = System.nanoTime();
    seen.keySet().retainAll(rows.keySet());
    rows.forEach((node, row) -> {
      Seen before = seen.get(node);
      if (before == null || !before.row().equals(row)) {
        seen.put(node, new Seen(row, now));
      } else if (now - before.since() > LEASES_OF_SILENCE * leaseNanos(row.maxStaleness())) {
        LOG.info("node {} has been silent for long; it is taken for gone", node);
        nodes.remove(node, row.beat());
      }
    });
  }

  /**
   * Ends the renewals and takes this node off the list. To be called when it answers nothing any
   * more, and nobody honours what it has answered. Does nothing once it is closed.
   */
  public void leave() {
    if (!closed) {
      close();
      takeOff();
    }
  }

  private void takeOff() {
    try {
      nodes.leave();
    } catch (RuntimeException e) {
      LOG.debug("this node stays on the list until others take it off: {}", e.getMessage());
    }
  }

  /** Ends the renewals; the others take this node off the list when they notice. */
  @Override
  public void close() {
    closed = true;
    wake.release();
    try {
      thread.join(LONGEST_RENEWAL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
