package dev.sightline.auth;

import dev.sightline.model.Ids;
import dev.sightline.model.OrganizationId;
import java.util.concurrent.CompletionException;

/** Whether a binding reaches an organization. */
enum Reach {
  INSIDE,
  OUTSIDE,
  /** Nobody could tell. */
  UNKNOWN;

  /** Tells at once; UNKNOWN if the organization's root is not at hand. */
  static Reach ifKnown(Binding binding, String organization, Realms realms) {
    return switch (binding) {
      case Binding.All _ -> INSIDE;
      case Binding.OneOrganization(OrganizationId one) -> of(one.value().equals(organization));
      case Binding.Realm(OrganizationId root) -> {
        OrganizationId known = realms.rootIfKnown(organization);
        yield known == null ? UNKNOWN : of(known.equals(root));
      }
    };
  }

  /** Tells, and waits for the organization's root; UNKNOWN if the database does not tell. */
  static Reach find(Binding binding, String organization, Realms realms) {
    Reach atOnce = ifKnown(binding, organization, realms);
    if (atOnce != UNKNOWN || !(binding instanceof Binding.Realm(OrganizationId root))) {
      return atOnce;
    }
    if (!Ids.isWellFormed(organization)) {
      return OUTSIDE;
    }
    try {
      var found = realms.root(new OrganizationId(organization)).toCompletableFuture().join();
      return of(root.equals(found));
    } catch (CompletionException e) {
      return UNKNOWN;
    }
  }

  private static Reach of(boolean inside) {
    return inside ? INSIDE : OUTSIDE;
  }
}
