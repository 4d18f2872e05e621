package dev.sightline.watch;

import dev.sightline.change.Instants;
import dev.sightline.graph.OrgGraph;

/**
 * Where a feed stands.
 *
 * @param graph at the last step that was told
 * @param passedMicros what ends until this instant has been told; the graph's time or later
 */
record Snapshot(OrgGraph graph, long passedMicros) {
  long revision() {
    return graph.revision();
  }

  Cursor cursor() {
    return Cursor.at(graph);
  }

  static long time(OrgGraph graph) {
    return Instants.micros(graph.position().endedThrough());
  }
}
