package dev.sightline.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a token, but for its hash.
 *
 * @param name what people call it
 * @param expiresAt when it ends, null if never
 * @param revokedAt when it was revoked, null if it was not
 */
public record TokenFacts(
    String id,
    String name,
    Scopes scopes,
    Binding binding,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {}
