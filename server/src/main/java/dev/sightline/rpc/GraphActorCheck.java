package dev.sightline.rpc;

import dev.sightline.cache.Graphs;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.Requirement;
import dev.sightline.command.Stages;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Role;
import dev.sightline.v1.Actor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Looks the actor up in the organization's graph, as it is when asked. */
public final class GraphActorCheck implements ActorCheck {
  private final Graphs graphs;
  private final ExecutorService virtualThreads;

  public GraphActorCheck(Graphs graphs, ExecutorService virtualThreads) {
    this.graphs = graphs;
    this.virtualThreads = virtualThreads;
  }

  @Override
  public CompletionStage<@Nullable Refusal> requireAdmin(OrganizationId organization, Actor actor) {
    Requirement now = Calls.fullyConsistent();
    long deadline = Calls.deadline();
    return CompletableFuture.<@Nullable Refusal>supplyAsync(
        () -> {
          try {
            var named = Requests.actor(organization, actor);
            return Stages.role(
                graphs.fresh(organization, now, deadline).graph(), named, Role.ADMIN);
          } catch (NotAnswerable e) {
            return e.refusal();
          } catch (InterruptedException e) {
            throw new IllegalStateException("the server is stopping", e);
          }
        },
        virtualThreads);
  }
}
