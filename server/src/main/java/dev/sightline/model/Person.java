package dev.sightline.model;

import org.jspecify.annotations.Nullable;

/**
 * Somebody of whom an organization keeps something personal.
 *
 * @param home where the person is a user, if not in that organization: an ADMIN of its realm's
 *     root; null: in that organization, or a support agent
 */
public record Person(UserId user, @Nullable OrganizationId home) {
  /** A user of the organization itself, or a support agent. */
  public static Person here(UserId user) {
    return new Person(user, null);
  }

  @Override
  public String toString() {
    return home == null ? user.value() : user + " of " + home;
  }
}
