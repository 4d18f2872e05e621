package dev.sightline.client;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What was touched last, and at which position: an answer from below that is not taken in, however
 * late it comes.
 *
 * <p>Answers that are held when an event comes are dropped at that moment. So floors are needed
 * only for answers that are still on their way, and the last few thousand will do: whoever is
 * forgotten raises the floor of the whole organization to the position it was touched at.
 *
 * <p>Guarded by the near-cache's lock.
 */
final class Floors {
  private record User(String id) {}

  private record Dashboard(String id) {}

  private record Pair(String user, String dashboard) {}

  private record ListOf(String user) {}

  private final int most;
  // INVARIANT: by rising positions, because events come in their order and the last is put last.
  private final SequencedMap<Object, Position> touched = new LinkedHashMap<>();
  private Position all;
  private Position lists;

  /**
   * @param begin what was decided before it is not taken in
   * @param most how many things to remember
   */
  Floors(Position begin, int most) {
    this.all = begin;
    this.lists = begin;
    this.most = most;
  }

  void touchedAll(Position at) {
    all = all.later(at);
    lists = lists.later(at);
  }

  void touchedUser(String user, Position at) {
    touch(new User(user), at);
  }

  void touchedDashboard(String dashboard, Position at) {
    lists = lists.later(at);
    touch(new Dashboard(dashboard), at);
  }

  void touchedPair(String user, String dashboard, Position at) {
    touch(new Pair(user, dashboard), at);
    touch(new ListOf(user), at);
  }

  private void touch(Object what, Position at) {
    var before = touched.remove(what);
    touched.putLast(what, before == null ? at : before.later(at));
    if (touched.size() > most) {
      touchedAll(touched.pollFirstEntry().getValue());
    }
  }

  /** Whether something that is known by now may have changed a decision from this position. */
  boolean mayHaveChanged(String user, String dashboard, Position decidedAt) {
    return decidedAt.isBefore(all)
        || isBelow(new User(user), decidedAt)
        || isBelow(new Dashboard(dashboard), decidedAt)
        || isBelow(new Pair(user, dashboard), decidedAt);
  }

  /** The same for a list of the dashboards that a user may view. */
  boolean mayHaveChangedList(String user, Position decidedAt) {
    return decidedAt.isBefore(lists)
        || isBelow(new User(user), decidedAt)
        || isBelow(new ListOf(user), decidedAt);
  }

  private boolean isBelow(Object what, Position decidedAt) {
    @Nullable Position floor = touched.get(what);
    return floor != null && decidedAt.isBefore(floor);
  }

  void clear() {
    touched.clear();
  }
}
