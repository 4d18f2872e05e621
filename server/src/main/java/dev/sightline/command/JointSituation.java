package dev.sightline.command;

import dev.sightline.model.OrganizationId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a command about several organizations is decided on.
 *
 * @param root of the realm in which it is decided; null if it is decided in none
 * @param organizations those that are there, and the root: each with everything ended that ends at
 *     or before {@code now}
 * @param now the instant of the revisions that an accepted command makes
 */
public record JointSituation(
    @Nullable OrganizationId root, Map<OrganizationId, Situation> organizations, Instant now) {
  public JointSituation {
    organizations = Map.copyOf(organizations);
  }

  /** The realm's root. */
  Situation ofRoot() {
    return of(Objects.requireNonNull(root, "this is decided in no realm"));
  }

  /** An organization, once a stage has seen that it is there. */
  Situation of(OrganizationId organization) {
    return Objects.requireNonNull(organizations.get(organization), organization::value);
  }
}
