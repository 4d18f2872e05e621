package dev.sightline.client;

import java.time.Instant;
import java.util.List;

/**
 * Something that a watch tells. Whoever applies all events, in their order, to the levels that were
 * right at the watch's beginning has the levels that are right now.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="watch"}
 */
public sealed interface WatchEvent {
  /** Where to go on after this event. */
  Cursor cursor();

  /** The organization that it is about. */
  default String organization() {
    return cursor().organization();
  }

  /**
   * An organization is being watched: everything after its cursor will be told. The first event
   * about each organization, told once, however often the watch reconnects.
   *
   * @param cursor where the watch begins
   */
  record Started(Cursor cursor) implements WatchEvent {}

  /**
   * Levels have changed, by one change or by what ended at one instant. A step of more than a
   * thousand changes that the watch asked to have exactly is told in parts.
   *
   * @param cursor where to go on after this event, which may be within a step
   * @param position where in the organization's log: a check at least as new has the new levels
   * @param revision the organization's revision; what ends in time is at the revision before
   * @param at when
   * @param byTime whether time alone did it: an entry or a grant has begun or ended
   * @param changes at most 1,000; each pair of user and dashboard once in a step
   * @param more whether the next event of this organization continues the same step
   */
  record LevelsChanged(
      Cursor cursor,
      Position position,
      long revision,
      Instant at,
      boolean byTime,
      List<LevelChange> changes,
      boolean more)
      implements WatchEvent {
    /** Copies what could change. */
    public LevelsChanged {
      changes = List.copyOf(changes);
    }
  }

  /**
   * So many levels may have changed that they are not told one by one: forget every answer within
   * the scope, and ask again. Not told to a watch of named users, or one that is exact.
   *
   * @param cursor where to go on after this event
   * @param position where in the organization's log: a check at least as new has the new levels
   * @param revision the organization's revision; what ends in time is at the revision before
   * @param at when
   * @param byTime whether time alone did it: an entry or a grant has begun or ended
   * @param scope what levels may have changed
   * @param atMost so many levels may have changed at the most
   * @param more whether the next event of this organization continues the same step
   */
  record WideChange(
      Cursor cursor,
      Position position,
      long revision,
      Instant at,
      boolean byTime,
      Scope scope,
      long atMost,
      boolean more)
      implements WatchEvent {
    /** What levels may have changed. */
    public sealed interface Scope {
      /**
       * Those of one user or agent, on any dashboard.
       *
       * @param user whose
       */
      record OfUser(String user) implements Scope {}

      /**
       * Those on one dashboard, of anybody.
       *
       * @param dashboard on what
       */
      record OnDashboard(String dashboard) implements Scope {}

      /** Any of the organization. */
      record OfOrganization() implements Scope {}
    }
  }

  /**
   * Some events were not told and will not be: whatever is known of the organization's levels has
   * to be asked for again, at this position or later. Events go on after it.
   *
   * @param cursor where the watch goes on
   * @param position how new answers must be; ORIGIN if the organization is no more
   * @param cause why
   */
  record Resync(Cursor cursor, Position position, Cause cause) implements WatchEvent {
    /** Why a watch begins anew. */
    public enum Cause {
      /** The cursor was more than 10,000 revisions old. */
      CURSOR_TOO_OLD,
      /** The log does not have the cursor's position: it was set back. */
      LOG_CHANGED,
      /** A cause that this SDK does not know. What to do is the same. */
      OTHER
    }
  }
}
