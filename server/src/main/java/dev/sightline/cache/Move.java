package dev.sightline.cache;

import dev.sightline.change.Revision;
import dev.sightline.graph.OrgGraph;

/**
 * One committed step of a graph.
 *
 * @param before the graph that the revision was decided on, at the revision's instant
 * @param after made from it by applying the revision
 */
public record Move(OrgGraph before, Revision revision, OrgGraph after) {}
