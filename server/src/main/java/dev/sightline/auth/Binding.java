package dev.sightline.auth;

import dev.sightline.model.OrganizationId;

/** What a token reaches. */
public sealed interface Binding {
  Binding ALL = new All();

  /** One organization, and nothing under it. */
  record OneOrganization(OrganizationId organization) implements Binding {}

  /** The organization at the root, and all under it. */
  record Realm(OrganizationId root) implements Binding {}

  /** Everything. */
  record All() implements Binding {}
}
