package dev.sightline.cache;

import dev.sightline.change.Revision;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.store.OrganizationStore;
import dev.sightline.store.Proofs;
import dev.sightline.store.Proofs.ProvenHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings graphs from the database into memory, whole or by the log. */
public final class GraphLoader {
  private static final Logger LOG = LoggerFactory.getLogger(GraphLoader.class);

  /** Catching up further than this costs more than loading anew. */
  private static final int MOST_REVISIONS = 1_000;

  /** The log of one organization, as a connection or a transaction sees it. */
  public interface LogReader {
    /** Where a revision led; null if the log has no such revision. */
    @Nullable Position positionAt(long revision);

    /** At most so many of the revisions after this one, in order. */
    List<Revision> after(long revision, int limit);
  }

  private final OrganizationStore store;
  private final Proofs proofs;

  public GraphLoader(OrganizationStore store, Proofs proofs) {
    this.store = store;
    this.proofs = proofs;
  }

  Proofs proofs() {
    return proofs;
  }

  /**
   * The graph as one snapshot of the database has it; revision 0 if there is no such organization.
   *
   * @throws IllegalStateException if the rows do not add up to the fingerprint that their writer
   *     left: they have been changed behind the service's back
   */
  OrgGraph load(OrganizationId organization) {
    GraphSink sink = new GraphSink(organization);
    store.load(organization, sink);
    return sink.graph();
  }

  /** How the graph moves on to a proved head by the log; null: load it anew. */
  @Nullable Route caughtUp(OrgGraph graph, ProvenHead head) {
    return caughtUp(graph, head, reader(graph.id()));
  }

  /**
   * As above, with the log read under the organization's lock.
   *
   * <p>Null, too, if the log does not have the graph's own head any more, and if what comes out is
   * not what its writer had: neither is to be kept.
   */
  @Nullable Route caughtUp(OrgGraph graph, ProvenHead head, LogReader log) {
    long behind = head.revision() - graph.revision();
    if (behind < 0 || behind > MOST_REVISIONS || (behind > 0 && graph.organization() == null)) {
      return null;
    }
    if (behind > 0 && !isOnLog(graph, log)) {
      return null;
    }
    Route moved = behind == 0 ? Route.to(graph) : moved(graph, log, (int) behind);
    boolean same =
        moved != null
            && HeldGraph.isAt(moved.graph(), head)
            && moved.graph().fingerprint() == head.fingerprint();
    if (!same) {
      LOG.warn("organization {} is not as held at {}; loading it", graph.id(), graph.position());
    }
    return same ? moved : null;
  }

  private static boolean isOnLog(OrgGraph graph, LogReader log) {
    Position there = log.positionAt(graph.revision());
    return there != null && there.head().equals(graph.position().head());
  }

  private static @Nullable Route moved(OrgGraph graph, LogReader log, int behind) {
    List<Position> positions = new ArrayList<>();
    positions.add(graph.position());
    OrgGraph moved = graph;
    try {
      for (Revision revision : log.after(graph.revision(), behind)) {
        moved = moved.applied(revision.notBefore(moved.position().endedThrough()));
        positions.add(moved.position());
      }
      return new Route(moved, positions);
    } catch (IllegalStateException e) {
      LOG.error("the log of organization {} does not fit its graph", graph.id(), e);
      return null;
    }
  }

  LogReader reader(OrganizationId organization) {
    return new LogReader() {
      @Override
      public @Nullable Position positionAt(long revision) {
        return store.positionAt(organization, revision);
      }

      @Override
      public List<Revision> after(long revision, int limit) {
        return store.revisions(organization, revision, limit);
      }
    };
  }
}
