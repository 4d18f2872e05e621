package dev.sightline.rpc;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.v1.Actor;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Whether the person whom a request names may do what only some may. */
@FunctionalInterface
public interface ActorCheck {
  /**
   * Null if the actor is an ACTIVE ADMIN of the organization; else why not, in the rules' order.
   */
  CompletionStage<@Nullable Refusal> requireAdmin(OrganizationId organization, Actor actor);
}
