package dev.sightline.cache;

import dev.sightline.graph.OrgGraph;

/**
 * A graph and the proof that it was current.
 *
 * @param graph revision 0: it is proved that there is no such organization
 * @param asOf a reading of {@link System#nanoTime}: at some instant after it, this graph was the
 *     head of the log
 */
public record Fresh(OrgGraph graph, long asOf) {}
