package dev.sightline.graph;

import dev.sightline.change.Change;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides about access in one organization, at one position.
 *
 * <p><b>What it promises.</b> A graph never changes: any number of threads read it without locks,
 * and whatever is asked of one graph is answered at one position. {@link #applied} and {@link
 * #rewound} give another graph and refuse a step that does not fit exactly; rewinding what was
 * applied gives back the same facts. {@link #through} moves on in time alone, never back, so a
 * clock that is set back revives nothing. {@link #fingerprint} is the same for the same facts
 * however they got there: loaded, applied or rewound.
 *
 * <p><b>How.</b> Every id has an <em>ordinal</em>, per kind: people (users and agents), dashboards,
 * teams, workspaces, grants. What is known of one thing is a small immutable node that refers to
 * others by ordinal, in packed arrays of primitives. Nodes stand in chunked arrays, so that a
 * change copies a few nodes, a chunk of references for each, and the small array of chunks; all
 * else is shared with the graph before. A decision reads the person's node, the dashboard's node
 * and one slot of the dashboard's row; it allocates nothing.
 *
 * <p>Teams keep their closure upwards only ({@code TeamNode.ancestors}): a decision intersects the
 * few teams above the person with the few team entries of the dashboard. Kept downwards as well, or
 * spread onto people, a change of one team inside another would touch every person below it.
 *
 * <p>Ended entries stay in their rows until they are overwritten or removed, and are passed over by
 * comparing their end with the graph's time. So time passing changes no node, and a rewound graph,
 * whose time is earlier, finds them again. {@link #nextEnd} comes from a sorted index of all ends.
 *
 * <p><b>What breaks if one changes it.</b> Ordinals are never given to another id, and ids never
 * leave the tables, within a <em>lineage</em>: the graphs that come from each other by applying,
 * rewinding or moving on. Level changes compare two graphs of a lineage by ordinal, and lists are
 * paged by it. A graph that was loaded anew begins another lineage: its ordinals differ. The parts
 * of the fingerprint are stored with the organization's row, so their values are for ever ({@code
 * Fingerprints}). Every fact that a decision reads must be in the fingerprint and in {@code
 * ChangeApplier}'s comparison with what was there before; else memory and rows can drift apart
 * unseen.
 */
public final class OrgGraph {
  /** 0001-01-01T00:00:00Z: before whatever a clock says. */
  private static final long BEFORE_ALL = -62_135_596_800_000_000L;

  private final OrganizationId id;
  private final long revision;
  private final LogHash head;
  private final long headPrefix;
  private final long endedThrough;
  private final long nextEnd;
  private final Parts parts;

  OrgGraph(OrganizationId id, long revision, LogHash head, long endedThrough, Parts parts) {
    this.id = id;
    this.revision = revision;
    this.head = head;
    this.headPrefix = head.prefix();
    this.endedThrough = endedThrough;
    this.parts = parts;
    this.nextEnd = parts.nextEndAfter(endedThrough);
  }

  /** The organization before its first revision: nothing is there. */
  public static OrgGraph empty(OrganizationId id) {
    return new OrgGraph(id, 0, LogHash.EMPTY, BEFORE_ALL, Parts.EMPTY);
  }

  public OrganizationId id() {
    return id;
  }

  public Position position() {
    return new Position(revision, head, Micros.instant(endedThrough));
  }

  public long revision() {
    return revision;
  }

  /** The first 8 bytes of the hash of the log's last record. */
  public long headPrefix() {
    return headPrefix;
  }

  /** What ends at or before this instant has ended; microseconds since the epoch. */
  public long endedThrough() {
    return endedThrough;
  }

  /** The organization's own facts, null before revision 1. */
  public @Nullable OrganizationFacts organization() {
    return parts.organization();
  }

  /**
   * A 64-bit sum over all facts, the same for the same facts in every process. It finds drift, not
   * tampering. The position is no part of it, nor are profiles and the names of the organization,
   * of teams and of workspaces.
   */
  public long fingerprint() {
    return parts.fingerprint();
  }

  public GraphCounts counts() {
    return parts.counts();
  }

  /**
   * Whether the other graph came from this one, or this from the other, by {@link #through} and
   * {@link #withHead} alone. Costs nothing: it is the same facts in memory that count, and facts
   * that were loaded or applied anew are not the same, even if they are equal.
   */
  @SuppressWarnings("ReferenceEquality") // the very parts
  public boolean hasSameFactsAs(OrgGraph other) {
    return parts == other.parts && revision == other.revision && id.equals(other.id);
  }

  /**
   * When time alone next changes something: the earliest end of an entry or a grant, or start of a
   * grant, after {@link #endedThrough}. Microseconds since the epoch, {@link Micros#NEVER} if there
   * is none.
   */
  public long nextEnd() {
    return nextEnd;
  }

  /** About how much heap the graph takes, in bytes, as if it shared nothing with others. */
  public long weightInBytes() {
    return parts.weightInBytes();
  }

  /** The same facts at a later time; this graph if {@code instant} is not later. */
  public OrgGraph through(Instant instant) {
    return through(Micros.of(instant));
  }

  /** The same facts at a later time; this graph if {@code micros} is not later. */
  public OrgGraph through(long micros) {
    return micros <= endedThrough ? this : new OrgGraph(id, revision, head, micros, parts);
  }

  /**
   * The same facts at another time, which may be earlier: to see what was, never to answer what is.
   */
  public OrgGraph atTime(Instant instant) {
    return new OrgGraph(id, revision, head, Micros.of(instant), parts);
  }

  /**
   * The graph after the next revision.
   *
   * @throws IllegalStateException if it is not the next one, goes back in time, or changes a fact
   *     from something else than what the graph holds
   */
  public OrgGraph applied(Revision next) {
    long at = Micros.of(next.at());
    if (next.number() != revision + 1 || at < endedThrough) {
      throw new IllegalStateException(
          "revision %d at %s does not follow on %s"
              .formatted(next.number(), next.at(), position()));
    }
    GraphDraft draft = new GraphDraft(parts);
    ChangeApplier applier = new ChangeApplier(draft);
    next.changes().forEach(applier::apply);
    return new OrgGraph(id, next.number(), next.position().head(), at, draft.finished());
  }

  /**
   * The graph as it would be with some changes, at the same position: to see what would be, never
   * to answer what is, nor to go on from.
   *
   * @throws IllegalStateException if they change a fact from something else than what the graph
   *     holds
   */
  public OrgGraph supposing(List<Change> changes) {
    GraphDraft draft = new GraphDraft(parts);
    ChangeApplier applier = new ChangeApplier(draft);
    changes.forEach(applier::apply);
    return new OrgGraph(id, revision, head, endedThrough, draft.finished());
  }

  /** The same graph, once the log has said what the hash at its revision is. */
  public OrgGraph withHead(LogHash head) {
    return new OrgGraph(id, revision, head, endedThrough, parts);
  }

  /**
   * The graph before its last revision.
   *
   * @param last the revision that this graph was the result of
   * @param to the position to go back to
   * @throws IllegalStateException if {@code last} is another revision, or did something else than
   *     what the graph holds
   */
  public OrgGraph rewound(Revision last, Position to) {
    if (last.number() != revision || to.revision() != revision - 1) {
      throw new IllegalStateException(
          "undoing revision %d does not lead from %s to %s"
              .formatted(last.number(), position(), to));
    }
    GraphDraft draft = new GraphDraft(parts);
    ChangeApplier applier = new ChangeApplier(draft);
    List<Change> changes = last.changes();
    for (int i = changes.size() - 1; i >= 0; i--) {
      applier.apply(changes.get(i).inverse());
    }
    return new OrgGraph(
        id, to.revision(), to.head(), Micros.of(to.endedThrough()), draft.finished());
  }

  /** The facts by id, for those who decide about changes. */
  public GraphFacts facts() {
    return new GraphFacts(this);
  }

  /** How many ordinals of people there are; some may stand for nobody any more. */
  public int personOrdinals() {
    return parts.people().size();
  }

  /** How many ordinals of dashboards there are; some may stand for nothing any more. */
  public int dashboardOrdinals() {
    return parts.dashboards().size();
  }

  /** The ordinal of a user or an agent, -1 if the id has none. Allocates nothing. */
  public int personOrdinal(String id) {
    return parts.people().ordinal(id);
  }

  /** As {@link #personOrdinal(String)}, from the id's ASCII characters in {@code [from, to)}. */
  public int personOrdinal(byte[] bytes, int from, int to) {
    return parts.people().ordinal(bytes, from, to);
  }

  /** The ordinal of a dashboard, -1 if the id has none. Allocates nothing. */
  public int dashboardOrdinal(String id) {
    return parts.dashboards().ordinal(id);
  }

  /** As {@link #dashboardOrdinal(String)}, from the id's ASCII characters in {@code [from, to)}. */
  public int dashboardOrdinal(byte[] bytes, int from, int to) {
    return parts.dashboards().ordinal(bytes, from, to);
  }

  /** Who has an ordinal within [0, {@link #personOrdinals}). */
  public UserId person(int ordinal) {
    return new UserId(parts.people().get(ordinal).id());
  }

  /** Which dashboard has an ordinal within [0, {@link #dashboardOrdinals}). */
  public DashboardId dashboard(int ordinal) {
    return new DashboardId(parts.dashboards().get(ordinal).id());
  }

  /** Whether an ordinal is that of a dashboard which is there; -1 is not. */
  public boolean hasDashboard(int ordinal) {
    return parts.dashboards().present(ordinal) != null;
  }

  public String dashboardName(int ordinal) {
    return parts.dashboards().get(ordinal).rest();
  }

  public boolean isDraft(int ordinal) {
    return parts.dashboards().get(ordinal).isDraft();
  }

  /** Whether the dashboard's company default is NONE. */
  public boolean isPrivate(int ordinal) {
    return parts.dashboards().get(ordinal).companyDefault() == Level.NONE.ordinal();
  }

  Parts parts() {
    return parts;
  }
}
