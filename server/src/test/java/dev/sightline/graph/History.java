package dev.sightline.graph;

import dev.sightline.change.Revision;
import dev.sightline.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A random history applied to a graph and to plain facts side by side, each step kept. */
final class History {
  /** The state after a revision; the first state is that before any. */
  record Step(Revision revision, OrgGraph graph, NaiveOrganization facts) {
    Instant now() {
      return Micros.instant(graph.endedThrough());
    }
  }

  final OrgGraph empty;
  final List<Step> steps = new ArrayList<>();

  private History(OrgGraph empty) {
    this.empty = empty;
  }

  static History of(long seed, int revisions) {
    return of(seed, revisions, 10);
  }

  static History of(long seed, int revisions, int scale) {
    RandomOrganization organization = new RandomOrganization(seed, scale);
    OrgGraph graph = OrgGraph.empty(organization.id());
    History history = new History(graph);
    for (int i = 0; i < revisions; i++) {
      Revision revision = organization.next();
      graph = graph.applied(revision);
      history.steps.add(new Step(revision, graph, organization.facts().copy()));
    }
    return history;
  }

  /** The state before a step. */
  OrgGraph graphBefore(int step) {
    return step == 0 ? empty : steps.get(step - 1).graph();
  }

  NaiveOrganization factsBefore(int step) {
    return step == 0 ? new NaiveOrganization() : steps.get(step - 1).facts();
  }

  Position positionBefore(int step) {
    return graphBefore(step).position();
  }

  Step last() {
    return steps.getLast();
  }
}
