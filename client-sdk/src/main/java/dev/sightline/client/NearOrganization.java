package dev.sightline.client;

import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Resync;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one organization: finds it, takes it in, and drops it as the watch tells. The
 * rules are in {@link NearCache}. Finding takes no lock and allocates nothing; all else is guarded
 * by the near-cache's lock.
 */
final class NearOrganization {
  private static final int MOST_FLOORS = 4_096;
  private static final long FOR_GOOD = Long.MAX_VALUE / 2;
  // The service may not know for ever where a list goes on.
  private static final long PAGES_GO_ON_FOR = TimeUnit.MINUTES.toNanos(1);

  /** A standing that covers a mark. */
  private record Covered(Standing by, SeenPositions.Mark mark) {}

  private final String id;
  private final NearCache cache;
  private final Timing timing;
  private final NearTable table;
  private final SeenPositions.Seen seen;
  private final NearWatch watch;
  private @Nullable Generation generation;
  private long lastAsOf;
  private long resumedAt;
  private boolean wasLeased;
  private boolean lapseIsCounted;
  private volatile boolean over;

  private volatile Standing standing = Standing.NONE;

  // What was found out last, by whomever: standings are replaced a few times a second.
  private @Nullable Covered covered;
  private volatile long lasts;

  NearOrganization(String id, NearCache cache, SeenPositions.Seen seen) {
    this.id = id;
    this.cache = cache;
    this.timing = cache.timing();
    this.table = cache.table();
    this.seen = seen;
    this.watch = new NearWatch(this, cache);
  }

  String id() {
    return id;
  }

  NearWatch watch() {
    return watch;
  }

  // ---- asking

  /**
   * The decision that is held and may be given, if there is one.
   *
   * <p>INVARIANT: the standing is read first, the table then, and the clock last. So what is found
   * is no older than the standing, and a thread that was stopped in between finds it lapsed.
   */
  @Nullable HeldDecision find(String user, Action action, String dashboard, Freshness freshness) {
    watch.asked();
    var now = standing;
    var held = now.generation();
    if (held == null) {
      return null;
    }
    var found = table.find(held, user, action, dashboard);
    if (found == null || !isFreshEnough(now, found.position, found.told, freshness)) {
      return null;
    }
    long at = timing.now();
    if (!now.isFresh(at) || found.diesAt - at <= 0) {
      return null;
    }
    found.use();
    return found;
  }

  /**
   * @param told whether the position is known to be of the log that is told of
   */
  private boolean isFreshEnough(
      Standing now, Position decidedAt, boolean told, Freshness freshness) {
    return switch (freshness) {
      case Freshness.AsSeen _ -> hasSeen(now, decidedAt, told);
      case Freshness.MinimizeLatency _ -> true;
      // Only the service can tell whether another position is one of this log, seen or not.
      case Freshness.AtLeast(var position) ->
          (decidedAt.equals(position) || (told && position.equals(now.told())))
              && hasSeen(now, decidedAt, told);
      case Freshness.FullyConsistent _ -> false;
    };
  }

  /**
   * Whether it is no older than what this client has seen. Positions of two logs cannot be
   * compared, so one that may be of a log that was lost is so only if it was seen itself, last.
   */
  private boolean hasSeen(Standing now, Position decidedAt, boolean told) {
    var mark = seen.mark();
    if (mark == null) {
      return false;
    }
    return told
        ? covers(now, mark) || !decidedAt.isBefore(mark.position())
        : decidedAt.equals(mark.position());
  }

  /** The same as the standing says, who is asked once for each mark. */
  @SuppressWarnings("ReferenceEquality") // Another of the same is asked about again.
  private boolean covers(Standing now, SeenPositions.Mark mark) {
    var known = covered;
    if (known != null && known.mark() == mark && known.by() == now) {
      return true;
    }
    boolean covers = now.covers(mark);
    if (covers) {
      covered = new Covered(now, mark);
    }
    return covers;
  }

  /** The page that is held and may be given, if there is one. */
  @Nullable Page<VisibleDashboard> find(HeldPages.Key key, Freshness freshness) {
    watch.asked();
    var now = standing;
    var held = now.generation();
    if (held == null) {
      return null;
    }
    HeldPages.Held found;
    cache.lock().lock();
    try {
      found = cache.pages().find(held, key);
    } finally {
      cache.lock().unlock();
    }
    if (found == null || !isFreshEnough(now, found.page().position(), found.told(), freshness)) {
      return null;
    }
    long at = timing.now();
    return now.isFresh(at) && found.diesAt() - at > 0 ? found.page() : null;
  }

  /** Whether freshness could be proved, and now cannot, although it is asked for. */
  boolean isLapsed() {
    var now = standing;
    if (now.isFresh(timing.now())) {
      return false;
    }
    cache.lock().lock();
    try {
      long at = timing.now();
      boolean lapsed = wasLeased && at - lastAsOf > lasts && at - resumedAt > lasts;
      if (lapsed) {
        lapsed();
      }
      return lapsed;
    } finally {
      cache.lock().unlock();
    }
  }

  /** Counted once for each lease. */
  private void lapsed() {
    if (!lapseIsCounted) {
      lapseIsCounted = true;
      cache.counts().lapses.increment();
    }
  }

  /** How old the proof of an answer that was held can have been. */
  Duration oldestProof() {
    return Duration.ofNanos(lasts);
  }

  /** For how long something still holds that dies at a moment. */
  Duration left(long diesAt) {
    return Duration.ofNanos(Math.max(0, diesAt - timing.now()));
  }

  boolean isOver() {
    return over;
  }

  // ---- taking in

  /** Takes an answer in, unless what was told meanwhile may have changed it. */
  void fill(String user, Action action, String dashboard, boolean allowed, Proved proved) {
    cache.lock().lock();
    try {
      var into = into(proved);
      if (into == null) {
        return;
      }
      var position = proved.position();
      if (into.floors.mayHaveChanged(user, dashboard, position) || into.mayBeLost(position)) {
        cache.counts().fillsLost.increment();
        return;
      }
      long diesAt = diesAt(into, proved);
      var evidence = Evidence.held(proved, this, proved.validForMicros() == 0 ? null : diesAt);
      table.put(
          new HeldDecision(
              NearTable.hash(into, user, dashboard),
              into,
              into.user(user),
              into.dashboard(dashboard),
              action,
              Translation.decision(allowed, evidence),
              into.wasTold(position),
              diesAt));
      cache.counts().fills.increment();
    } finally {
      cache.lock().unlock();
    }
  }

  /** Takes a page in, unless what was told meanwhile may have changed it. */
  void fill(HeldPages.Key key, Page<VisibleDashboard> page, Proved proved) {
    cache.lock().lock();
    try {
      var into = into(proved);
      if (into == null) {
        return;
      }
      var position = proved.position();
      if (into.floors.mayHaveChangedList(key.user(), position) || into.mayBeLost(position)) {
        cache.counts().fillsLost.increment();
        return;
      }
      long diesAt = diesAt(into, proved);
      if (!page.nextToken().isEmpty()) {
        diesAt = Math.min(diesAt - timing.now(), PAGES_GO_ON_FOR) + timing.now();
      }
      cache.pages().put(into, key, new HeldPages.Held(page, into.wasTold(position), diesAt));
      cache.counts().fills.increment();
    } finally {
      cache.lock().unlock();
    }
  }

  /** The generation, if the answer is known to be of a moment after its begin. */
  private @Nullable Generation into(Proved proved) {
    var now = generation;
    boolean isSomewhere = !proved.position().equals(Position.ORIGIN);
    return now != null && isSomewhere && proved.asOf() - now.began >= 0 ? now : null;
  }

  /**
   * When an answer dies by itself. One from above what was told may be of a log that is being lost:
   * nobody would tell of that, so it is held no longer than its own proof allows.
   */
  private long diesAt(Generation into, Proved proved) {
    into.filledAt(proved.position());
    long end = endOf(proved);
    return into.wasTold(proved.position())
        ? end
        : Math.min(end - timing.now(), proved.asOf() + lasts - timing.now()) + timing.now();
  }

  private long endOf(Proved proved) {
    return proved.validForMicros() == 0
        ? timing.now() + FOR_GOOD
        : proved.sentAt() + TimeUnit.MICROSECONDS.toNanos(proved.validForMicros());
  }

  // ---- what the watch tells; the lock is held

  void wasAsked() {
    cache.used(this);
  }

  void resumed(long now) {
    resumedAt = now;
  }

  void started(Position at, boolean goesOn) {
    var now = generation;
    if (!goesOn || now == null || !now.isCoveredBy(at)) {
      begin(at);
    }
  }

  private void begin(Position at) {
    endGeneration();
    var begun = new Generation(timing.now(), at, MOST_FLOORS);
    generation = begun;
    standing = new Standing(begun, at, 0, 0, false);
  }

  /**
   * Levels have changed. First nobody may be answered from before it, then what it touches is
   * dropped, then it counts as told: but not before the whole step is.
   */
  void changed(LevelsChanged it) {
    var into = generation;
    if (into == null) {
      return;
    }
    var position = Position.of(it.getPosition());
    cache.seen().seen(id, position);
    int dropped = it.hasWide() ? wide(into, it, position) : pairs(into, it, position);
    cache.counts().invalidations.add(dropped);
    if (!it.getMore()) {
      toldUpTo(position);
    }
  }

  private int pairs(Generation into, LevelsChanged it, Position position) {
    int dropped = 0;
    for (var change : it.getChangesList()) {
      dropped += touched(into, change.getUserId(), change.getDashboardId(), position);
    }
    return dropped;
  }

  private int touched(Generation into, String user, String dashboard, Position position) {
    into.floors.touchedPair(user, dashboard, position);
    return table.drop(into, user, dashboard, position)
        + cache.pages().dropUser(into, user, position);
  }

  private int wide(Generation into, LevelsChanged it, Position position) {
    return switch (WatchTranslation.scope(it.getWide())) {
      case WatchEvent.WideChange.Scope.OfUser(var user) -> {
        into.floors.touchedUser(user, position);
        yield into.killUser(user) + cache.pages().dropUser(into, user, position);
      }
      case WatchEvent.WideChange.Scope.OnDashboard(var dashboard) -> {
        into.floors.touchedDashboard(dashboard, position);
        yield into.killDashboard(dashboard) + cache.pages().dropAll(into);
      }
      case WatchEvent.WideChange.Scope.OfOrganization() -> {
        into.floors.touchedAll(position);
        yield into.killAll() + cache.pages().dropAll(into);
      }
    };
  }

  void toldUpTo(Position position) {
    var into = generation;
    if (into != null) {
      standing = standing.withTold(into.toldUpTo(position));
    }
  }

  /** What was told is not all, or not of this log: nothing that was held says anything. */
  void resync(Resync it) {
    var position = Position.of(it.getCursor());
    if (it.getReason() == Resync.Reason.REASON_CURSOR_TOO_OLD) {
      cache.seen().seen(id, position);
    } else {
      cache.seen().forget(id);
    }
    begin(position);
  }

  /** Everything that was committed before a moment has been told. */
  void proved(long asOf, long lasts) {
    var now = standing;
    this.lasts = lasts;
    if (generation == null || (now.leased() && now.asOf() - asOf >= 0)) {
      return;
    }
    standing = now.withLease(asOf, lasts);
    lastAsOf = asOf;
    wasLeased = true;
    lapseIsCounted = false;
  }

  /** Nothing more is told for now. What is held may stay, but nobody may have it. */
  void lineEnded() {
    if (standing.leased()) {
      lapsed();
    }
    standing = standing.withoutLease();
  }

  void nothingHeld() {
    endGeneration();
    standing = Standing.NONE;
  }

  private void endGeneration() {
    var gone = generation;
    generation = null;
    if (gone != null) {
      cache.pages().dropAll(gone);
      gone.end();
    }
  }

  /** For good; the result is to be run outside the lock. */
  Runnable end() {
    over = true;
    return watch.end();
  }
}
