package dev.sightline.graph;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The steps that time alone takes a graph through, one for each instant at which something ends or
 * begins: all ends of one instant are one step. Each goes from the step before it (the first from
 * the graph given) to the graph at that instant.
 */
public final class TimeSteps implements Iterator<LevelChanges> {
  private final long until;
  private OrgGraph graph;

  private TimeSteps(OrgGraph graph, long until) {
    this.graph = graph;
    this.until = until;
  }

  /**
   * The steps after {@code graph}'s own time.
   *
   * @param until the last instant that counts; microseconds since the epoch
   */
  public static Iterable<LevelChanges> of(OrgGraph graph, long until) {
    return () -> new TimeSteps(graph, until);
  }

  @Override
  public boolean hasNext() {
    return graph.nextEnd() != Micros.NEVER && graph.nextEnd() <= until;
  }

  @Override
  public LevelChanges next() {
    if (!hasNext()) {
      throw new NoSuchElementException("nothing ends until " + Micros.instant(until));
    }
    OrgGraph before = graph;
    graph = before.through(before.nextEnd());
    return LevelChanges.byTime(before, graph);
  }
}
