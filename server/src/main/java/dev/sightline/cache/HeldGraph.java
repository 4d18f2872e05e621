package dev.sightline.cache;

import dev.sightline.graph.OrgGraph;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.store.Proofs.ProvenHead;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The place where one organization's graph is held.
 *
 * <p>INVARIANT: until it is dropped, the held graph only moves forward, in revisions and in time.
 */
final class HeldGraph {
  private final OrganizationId id;
  private final AtomicReference<@Nullable Fresh> held = new AtomicReference<>();
  private final AtomicReference<@Nullable CompletableFuture<Void>> renewal =
      new AtomicReference<>();
  private volatile long usedAt = System.nanoTime();

  HeldGraph(OrganizationId id) {
    this.id = id;
  }

  OrganizationId id() {
    return id;
  }

  /** What is held now; null before the first load, and after a fork. */
  @Nullable Fresh now() {
    return held.get();
  }

  /** The renewal under way, which callers of the same organization share. */
  AtomicReference<@Nullable CompletableFuture<Void>> renewal() {
    return renewal;
  }

  /** Notes that somebody asked; cheap enough for every check. */
  void used(long nanoTime) {
    if (nanoTime - usedAt > 100_000_000L) {
      usedAt = nanoTime;
    }
  }

  boolean usedSince(long nanoTime) {
    return usedAt - nanoTime >= 0;
  }

  /**
   * Holds a graph known as of a moment, unless a newer one is held already.
   *
   * <p>What is held and is not on the way to it may be of another log.
   *
   * @param passedMicros as {@link Fresh#passedMicros}
   */
  Fresh install(Route route, long asOf, long passedMicros) {
    Fresh now =
        Objects.requireNonNull(
            held.updateAndGet(before -> {
              KnownLog log =
                  before != null && route.leadsPast(before.graph()) ? before.log() : new KnownLog();
              Fresh candidate = new Fresh(route.graph(), asOf, passedMicros, log);
              return before == null ? candidate : newer(before, candidate);
            }));
    if (isAt(now.graph(), route.graph())) {
      route.positions().forEach(now.log()::note);
    }
    return now;
  }

  /** The held graph is proved to be current as of this moment, too, if it is still this head. */
  void proved(ProvenHead head, long asOf, long passedMicros) {
    held.updateAndGet(fresh ->
        fresh != null && isAt(fresh.graph(), head)
            ? new Fresh(
                fresh.graph(),
                latest(fresh.asOf(), asOf),
                Math.max(fresh.passedMicros(), passedMicros),
                fresh.log())
            : fresh);
  }

  /** Holds the same revision later in time, unless something else is held by now. */
  void passTime(Fresh seen, OrgGraph later) {
    held.compareAndSet(seen, new Fresh(later, seen.asOf(), seen.passedMicros(), seen.log()));
  }

  /** Drops the graph: it is on a branch of the log that is no more. */
  void drop() {
    held.set(null);
  }

  static boolean isAt(OrgGraph graph, ProvenHead head) {
    return isAt(graph, head.revision(), head.hash());
  }

  private static boolean isAt(OrgGraph graph, OrgGraph other) {
    return isAt(graph, other.revision(), other.position().head());
  }

  static boolean isAt(OrgGraph graph, long revision, LogHash hash) {
    Position position = graph.position();
    return position.revision() == revision && position.head().equals(hash);
  }

  /**
   * INVARIANT: what a graph is known as of never comes from one at another head, which might be on
   * another branch; what is known of its log only from one that it has come by.
   */
  private static Fresh newer(Fresh held, Fresh candidate) {
    Position before = held.graph().position();
    Position after = candidate.graph().position();
    if (after.revision() < before.revision()) {
      return held;
    }
    OrgGraph graph = candidate.graph().through(later(before.endedThrough(), after.endedThrough()));
    return isAt(held.graph(), after.revision(), after.head())
        ? new Fresh(
            graph,
            latest(held.asOf(), candidate.asOf()),
            Math.max(held.passedMicros(), candidate.passedMicros()),
            held.log())
        : new Fresh(graph, candidate.asOf(), candidate.passedMicros(), candidate.log());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static long latest(long a, long b) {
    return a - b >= 0 ? a : b;
  }
}
