package dev.sightline.cache;

import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph, and by way of which positions of the log it was come to.
 *
 * @param positions oldest first; the graph's own is the last
 */
record Route(OrgGraph graph, List<Position> positions) {
  Route {
    positions = List.copyOf(positions);
    if (!positions.getLast().equals(graph.position())) {
      throw new IllegalArgumentException("a route that does not end where its graph is");
    }
  }

  /** Nothing is known of the log but where the graph is: it was loaded, say. */
  static Route to(OrgGraph graph) {
    return new Route(graph, List.of(graph.position()));
  }

  /**
   * It was moved on by what was committed.
   *
   * @param moves oldest first
   * @param graph what they led to
   */
  static Route by(List<Move> moves, OrgGraph graph) {
    List<Position> positions = new ArrayList<>();
    moves.forEach(move -> positions.add(move.before().position()));
    positions.add(graph.position());
    return new Route(graph, positions);
  }

  /** Whether it came by another graph's position: both are on the same log then. */
  boolean leadsPast(OrgGraph other) {
    return positions.stream()
        .anyMatch(position -> HeldGraph.isAt(other, position.revision(), position.head()));
  }
}
