package dev.sightline.command;

import dev.sightline.graph.OrgGraph;
import java.time.Instant;

/**
 * What a command is decided on.
 *
 * @param graph at the head of the log, with everything ended that ends at or before {@code now}
 * @param facts read under the same lock
 * @param now the instant of the revision that an accepted command makes
 */
public record Situation(OrgGraph graph, Facts facts, Instant now) {}
