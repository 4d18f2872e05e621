package dev.sightline.cache;

import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.Proofs;
import dev.sightline.store.Proofs.ProvenHead;
import dev.sightline.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves heads of the log, many in one query: those that somebody waits for at once, those in use
 * at a fraction of the bound.
 *
 * <p>A proof is as of the moment before its query was sent. INVARIANT: whoever asks joins only a
 * proof that has not been sent yet, so what is learned is never older than the asking.
 */
final class Prover implements AutoCloseable {
  /**
   * A proof.
   *
   * @param heads what the database said
   * @param asOf as of when it may be taken, a reading of {@link System#nanoTime}
   * @param databaseMicros what its clock has passed for sure, in microseconds since 1970
   */
  record Proof(Proofs.Proof heads, long asOf, long databaseMicros) {
    /** Where the organization stands; revision 0 if it is proved not to exist. */
    ProvenHead head(OrganizationId organization) {
      ProvenHead head = heads.head(organization);
      return head == null ? NONE : head;
    }

    Proven proven(OrganizationId organization) {
      ProvenHead head = head(organization);
      return new Proven(head.revision(), head.hash(), asOf, databaseMicros);
    }
  }

  private static final ProvenHead NONE = new ProvenHead(0, LogHash.EMPTY, 0);

  private static final Logger LOG = LoggerFactory.getLogger(Prover.class);

  private static final int MOST_TOGETHER = 5_000;

  private final Proofs proofs;
  private final Staleness staleness;
  private final DatabaseClock clock;
  private final Lease lease;
  private final Supplier<Collection<OrganizationId>> inUse;
  private final BiConsumer<Collection<OrganizationId>, Proof> taker;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private Map<OrganizationId, CompletableFuture<Proof>> waiting = new LinkedHashMap<>();
  private CompletableFuture<Proof> waitingForAny = new CompletableFuture<>();
  private boolean someoneWaits;
  private boolean closed;

  /**
   * Starts proving.
   *
   * @param inUse what is to be proved without being asked for
   * @param taker takes in what was proved about which organizations, before those who wait for it
   */
  Prover(
      Proofs proofs,
      Staleness staleness,
      DatabaseClock clock,
      Lease lease,
      Supplier<Collection<OrganizationId>> inUse,
      BiConsumer<Collection<OrganizationId>, Proof> taker) {
    this.proofs = proofs;
    this.staleness = staleness;
    this.clock = clock;
    this.lease = lease;
    this.inUse = inUse;
    this.taker = taker;
    this.thread = Thread.ofPlatform().name("prover").daemon().start(this::run);
  }

  /** A proof about this organization that is sent from now on. */
  CompletableFuture<Proof> prove(OrganizationId organization) {
    lock.lock();
    try {
      wake();
      return waiting.computeIfAbsent(organization, _ -> new CompletableFuture<>());
    } finally {
      lock.unlock();
    }
  }

  /** A proof that is sent from now on, about whatever else is to be proved, and the token epoch. */
  CompletableFuture<Proof> proveAny() {
    lock.lock();
    try {
      wake();
      return waitingForAny;
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    someoneWaits = true;
    asked.signal();
  }

  private void run() {
    long nextPeriod = System.nanoTime();
    while (awaitWork(nextPeriod)) {
      boolean due = System.nanoTime() - nextPeriod >= 0;
      if (due) {
        nextPeriod = System.nanoTime() + staleness.proofIntervalNanos();
      }
      proveOnce(due);
    }
  }

  /** Waits until somebody asks or the period is over; false once closed. */
  private boolean awaitWork(long nextPeriod) {
    lock.lock();
    try {
      while (!closed && !someoneWaits) {
        long left = nextPeriod - System.nanoTime();
        if (left <= 0) {
          break;
        }
        asked.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void proveOnce(boolean due) {
    Map<OrganizationId, CompletableFuture<Proof>> taken;
    CompletableFuture<Proof> any;
    lock.lock();
    try {
      taken = waiting;
      any = waitingForAny;
      waiting = new LinkedHashMap<>();
      waitingForAny = new CompletableFuture<>();
      someoneWaits = false;
    } finally {
      lock.unlock();
    }
    try {
      var organizations = new LinkedHashSet<>(taken.keySet());
      if (due) {
        organizations.addAll(inUse.get());
      }
      // Each part is a proof of its own: a large one would be slow, and a slow one proves nothing.
      for (List<OrganizationId> part : parts(organizations)) {
        Proof proof = prove(part);
        taker.accept(part, proof);
        for (OrganizationId organization : part) {
          CompletableFuture<Proof> waiter = taken.get(organization);
          if (waiter != null) {
            waiter.complete(proof);
          }
        }
        any.complete(proof);
      }
    } catch (Throwable e) {
      LOG.debug("no proof: {}", e.getMessage());
      taken.values().forEach(waiter -> waiter.completeExceptionally(e));
      any.completeExceptionally(e);
    }
  }

  /** At least one, if empty: the token epoch is proved in any case. */
  private static List<List<OrganizationId>> parts(Collection<OrganizationId> organizations) {
    List<OrganizationId> all = List.copyOf(organizations);
    List<List<OrganizationId>> parts = new ArrayList<>();
    for (int from = 0; from == 0 || from < all.size(); from += MOST_TOGETHER) {
      parts.add(all.subList(from, Math.min(all.size(), from + MOST_TOGETHER)));
    }
    return parts;
  }

  private Proof prove(Collection<OrganizationId> organizations) throws NotAnswerable {
    long sent = System.nanoTime();
    Proofs.Proof heads;
    try {
      heads = proofs.prove(organizations);
    } catch (StoreUnavailable e) {
      throw new NotAnswerable(unproved(), e);
    }
    long received = System.nanoTime();
    if (received - sent > staleness.slowestProofNanos()) {
      throw new NotAnswerable(unproved());
    }
    long databaseMicros = clock.measured(sent, received, heads.databaseTime());
    return new Proof(heads, lease.covered(sent), databaseMicros);
  }

  Refusal unproved() {
    return Refusal.of(
        Reason.NOT_FRESH,
        "The database did not confirm in time that what is known here is current; try again.",
        "max_staleness_ms",
        Long.toString(TimeUnit.NANOSECONDS.toMillis(staleness.max().toNanos())));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      asked.signal();
      var closing = new NotAnswerable(unproved());
      waiting.values().forEach(waiter -> waiter.completeExceptionally(closing));
      waitingForAny.completeExceptionally(closing);
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      // Or it would find its connection closed under its hands.
      thread.join(staleness.max());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
