package dev.sightline.client;

/**
 * What a client's near-cache has done since the client was opened, and what it holds. All zero
 * without one.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="nearcache"}
 *
 * @param hits questions answered without asking; threads that count at once may lose a few
 * @param misses questions that might have been held, and were asked
 * @param fills answers that were taken in
 * @param fillsLost answers that were not, because something that came meanwhile may change them
 * @param invalidations answers that were dropped because an event touched them
 * @param evictions answers that were dropped to make room
 * @param lapses how often freshness could not be proved any more while it was asked for
 * @param organizations how many are watched, or about to be
 * @param entries how many answers are held, those included that are dead and not yet swept
 */
public record NearCacheStatistics(
    long hits,
    long misses,
    long fills,
    long fillsLost,
    long invalidations,
    long evictions,
    long lapses,
    int organizations,
    int entries) {}
