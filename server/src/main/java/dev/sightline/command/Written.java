package dev.sightline.command;

import dev.sightline.graph.OrgGraph;

/**
 * Where a command's effect can be seen.
 *
 * @param graph at the position that the command led to
 * @param changed false: everything was already as asked for
 */
public record Written(OrgGraph graph, boolean changed) {}
