package dev.sightline.cache;

import dev.sightline.change.Revision;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Position;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import java.util.List;

/**
 * Goes back along the log, one revision after the other; the log is read a few hundred revisions at
 * a time. Blocks.
 */
public final class Rewinding {
  private static final int WINDOW = 256;

  private static final Refusal LOG_CHANGED =
      Refusal.of(
          Reason.NOT_FRESH,
          "The organization's log has changed meanwhile; ask again, or come back with the last"
              + " cursor.");

  private final RevisionLog log;
  private final long oldest;
  private OrgGraph graph;

  /** Revisions without a gap, of which the graph's is one; empty before anything was read. */
  private List<Revision> window = List.of();

  /**
   * Begins at a graph.
   *
   * @param oldest the revision to go back to at the most, 1 or more
   */
  public Rewinding(OrgGraph graph, long oldest, RevisionLog log) {
    this.graph = graph;
    this.oldest = oldest;
    this.log = log;
  }

  /** The graph come to: after a step back, as it was at its revision's instant. */
  public OrgGraph graph() {
    return graph;
  }

  /** Whether the oldest revision is still to come. */
  public boolean canGoBack() {
    return graph.revision() > oldest;
  }

  /**
   * Undoes the graph's last revision.
   *
   * @throws NotAnswerable if the graph's revision is not on the log, or the database is away
   */
  public void back() throws NotAnswerable {
    if (window.isEmpty() || window.getFirst().number() > graph.revision()) {
      window = readUpTo(graph);
    }
    int last = (int) (graph.revision() - window.getFirst().number());
    Position to =
        last > 0 ? window.get(last - 1).position() : positionAt(log, graph.revision() - 1);
    graph = graph.rewound(window.get(last), to);
  }

  private List<Revision> readUpTo(OrgGraph end) throws NotAnswerable {
    long after = Math.max(oldest, end.revision() - WINDOW);
    int size = (int) (end.revision() - after);
    List<Revision> read = log.after(after, size);
    if (read.size() != size
        || read.getFirst().number() != after + 1
        || !read.getLast().position().head().equals(end.position().head())) {
      throw new NotAnswerable(LOG_CHANGED);
    }
    return read;
  }

  private static Position positionAt(RevisionLog log, long revision) throws NotAnswerable {
    Position position = log.positionAt(revision);
    if (position == null) {
      throw new NotAnswerable(LOG_CHANGED);
    }
    return position;
  }

  /**
   * Where the log says that a graph's revision led, which was at that revision's instant.
   *
   * @throws NotAnswerable if the graph's revision is not on the log, or the database is away
   */
  static Position written(OrgGraph graph, RevisionLog log) throws NotAnswerable {
    Position position = positionAt(log, graph.revision());
    if (!position.head().equals(graph.position().head())) {
      throw new NotAnswerable(LOG_CHANGED);
    }
    return position;
  }
}
