package dev.sightline.client;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * An unbroken knowledge of an organization: since it began, every event was told, or will be before
 * the lease is renewed. What is held belongs to one generation and goes with it.
 *
 * <p>Guarded by the near-cache's lock, but what is volatile is read without it.
 */
final class Generation {
  private static final int MOST_TELLINGS = 256;

  /** When its first message was received, as {@link System#nanoTime} counts. */
  final long began;

  final Floors floors;
  final int salt = System.identityHashCode(this);
  private final Map<String, HeldId> users = new HashMap<>();
  private final Map<String, HeldId> dashboards = new HashMap<>();

  /** Everything up to here was told. */
  private Position told;

  // The last of what was told, one by one.
  private final SequencedSet<Position> tellings = new LinkedHashSet<>();

  /** Nothing that is held was decided above this. */
  private Position filled;

  volatile boolean over;

  /** How many changes there were that may have killed answers by the mark of a {@link HeldId}. */
  volatile int wideChanges;

  Generation(long began, Position told, int mostFloors) {
    this.began = began;
    this.told = told;
    this.tellings.add(told);
    this.filled = told;
    this.floors = new Floors(told, mostFloors);
  }

  /** Everything up to this position was told; says up to where all was. */
  Position toldUpTo(Position position) {
    told = told.later(position);
    if (tellings.add(position) && tellings.size() > MOST_TELLINGS) {
      tellings.removeFirst();
    }
    return told;
  }

  /** Whether a position is known to be of the log that is told of: it was told itself. */
  boolean wasTold(Position position) {
    return tellings.contains(position);
  }

  /**
   * Whether a position that was passed over is not known to be of the log that is told of. It may
   * be of one that was lost, whose revisions others have taken since.
   */
  boolean mayBeLost(Position position) {
    return position.isBefore(told) && !wasTold(position);
  }

  /** An answer from this position is being taken in. */
  void filledAt(Position position) {
    filled = filled.later(position);
  }

  /**
   * Whether all that is held was decided at a position or below. What was decided above it may be
   * of a log that was lost since.
   */
  boolean isCoveredBy(Position position) {
    return !position.isBefore(filled);
  }

  HeldId user(String id) {
    return users.computeIfAbsent(id, HeldId::new);
  }

  HeldId dashboard(String id) {
    return dashboards.computeIfAbsent(id, HeldId::new);
  }

  /** All answers about the user are untrue; says how many there were. */
  int killUser(String id) {
    int answers = kill(users.remove(id));
    killed();
    return answers;
  }

  /** The same for a dashboard. */
  int killDashboard(String id) {
    int answers = kill(dashboards.remove(id));
    killed();
    return answers;
  }

  /** The same for everybody and everything. */
  int killAll() {
    int answers = 0;
    for (var user : users.values()) {
      answers += kill(user);
    }
    users.clear();
    dashboards.clear();
    killed();
    return answers;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock alone.
  private void killed() {
    wideChanges++;
  }

  private static int kill(@Nullable HeldId id) {
    if (id == null) {
      return 0;
    }
    id.dead = true;
    return id.answers;
  }

  void added(HeldDecision held) {
    held.user.answers++;
    held.dashboard.answers++;
  }

  void removed(HeldDecision held) {
    if (--held.user.answers == 0) {
      users.remove(held.user.id, held.user);
    }
    if (--held.dashboard.answers == 0) {
      dashboards.remove(held.dashboard.id, held.dashboard);
    }
  }

  void end() {
    over = true;
    killed();
    users.clear();
    dashboards.clear();
    floors.clear();
  }
}
