package dev.sightline.change;

import java.time.Instant;

/**
 * An agent's request to be let in to a portal, for as long as nobody has answered it.
 *
 * @param madeAt microsecond precision
 * @param end from this very instant on it is over
 */
public record SupportRequestFacts(Instant madeAt, Instant end) {}
