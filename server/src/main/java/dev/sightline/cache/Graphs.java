package dev.sightline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sightline.change.Instants;
import dev.sightline.change.Revision;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.Proofs.ProvenHead;
import dev.sightline.store.StoreUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graphs of the organizations in use, each with the proof that it is current.
 *
 * <p>The promise: an answer given on a {@link Fresh} graph, and found {@link #stillFresh} after
 * evaluating, is right for some instant between now minus max-staleness and now.
 *
 * <p>How it is kept. A graph is known <em>as of</em> a reading of the monotonic clock taken
 * <em>before</em> the query was sent that found it to be the head of the log. Organizations in use
 * are proved again at a fraction of the bound; a check that finds its proof too old waits for a new
 * one, which all who wait share. No proof in time: the check fails, closed. Loading is proof, too:
 * revision and rows come from one snapshot. A graph that is behind the head catches up by the log;
 * a graph whose head the log does not have (a backup put back, a lost tail written past) is
 * dropped.
 *
 * <p>What breaks if it is changed: taking the time after the query makes every answer too old by a
 * round trip; letting a load install over a newer graph takes back what was acknowledged; joining a
 * proof that is under way makes {@code fully_consistent} a lie.
 */
public final class Graphs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Graphs.class);
  private static final Duration IN_USE = Duration.ofSeconds(10);
  private static final Refusal AWAY =
      Refusal.of(Reason.STORE_UNAVAILABLE, "The database is away; try again.");

  private final Cache<OrganizationId, HeldGraph> held;
  private final GraphLoader loader;
  private final Staleness staleness;
  private final long usableNanos;
  private final long capacityBytes;
  private final DatabaseClock clock;
  private final Prover prover;
  private final TokenEpoch tokenEpoch = new TokenEpoch();
  private final Lease lease;
  private volatile @Nullable GraphListener listener;
  private volatile Hinter hinter = (_, _) -> {};
  private volatile long provenAsOf = Long.MIN_VALUE;

  /**
   * Starts proving what will be in use.
   *
   * @param lease for how long this node may answer at all
   * @param capacityBytes how much memory the graphs may take, about
   */
  public Graphs(
      GraphLoader loader,
      Staleness staleness,
      DatabaseClock clock,
      Lease lease,
      long capacityBytes) {
    this.loader = loader;
    this.lease = lease;
    this.staleness = staleness;
    this.capacityBytes = capacityBytes;
    this.usableNanos = staleness.usableNanos();
    this.clock = clock;
    this.held =
        Caffeine.newBuilder()
            .maximumWeight(capacityBytes / 1024)
            .weigher((OrganizationId _, HeldGraph graph) -> weight(graph))
            .build();
    this.prover = new Prover(loader.proofs(), staleness, clock, lease, this::inUse, this::proved);
  }

  /** Tells one listener from now on, in place of any before. */
  public void tell(GraphListener hearer) {
    listener = hearer;
  }

  /** Hears what this node has written to. */
  @FunctionalInterface
  interface Hinter {
    /** Never waits. */
    void moved(OrganizationId organization, boolean created);
  }

  /** Tells one listener from now on which organizations this node has written to. */
  void hint(Hinter hinter) {
    this.hinter = hinter;
  }

  /** Another node says that it has written: what is held or watched is proved at once. */
  void hinted(OrganizationId organization) {
    GraphListener hearer = listener;
    boolean watched = hearer != null && hearer.isWatched(organization);
    if (watched || isHeld(organization)) {
      var _ = prover.prove(organization);
    }
  }

  /** Whether a graph of the organization is here, or on its way. */
  public boolean isHeld(OrganizationId organization) {
    return held.getIfPresent(organization) != null;
  }

  /** Whether the database has lately confirmed anything, so that answers can be given. */
  public boolean isProving() {
    long asOf = provenAsOf;
    return asOf != Long.MIN_VALUE && stillFresh(asOf);
  }

  public Staleness staleness() {
    return staleness;
  }

  /** Whether an answer may still be given on what was known as of then. */
  public boolean stillFresh(long asOf) {
    return System.nanoTime() - asOf <= usableNanos;
  }

  /**
   * The graph, if it is here and proved: no waiting, no blocking, hardly an allocation.
   *
   * @return null if something has to be waited for: ask {@link #fresh}
   */
  public @Nullable Fresh peek(OrganizationId organization) {
    HeldGraph graph = held.getIfPresent(organization);
    return graph == null ? null : current(graph);
  }

  /** The same, if it meets the requirement, too. */
  public @Nullable Fresh peek(OrganizationId organization, Requirement requirement) {
    HeldGraph graph = held.getIfPresent(organization);
    Fresh fresh = graph == null ? null : current(graph);
    return fresh == null ? null : fresh.met(requirement);
  }

  /**
   * The graph, loaded, caught up and proved as need be. Blocks: for virtual threads.
   *
   * @param deadline a reading of {@link System#nanoTime}
   * @throws NotAnswerable if the requirement cannot be met, or not in time
   */
  public Fresh fresh(OrganizationId organization, Requirement requirement, long deadline)
      throws NotAnswerable, InterruptedException {
    if (requirement instanceof Requirement.Both both) {
      return freshBoth(organization, both, deadline);
    }
    long begin = System.nanoTime();
    HeldGraph graph = held.get(organization, HeldGraph::new);
    while (true) {
      Fresh fresh = current(graph);
      Fresh found = fresh == null ? null : fresh.met(requirement);
      if (found != null) {
        return found;
      }
      failAfter(deadline);
      if (fresh != null
          && requirement instanceof Requirement.AtLeast least
          && fresh.has(least) == KnownLog.Answer.UNKNOWN) {
        look(graph, fresh, least, deadline);
      } else if (fresh != null
          && fresh.asOf() - begin >= 0
          && requirement instanceof Requirement.AtLeast least) {
        awaitPosition(graph, fresh, least, deadline);
      } else {
        renew(graph, deadline);
      }
    }
  }

  /**
   * One after the other, until a graph is there that meets them together.
   *
   * <p>A graph behind which the same log is known is on it at the same revision or a later one. So
   * the log is not looked at again: it may not be known by then what it has at two revisions.
   */
  private Fresh freshBoth(OrganizationId organization, Requirement.Both both, long deadline)
      throws NotAnswerable, InterruptedException {
    while (true) {
      Fresh first = fresh(organization, both.other(), deadline);
      Fresh second = fresh(organization, both.one(), deadline);
      Fresh found =
          second.log() == first.log() ? second.atTime(both.other()) : second.met(both.other());
      if (found != null) {
        return found;
      }
      failAfter(deadline);
    }
  }

  /**
   * The graph at a head that was read under the organization's lock.
   *
   * @param log as it is under the same lock
   * @throws StoreUnavailable if what is read elsewhere is another database than where the lock is
   */
  public OrgGraph atHead(
      OrganizationId organization, @Nullable ProvenHead head, GraphLoader.LogReader log) {
    if (head == null) {
      return OrgGraph.empty(organization);
    }
    HeldGraph graph = held.get(organization, HeldGraph::new);
    Fresh fresh = graph.now();
    Route caughtUp = fresh == null ? null : loader.caughtUp(fresh.graph(), head, log);
    if (fresh != null && caughtUp != null) {
      if (caughtUp.graph() != fresh.graph()) {
        // It was the head under the lock: after whatever the older one is known as of.
        install(graph, caughtUp, fresh.asOf(), DatabaseClock.UNKNOWN);
      }
      return caughtUp.graph();
    }
    long asOf = System.nanoTime();
    OrgGraph loaded = loader.load(organization);
    if (!HeldGraph.isAt(loaded, head)) {
      LOG.warn("{} was locked at {} but loaded at {}", organization, head, loaded.position());
      throw StoreUnavailable.elsewhere();
    }
    graph.drop();
    install(graph, Route.to(loaded), asOf, DatabaseClock.UNKNOWN);
    return loaded;
  }

  /**
   * Holds the graph that a committed write led to. Of an organization that is not there nothing was
   * locked, so nothing is known as of then.
   *
   * @param moves how it came to it, oldest first
   * @param asOf a reading of {@link System#nanoTime} before the commit was sent
   */
  public void committed(OrganizationId organization, OrgGraph graph, List<Move> moves, long asOf) {
    if (graph.revision() == 0) {
      return;
    }
    install(
        held.get(organization, HeldGraph::new),
        Route.by(moves, graph),
        asOf,
        DatabaseClock.UNKNOWN);
    if (!moves.isEmpty()) {
      hinter.moved(organization, moves.getFirst().before().revision() == 0);
    }
    GraphListener hearer = listener;
    if (hearer != null && !moves.isEmpty()) {
      hearer.committed(organization, moves);
    }
  }

  /**
   * Asks for a proof of this organization's head that is sent from now on; the listener hears of it
   * before this completes.
   */
  public CompletableFuture<Void> prove(OrganizationId organization) {
    return prover.prove(organization).thenApply(_ -> null);
  }

  /** As above, of which organizations there are. */
  public CompletableFuture<Void> proveDirectory() {
    return prover.proveAny().thenApply(_ -> null);
  }

  /** The log behind an organization's graph. */
  public RevisionLog log(OrganizationId organization) {
    GraphLoader.LogReader log = loader.reader(organization);
    return new RevisionLog() {
      @Override
      public @Nullable Position positionAt(long revision) throws NotAnswerable {
        return Graphs.<@Nullable Position>answered(() -> log.positionAt(revision));
      }

      @Override
      public List<Revision> after(long revision, int limit) throws NotAnswerable {
        return answered(() -> log.after(revision, limit));
      }
    };
  }

  private static <T extends @Nullable Object> T answered(Supplier<T> read) throws NotAnswerable {
    try {
      return read.get();
    } catch (StoreUnavailable e) {
      throw new NotAnswerable(AWAY, e);
    }
  }

  /**
   * How long until the database's clock shows this time, as estimated; in nanoseconds, negative if
   * it has passed, {@link Long#MAX_VALUE} if nobody can tell.
   */
  public long nanosUntil(long micros) {
    long now = clock.microsAt(System.nanoTime());
    return now == DatabaseClock.UNKNOWN || micros - now > Long.MAX_VALUE / 1_000
        ? Long.MAX_VALUE
        : (micros - now) * 1_000;
  }

  /** The version of all API tokens, proved with the graphs. */
  public TokenEpoch tokenEpoch() {
    return tokenEpoch;
  }

  /** The token epoch if its proof is young enough, else -1. */
  public long tokenEpochIfFresh() {
    return tokenEpoch.ifAsOf(System.nanoTime() - usableNanos);
  }

  /** A proof of the token epoch that is sent from now on. */
  public CompletableFuture<Long> proveTokenEpoch() {
    return prover.proveAny().thenApply(proof -> proof.heads().tokenEpoch());
  }

  private @Nullable Fresh current(HeldGraph graph) {
    Fresh fresh = graph.now();
    if (fresh == null) {
      return null;
    }
    long now = System.nanoTime();
    if (now - fresh.asOf() > usableNanos) {
      return null;
    }
    graph.used(now);
    if (fresh.graph().nextEnd() == Long.MAX_VALUE) {
      return fresh;
    }
    long micros = clock.microsAt(now);
    return micros == DatabaseClock.UNKNOWN ? null : endedBy(graph, fresh, micros);
  }

  /**
   * INVARIANT: something has ended only in a graph that is proved to have been current afterwards,
   * by what the database's clock showed to the proof: an estimate may be ahead of it. Else a change
   * made before the end would be missing after it, and the answer be one that was right at no
   * instant: who was shut out until now, say, by what is revoked already, would be let in.
   *
   * @return null if that is still to be proved
   */
  private @Nullable Fresh endedBy(HeldGraph graph, Fresh fresh, long micros) {
    if (micros < fresh.graph().nextEnd()) {
      return fresh;
    }
    OrgGraph later = ended(fresh.graph(), micros);
    if (fresh.passedMicros() < later.endedThrough()) {
      return null;
    }
    graph.passTime(fresh, later);
    return new Fresh(later, fresh.asOf(), fresh.passedMicros(), fresh.log());
  }

  /**
   * The graph once everything has ended that ends by then. Its time is that of the last end, not
   * that of the asking: so all nodes come to the same positions.
   */
  public static OrgGraph ended(OrgGraph graph, long micros) {
    OrgGraph later = graph;
    while (later.nextEnd() <= micros) {
      later = later.through(Instants.ofMicros(later.nextEnd()));
    }
    return later;
  }

  /**
   * Asks the log for the hash at a position's revision. What it says is about the log of this graph
   * only if that log has the graph's own head, too.
   */
  private void look(HeldGraph graph, Fresh fresh, Requirement.AtLeast least, long deadline)
      throws NotAnswerable, InterruptedException {
    RevisionLog log = log(graph.id());
    Position there = log.positionAt(least.revision());
    Position head = log.positionAt(fresh.graph().revision());
    if (there != null && head != null && head.head().equals(fresh.graph().position().head())) {
      fresh.log().note(least.revision(), there.head().prefix());
    } else {
      renew(graph, deadline);
    }
  }

  /**
   * The log, proved after the call began, does not have the position, or has not come to its time
   * yet. Only the latter passes: another node's estimate of the time may be a little ahead.
   */
  private void awaitPosition(HeldGraph graph, Fresh fresh, Requirement.AtLeast least, long deadline)
      throws NotAnswerable, InterruptedException {
    long micros = clock.microsAt(System.nanoTime());
    if (micros == DatabaseClock.UNKNOWN) {
      renew(graph, deadline);
      return;
    }
    long aheadMicros = least.endedThroughMicros() - micros;
    if (fresh.has(least) != KnownLog.Answer.ON_IT
        || aheadMicros > staleness.max().toNanos() / 1_000) {
      throw new NotAnswerable(unknownPosition(graph.id(), least));
    }
    if (aheadMicros > 0) {
      failAfter(deadline - TimeUnit.MICROSECONDS.toNanos(aheadMicros));
      TimeUnit.MICROSECONDS.sleep(aheadMicros);
    }
    renew(graph, deadline);
  }

  /** Loads, or proves and catches up; whoever asks meanwhile waits for the same. */
  private void renew(HeldGraph graph, long deadline) throws NotAnswerable, InterruptedException {
    failAfter(deadline);
    try {
      renewal(graph, null).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new NotAnswerable(prover.unproved(), e);
    } catch (ExecutionException e) {
      throw notAnswerable(e.getCause());
    }
  }

  private void failAfter(long deadline) throws NotAnswerable {
    if (System.nanoTime() - deadline >= 0) {
      throw new NotAnswerable(prover.unproved());
    }
  }

  private NotAnswerable notAnswerable(@Nullable Throwable cause) {
    return switch (cause) {
      case NotAnswerable known -> known;
      case StoreUnavailable unavailable -> new NotAnswerable(AWAY, unavailable);
      case null, default -> throw new IllegalStateException("a graph could not be renewed", cause);
    };
  }

  /**
   * INVARIANT: a renewal leaves its slot before anybody learns how it went, so none is joined late.
   *
   * @param known a proof that is here already; null: one that is sent from now on is waited for
   */
  private CompletableFuture<Void> renewal(HeldGraph graph, Prover.@Nullable Proof known) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> shared = graph.renewal().compareAndExchange(null, mine);
    if (shared != null) {
      return shared;
    }
    Thread.ofVirtual()
        .name("renew " + graph.id())
        .start(() -> {
          @Nullable Throwable failure = null;
          try {
            renewNow(graph, known);
          } catch (Throwable e) {
            failure = e;
          }
          graph.renewal().set(null);
          if (failure == null) {
            mine.complete(null);
          } else {
            mine.completeExceptionally(failure);
          }
        });
    return mine;
  }

  private void renewNow(HeldGraph graph, Prover.@Nullable Proof known) throws Exception {
    Fresh before = graph.now();
    if (before == null) {
      load(graph);
      return;
    }
    // What was committed here since is not in a proof from before.
    Prover.Proof proof =
        known != null && known.head(graph.id()).revision() >= before.graph().revision()
            ? known
            : proved(graph.id());
    Route caughtUp = loader.caughtUp(before.graph(), proof.head(graph.id()));
    if (caughtUp == null) {
      graph.drop();
      load(graph);
    } else {
      install(graph, caughtUp, proof.asOf(), proof.databaseMicros());
    }
  }

  private Prover.Proof proved(OrganizationId organization)
      throws NotAnswerable, InterruptedException {
    try {
      return prover.prove(organization).get();
    } catch (ExecutionException e) {
      throw notAnswerable(e.getCause());
    }
  }

  private void load(HeldGraph graph) {
    long asOf = System.nanoTime();
    install(graph, Route.to(loader.load(graph.id())), asOf, DatabaseClock.UNKNOWN);
  }

  private void install(HeldGraph graph, Route route, long asOf, long passedMicros) {
    var _ = graph.install(route, lease.covered(asOf), passedMicros);
    weigh(graph);
  }

  /** The cache asks for a weight only when an entry is written. */
  private void weigh(HeldGraph graph) {
    held.asMap().computeIfPresent(graph.id(), (_, present) -> present);
  }

  /** Takes in a proof: what is at its head is fresh again, what is behind catches up. */
  private void proved(Collection<OrganizationId> organizations, Prover.Proof proof) {
    provenAsOf = proof.asOf();
    tokenEpoch.proved(proof.heads().tokenEpoch(), proof.asOf());
    GraphListener hearer = listener;
    if (hearer != null) {
      hearer.directoryProved(proof.heads().directoryEpoch(), proof.asOf());
      organizations.forEach(
          organization -> hearer.proved(organization, proof.proven(organization)));
    }
    for (OrganizationId organization : organizations) {
      HeldGraph graph = held.getIfPresent(organization);
      Fresh fresh = graph == null ? null : graph.now();
      if (graph == null || fresh == null) {
        continue;
      }
      ProvenHead head = proof.head(organization);
      if (HeldGraph.isAt(fresh.graph(), head)) {
        graph.proved(head, proof.asOf(), proof.databaseMicros());
      } else {
        var _ = renewal(graph, proof);
      }
    }
  }

  private Collection<OrganizationId> inUse() {
    long since = System.nanoTime() - IN_USE.toNanos();
    Set<OrganizationId> inUse = new HashSet<>();
    for (HeldGraph graph : held.asMap().values()) {
      if (graph.usedSince(since) && exists(graph)) {
        inUse.add(graph.id());
      }
    }
    GraphListener hearer = listener;
    if (hearer != null) {
      inUse.addAll(hearer.watched());
    }
    return inUse;
  }

  /** That an organization does not exist is proved only when somebody asks. */
  private static boolean exists(HeldGraph graph) {
    Fresh fresh = graph.now();
    return fresh != null && fresh.graph().revision() > 0;
  }

  /** In KiB. A graph that is too large for the cache is held all the same, in place of others. */
  private int weight(HeldGraph graph) {
    Fresh fresh = graph.now();
    long bytes = fresh == null ? 0 : fresh.graph().weightInBytes();
    return (int) Math.min(capacityBytes / 4 * 3 / 1024, bytes / 1024 + 1);
  }

  private static Refusal unknownPosition(OrganizationId organization, Requirement.AtLeast least) {
    return Refusal.of(
        Reason.POSITION_UNKNOWN,
        "The log of organization %s has no such position at revision %d. It may be of a log that was lost; read again without it."
            .formatted(organization, least.revision()),
        "organization",
        organization.value(),
        "revision",
        Long.toString(least.revision()));
  }

  @Override
  public void close() {
    prover.close();
  }
}
