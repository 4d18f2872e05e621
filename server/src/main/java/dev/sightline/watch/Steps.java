package dev.sightline.watch;

import dev.sightline.change.Instants;
import dev.sightline.change.Revision;
import dev.sightline.graph.LevelChanges;
import dev.sightline.graph.OrgGraph;
import dev.sightline.graph.TimeSteps;

/**
 * Moves graphs on and tells the steps. What ends until a revision's instant are steps of their own,
 * before the revision's.
 */
final class Steps {
  private Steps() {}

  /** The graph once everything has ended that ends by then; in microseconds since 1970. */
  static OrgGraph through(OrgGraph graph, long micros, StepTaker taker)
      throws InterruptedException {
    OrgGraph last = graph;
    for (LevelChanges changes : TimeSteps.of(graph, micros)) {
      last = changes.after();
      taker.take(changes, true);
    }
    return last;
  }

  /** The graph after its next revision. */
  static OrgGraph applied(OrgGraph graph, Revision next, StepTaker taker)
      throws InterruptedException {
    OrgGraph before = through(graph, Instants.micros(next.at()), taker);
    Revision fitting = next.notBefore(before.position().endedThrough());
    return moved(before, fitting, before.applied(fitting), taker);
  }

  /** As above, where the graph after it is known already. */
  static OrgGraph moved(OrgGraph before, Revision revision, OrgGraph after, StepTaker taker)
      throws InterruptedException {
    taker.take(LevelChanges.byRevision(before, after, revision.changes()), false);
    return after;
  }
}
