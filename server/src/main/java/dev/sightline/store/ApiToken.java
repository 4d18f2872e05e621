package dev.sightline.store;

import dev.sightline.model.OrganizationId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API token; the token itself is not, only its hash.
 *
 * @param expiresAt from this very instant on it is over; null: never
 * @param revokedAt when it was revoked; null: it was not
 */
public record ApiToken(
    String id,
    String name,
    Set<String> scopes,
    Binding binding,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {
  public ApiToken {
    scopes = Set.copyOf(scopes);
  }

  /** Which organizations a token is good for. */
  public sealed interface Binding {
    /** One organization. */
    record OneOrganization(OrganizationId organization) implements Binding {}

    /** The organizations under one root, however deep, and the root. */
    record Realm(OrganizationId root) implements Binding {}

    /** All organizations: an operator's. */
    record Everything() implements Binding {}
  }
}
