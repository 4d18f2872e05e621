package dev.sightline.change;

import java.time.Instant;

/**
 * The link that somebody INVITED can accept with.
 *
 * @param sending how many mails with a link have been written, 1 for the first: only the latest
 *     link is alive
 * @param sentAt when the latest was; microsecond precision
 * @param end from this very instant on its link is dead
 */
public record InvitationFacts(int sending, Instant sentAt, Instant end) {}
