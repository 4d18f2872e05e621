package dev.sightline.auth;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import org.jspecify.annotations.Nullable;

/** Whether a caller reaches what a call is about, for calls that find it out themselves. */
public final class BindingCheck {
  private final Realms realms;

  public BindingCheck(Realms realms) {
    this.realms = realms;
  }

  /** Why the caller does not reach an organization, or null. May wait for the database. */
  public @Nullable Refusal organization(Caller caller, OrganizationId organization) {
    return switch (Reach.find(caller.binding(), organization.value(), realms)) {
      case INSIDE -> null;
      case OUTSIDE -> CallerRefusals.outside(caller.binding(), organization.value());
      case UNKNOWN -> CallerRefusals.REACH_UNKNOWN;
    };
  }

  /** Why the caller does not reach all of a realm, or null. */
  public @Nullable Refusal realm(Caller caller, OrganizationId root) {
    boolean reached =
        switch (caller.binding()) {
          case Binding.All() -> true;
          case Binding.Realm(OrganizationId own) -> own.equals(root);
          case Binding.OneOrganization _ -> false;
        };
    return reached ? null : CallerRefusals.outside(caller.binding(), root.value());
  }

  /** Why the caller does not reach everything, or null. */
  public @Nullable Refusal everything(Caller caller) {
    return caller.binding() instanceof Binding.All ? null : CallerRefusals.NOT_FOR_ALL;
  }
}
