package dev.sightline.rpc;

import dev.sightline.auth.Binding;
import dev.sightline.auth.Caller;
import dev.sightline.command.Actor;
import dev.sightline.command.Stages;
import dev.sightline.command.SupportStages;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Role;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.Rows.OrganizationRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may look at what concerns a whole realm. All of it blocks. */
final class Realm {
  private final Calls calls;
  private final DirectoryReads directory;

  Realm(Calls calls, DirectoryReads directory) {
    this.calls = calls;
    this.directory = directory;
  }

  /** An organization that is there. */
  OrganizationRow of(OrganizationId organization) {
    OrganizationRow row = directory.organization(organization);
    if (row == null) {
      throw Statuses.exception(Stages.unknownOrganization(organization));
    }
    return row;
  }

  /** Refuses anybody but an ACTIVE ADMIN of the root; nobody is a service for itself. */
  void requireRootAdmin(OrganizationRow organization, @Nullable Actor actor) throws Exception {
    if (actor != null) {
      var refusal =
          calls.fresh(
              organization.root(),
              Calls.fullyConsistent(),
              fresh -> new Looked(SupportStages.rootAdmin(fresh.graph(), actor)));
      DashboardRpc.refuse(refusal.refusal());
    }
  }

  /** What looking has come to. */
  private record Looked(dev.sightline.model.@Nullable Refusal refusal) {}

  /** Whether the actor is an ACTIVE ADMIN of another organization of the same realm. */
  boolean isAdminBelow(OrganizationRow organization, Actor actor) throws Exception {
    if (actor.organization().equals(organization.root())) {
      return false;
    }
    OrganizationRow own = directory.organization(actor.organization());
    return own != null
        && own.root().equals(organization.root())
        && calls.fresh(
            own.id(),
            Calls.fullyConsistent(),
            fresh -> Stages.role(fresh.graph(), actor, Role.ADMIN) == null);
  }

  /** The realm's organizations by id, as far as the caller's token reaches. */
  List<OrganizationRow> organizations(OrganizationRow organization, Caller caller) {
    return switch (caller.binding()) {
      case Binding.OneOrganization(OrganizationId one) -> List.of(of(one));
      case Binding.Realm _, Binding.All _ ->
          Exports.all(page -> directory.realm(organization.root(), page), row -> row.id().value());
    };
  }

  static @Nullable Actor actor(
      OrganizationId organization, boolean isNamed, dev.sightline.v1.Actor actor) {
    return isNamed ? Requests.actor(organization, actor) : null;
  }
}
