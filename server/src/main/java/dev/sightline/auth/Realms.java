package dev.sightline.auth;

import dev.sightline.model.OrganizationId;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds the root of the realm that an organization is in, which never changes. */
public interface Realms {
  /** The root if it is at hand, else null. Never blocks; {@code organization} may be anything. */
  @Nullable OrganizationId rootIfKnown(String organization);

  /**
   * The root, or null if there is no such organization. Completes exceptionally if the database
   * does not tell.
   */
  CompletionStage<@Nullable OrganizationId> root(OrganizationId organization);
}
