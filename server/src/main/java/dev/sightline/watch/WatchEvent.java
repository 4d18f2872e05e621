package dev.sightline.watch;

import dev.sightline.graph.LevelChange;
import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import java.util.List;
import java.util.Map;

/** What a watcher is told. */
public sealed interface WatchEvent {
  /** Everything after the cursor will be told. */
  record Started(OrganizationId organization, Cursor cursor) implements WatchEvent {}

  /**
   * Levels have changed.
   *
   * @param step what is told of
   * @param cursor where to go on after this
   * @param changes each pair of user and dashboard once in a step
   * @param more whether the next event of the organization continues the step
   */
  record Levels(StepFacts step, Cursor cursor, List<LevelChange> changes, boolean more)
      implements WatchEvent {
    public Levels {
      changes = List.copyOf(changes);
    }
  }

  /**
   * More levels may have changed than are told one by one.
   *
   * @param atMost how many it can be
   */
  record Wide(StepFacts step, Scope scope, long atMost) implements WatchEvent {}

  /** Nothing for this watcher, but the cursor has moved on. */
  record Progress(OrganizationId organization, Cursor cursor) implements WatchEvent {}

  /** What was told so far is not all; from the cursor on it is. */
  record Resync(OrganizationId organization, Cursor cursor, Why why) implements WatchEvent {
    /** Why a watch begins anew. */
    public enum Why {
      CURSOR_TOO_OLD,
      LOG_CHANGED
    }
  }

  /**
   * Everything committed so long ago has been told.
   *
   * @param maxStalenessMicros the installation's bound
   */
  record Heartbeat(long pingId, long proofAgeMicros, long maxStalenessMicros)
      implements WatchEvent {}

  /** Asks a watcher who holds answers to say that everything before it has been heeded. */
  record Confirm(long id) implements WatchEvent {}

  /**
   * The watcher was too slow; where to go on in those organizations that something was dropped of.
   */
  record CutOff(Map<OrganizationId, Cursor> cursors) implements WatchEvent {
    public CutOff {
      cursors = Map.copyOf(cursors);
    }
  }

  /**
   * One step of an organization's life: a revision, or what ended at one instant.
   *
   * @param position where it led
   * @param byTime whether time alone made it
   */
  record StepFacts(OrganizationId organization, Cursor position, boolean byTime) {}

  /** Which levels a wide change is about. */
  sealed interface Scope {
    /** Those of one user or agent. */
    record OfUser(UserId user) implements Scope {}

    /** Those on one dashboard. */
    record OnDashboard(DashboardId dashboard) implements Scope {}

    /** All of the organization. */
    record OfOrganization() implements Scope {}
  }
}
