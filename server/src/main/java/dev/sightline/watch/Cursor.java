package dev.sightline.watch;

import dev.sightline.change.Instants;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a watcher has been told about one organization. It holds on any node: nothing in it
 * is of this process.
 *
 * @param revision 0: before the organization's creation
 * @param headPrefix the first 8 bytes of the log's hash at the revision, big-endian
 * @param throughMicros what ended until this instant has been told; in microseconds since 1970
 * @param within null: all of it has been told; else how far into the step that led here
 */
public record Cursor(long revision, long headPrefix, long throughMicros, @Nullable Within within) {

  /** Before everything. */
  public static final Cursor BEGINNING = new Cursor(0, 0, Long.MIN_VALUE, null);

  /**
   * Up to where within a step of many level changes, which are told in the order of ids.
   *
   * @param byTime whether time alone made the step
   * @param user the last one told of
   * @param dashboard the last one told of for this user
   */
  public record Within(boolean byTime, UserId user, DashboardId dashboard) {}

  static Cursor at(OrgGraph graph) {
    return graph.revision() == 0
        ? BEGINNING
        : new Cursor(
            graph.revision(),
            graph.headPrefix(),
            Instants.micros(graph.position().endedThrough()),
            null);
  }

  Cursor within(boolean byTime, UserId user, DashboardId dashboard) {
    return new Cursor(revision, headPrefix, throughMicros, new Within(byTime, user, dashboard));
  }
}
