package dev.sightline.rpc;

import dev.sightline.auth.Caller;
import dev.sightline.cache.Fresh;
import dev.sightline.command.Actor;
import dev.sightline.command.Stages;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Role;
import org.jspecify.annotations.Nullable;

/** Who looks into a log: an ADMIN of its organization, or an operator who names nobody. */
record AuditAccess(@Nullable Actor actor) {

  /**
   * Reads who looks; only operators may leave it out.
   *
   * @param actor as the request names it, null if it does not
   */
  static AuditAccess of(
      Caller caller, OrganizationId organization, dev.sightline.v1.@Nullable Actor actor) {
    if (actor != null) {
      return new AuditAccess(Requests.actor(organization, actor));
    }
    if (caller.isOperator()) {
      return new AuditAccess(null);
    }
    throw Requests.invalid(
        Reason.MALFORMED_REQUEST,
        "actor",
        "No actor is named: name the ADMIN who does this; only operators leave it out.");
  }

  /** Refuses whoever may not. */
  void require(Fresh fresh) {
    DashboardRpc.refuse(
        actor == null
            ? Stages.organization(fresh.graph())
            : Stages.role(fresh.graph(), actor, Role.ADMIN));
  }
}
