package dev.sightline.watch;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.RevisionLog;
import dev.sightline.cache.Rewinding;
import dev.sightline.change.Instants;
import dev.sightline.change.Revision;
import dev.sightline.graph.LevelChanges;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Position;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import java.time.Instant;
import java.util.List;

/**
 * Tells what has happened since a cursor: the graph of now is rewound to it along the log, and
 * played forward again.
 *
 * <p>The state at a cursor is that of its revision's facts at the cursor's time. That time may be a
 * little ahead of the next revision's instant, if something ended while the revision was being
 * written; then the revision is told at the cursor's time.
 */
final class Replay {
  /** More would take seconds, and asking anew is cheaper. */
  static final int MOST_REVISIONS = 10_000;

  private static final int WINDOW = 256;

  private static final Refusal LOG_CHANGED =
      Refusal.of(
          Reason.NOT_FRESH,
          "The organization's log has changed under the watch; come back with the last cursor.");

  private final RevisionLog log;
  private final StepTaker taker;
  private OrgGraph graph;

  private Replay(RevisionLog log, OrgGraph graph, StepTaker taker) {
    this.log = log;
    this.graph = graph;
    this.taker = taker;
  }

  /** Whether the log has this position. */
  static boolean isOnLog(Cursor cursor, RevisionLog log) throws NotAnswerable {
    if (cursor.revision() == 0) {
      return true;
    }
    Position there = log.positionAt(cursor.revision());
    return there != null && there.head().prefix() == cursor.headPrefix();
  }

  /**
   * Goes back to a cursor that is on the log and not ahead of the snapshot, and tells what is left
   * of the step that it is within.
   */
  static Replay from(Cursor cursor, Snapshot now, RevisionLog log, StepTaker taker)
      throws NotAnswerable, InterruptedException {
    if (cursor.revision() == 0) {
      return fromCreation(now, log, taker);
    }
    OrgGraph at = rewound(now.graph(), cursor.revision(), log, taker);
    if (at.headPrefix() != cursor.headPrefix()) {
      throw new NotAnswerable(LOG_CHANGED);
    }
    Replay replay = new Replay(log, at, taker);
    replay.toCursor(cursor);
    return replay;
  }

  /** The first revision may be an import of a million changes: nothing of it is read again. */
  private static Replay fromCreation(Snapshot now, RevisionLog log, StepTaker taker)
      throws NotAnswerable, InterruptedException {
    if (now.revision() == 0) {
      return new Replay(log, now.graph(), taker);
    }
    OrgGraph first = rewound(now.graph(), 1, log, taker).atTime(position(log, 1).endedThrough());
    taker.take(creation(first), false);
    return new Replay(log, first, taker);
  }

  private static LevelChanges creation(OrgGraph first) {
    return LevelChanges.byRevision(OrgGraph.empty(first.id()), first, List.of());
  }

  private void toCursor(Cursor cursor) throws NotAnswerable, InterruptedException {
    Instant time = Instants.ofMicros(cursor.throughMicros());
    OrgGraph before = graph;
    graph = graph.atTime(time);
    Cursor.Within within = cursor.within();
    if (within != null) {
      taker.takeRest(within.byTime() ? endedAt(time) : revisionAt(before), within);
    }
  }

  private LevelChanges endedAt(Instant time) {
    return LevelChanges.byTime(graph.atTime(time.minusNanos(1_000)), graph);
  }

  private LevelChanges revisionAt(OrgGraph after) throws NotAnswerable {
    if (after.revision() == 1) {
      return creation(graph);
    }
    List<Revision> last = window(log, after.revision() - 1, 1);
    OrgGraph before = rewound(after, after.revision() - 1, log, taker);
    return LevelChanges.byRevision(before, graph, last.getFirst().changes());
  }

  long revision() {
    return graph.revision();
  }

  /** Up to where everything has been told. */
  Cursor cursor() {
    return Cursor.at(graph);
  }

  /** Tells everything up to a later snapshot. */
  void advanceTo(Snapshot now) throws NotAnswerable, InterruptedException {
    if (graph.revision() == 0 && now.revision() > 0) {
      graph = fromCreation(now, log, taker).graph;
    }
    while (graph.revision() < now.revision()) {
      taker.goOn();
      for (Revision next : following(log, graph, now.revision())) {
        graph = Steps.applied(graph, next, taker);
      }
    }
    if (!graph.position().head().equals(now.graph().position().head())) {
      throw new NotAnswerable(LOG_CHANGED);
    }
    graph = Steps.through(graph, Snapshot.time(now.graph()), taker);
  }

  private static OrgGraph rewound(OrgGraph from, long revision, RevisionLog log, StepTaker taker)
      throws NotAnswerable {
    Rewinding past = new Rewinding(from, revision, log);
    while (past.canGoBack()) {
      taker.goOn();
      past.back();
    }
    return past.graph();
  }

  private static Position position(RevisionLog log, long revision) throws NotAnswerable {
    Position position = log.positionAt(revision);
    if (position == null) {
      throw new NotAnswerable(LOG_CHANGED);
    }
    return position;
  }

  /**
   * The next revisions on the way to one, a few at a time. The log is asked for the graph's own
   * head afterwards: if it is still there, they follow on it.
   */
  static List<Revision> following(RevisionLog log, OrgGraph graph, long revision)
      throws NotAnswerable {
    long missing = revision - graph.revision();
    List<Revision> window = window(log, graph.revision(), (int) Math.min(WINDOW, missing));
    boolean follows =
        graph.revision() == 0
            || position(log, graph.revision()).head().equals(graph.position().head());
    if (!follows) {
      throw new NotAnswerable(LOG_CHANGED);
    }
    return window;
  }

  /** Exactly so many revisions after this one. */
  private static List<Revision> window(RevisionLog log, long after, int size) throws NotAnswerable {
    List<Revision> window = log.after(after, size);
    if (window.size() != size || window.getFirst().number() != after + 1) {
      throw new NotAnswerable(LOG_CHANGED);
    }
    return window;
  }
}
