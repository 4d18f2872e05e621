package dev.sightline.cache;

import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Position;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the log behind a held graph: which hash it has at some revisions. Bounded: what
 * is not known (any more) is asked of the log.
 *
 * <p>INVARIANT: everything in it is of the one log that the graph has moved along.
 */
public final class KnownLog {
  private static final int MOST = 256;

  private volatile @Nullable AtomicReferenceArray<@Nullable Mark> marks;

  /** A revision, and the first 8 bytes of the log's hash there. */
  private record Mark(long revision, long hashPrefix) {}

  /** What is known of a position that somebody has. */
  enum Answer {
    ON_IT,
    NOT_ON_IT,
    UNKNOWN
  }

  void note(Position position) {
    note(position.revision(), position.head().prefix());
  }

  void note(long revision, long hashPrefix) {
    Mark mark = mark(revision);
    if (mark == null || mark.revision() != revision || mark.hashPrefix() != hashPrefix) {
      made().set(slot(revision), new Mark(revision, hashPrefix));
    }
  }

  private @Nullable Mark mark(long revision) {
    AtomicReferenceArray<@Nullable Mark> known = marks;
    return known == null ? null : known.get(slot(revision));
  }

  /** Made when there is something to note: most of these are never used. */
  private synchronized AtomicReferenceArray<@Nullable Mark> made() {
    AtomicReferenceArray<@Nullable Mark> known = marks;
    if (known == null) {
      known = new AtomicReferenceArray<>(MOST);
      marks = known;
    }
    return known;
  }

  /** Whether a position is on the log that this graph, held with it, is the head of. */
  Answer has(OrgGraph graph, Requirement.AtLeast least) {
    if (least.revision() == graph.revision()) {
      return answer(graph.headPrefix() == least.hashPrefix());
    }
    return least.revision() > graph.revision() ? Answer.NOT_ON_IT : at(least);
  }

  private Answer at(Requirement.AtLeast least) {
    Mark mark = mark(least.revision());
    if (mark == null || mark.revision() != least.revision()) {
      return Answer.UNKNOWN;
    }
    return answer(mark.hashPrefix() == least.hashPrefix());
  }

  private static Answer answer(boolean isOnIt) {
    return isOnIt ? Answer.ON_IT : Answer.NOT_ON_IT;
  }

  private static int slot(long revision) {
    return (int) (revision & (MOST - 1));
  }
}
