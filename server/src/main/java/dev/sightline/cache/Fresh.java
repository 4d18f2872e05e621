package dev.sightline.cache;

import dev.sightline.graph.OrgGraph;

/**
 * A graph and the proof that it was current.
 *
 * @param graph revision 0: it is proved that there is no such organization
 * @param asOf a reading of {@link System#nanoTime}: at some instant after it, this graph was the
 *     head of the log
 * @param passedMicros what the database's clock had passed at some instant at which this graph was
 *     the head, in microseconds since 1970; {@link DatabaseClock#UNKNOWN} if it was not looked at
 * @param log what is known of the log behind the graph
 */
public record Fresh(OrgGraph graph, long asOf, long passedMicros, KnownLog log) {
  /** Whether a position is on the log that the graph is the head of. */
  KnownLog.Answer has(Requirement.AtLeast least) {
    return log.has(graph, least);
  }
}
