package dev.sightline.cache;

import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Position;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What is known of the log behind a held graph: which hash it has at some revisions. Bounded: what
 * is not known (any more) is asked of the log.
 *
 * <p>INVARIANT: everything in it is of the one log that the graph has moved along.
 */
final class KnownLog {
  private static final int MOST = 256;

  private final AtomicReferenceArray<Mark> marks = new AtomicReferenceArray<>(MOST);

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
    Mark mark = marks.get(slot(revision));
    if (mark == null || mark.revision() != revision || mark.hashPrefix() != hashPrefix) {
      marks.set(slot(revision), new Mark(revision, hashPrefix));
    }
  }

  /** Whether a position is on the log that this graph, held here, is the head of. */
  Answer has(OrgGraph graph, Requirement.AtLeast least) {
    if (least.revision() == graph.revision()) {
      return answer(graph.headPrefix() == least.hashPrefix());
    }
    return least.revision() > graph.revision() ? Answer.NOT_ON_IT : at(least);
  }

  private Answer at(Requirement.AtLeast least) {
    Mark mark = marks.get(slot(least.revision()));
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
