package dev.sightline.command;

import dev.sightline.change.Change;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.SupportPolicy;
import dev.sightline.command.SupportFacts.RegisteredAgent;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stages of refusal that decisions about vendor support share, numbered as in the rules. */
public final class SupportStages {
  private SupportStages() {}

  /** Stage 2: an ACTIVE ADMIN of the realm's root. */
  static @Nullable Refusal rootAdmin(JointSituation situation, Actor actor) {
    return rootAdmin(situation.ofRoot().graph(), actor);
  }

  /** Stage 2: an ACTIVE ADMIN of the realm's root. */
  public static @Nullable Refusal rootAdmin(OrgGraph root, Actor actor) {
    return Stages.role(root, actor, Role.ADMIN);
  }

  /** Stage 5: portals that are there, and of the realm in which it is decided. */
  static @Nullable Refusal portals(JointSituation situation, List<OrganizationId> portals) {
    return portals.stream()
        .filter(portal -> !situation.organizations().containsKey(portal))
        .findFirst()
        .map(Stages::unknownOrganization)
        .orElse(null);
  }

  /** Stage 5: of an agent, one who is registered. */
  static @Nullable Refusal holder(Situation portal, Holder holder) {
    return switch (holder) {
      case Holder.Group _ -> null;
      case Holder.Agent(var agent) -> {
        RegisteredAgent found = portal.facts().support().agent(agent);
        yield found != null && !found.removed() ? null : AgentCommands.unknown(agent);
      }
    };
  }

  /** Stage 5: workspaces that are there. */
  static @Nullable Refusal workspaces(Situation portal, List<WorkspaceScope> workspaces) {
    for (WorkspaceScope scope : workspaces) {
      Refusal unknown = Stages.workspace(portal.graph(), scope.workspace());
      if (unknown != null) {
        return unknown;
      }
    }
    return null;
  }

  /** Stage 6: what the root allows. */
  static @Nullable Refusal policy(JointSituation situation, Holder holder, GrantTerm term) {
    SupportPolicy policy = situation.ofRoot().facts().support().policy();
    boolean offered =
        switch (holder) {
          case Holder.Group(var name) ->
              policy.groups().isEmpty() || policy.groups().contains(name);
          case Holder.Agent _ -> true;
        };
    return offered ? term.against(policy) : notOffered(policy);
  }

  private static Refusal notOffered(SupportPolicy policy) {
    return Refusal.of(
        Reason.GROUP_NOT_OFFERED,
        "The root organization's policy offers the groups %s, and no other. Choose one of them."
            .formatted(String.join(", ", policy.groups())),
        "groups",
        String.join(", ", policy.groups()));
  }

  /** Changes in several organizations, in those without any nothing, and no effects. */
  static <R> JointDecision<R> accepted(
      List<OrganizationId> organizations,
      R result,
      Function<OrganizationId, List<Change>> changes) {
    Map<OrganizationId, Decision.Accepted<?>> parts = new LinkedHashMap<>();
    organizations.forEach(portal ->
        parts.put(portal, new Decision.Accepted<>(changes.apply(portal), List.of(), portal)));
    return new JointDecision.Accepted<>(parts, result);
  }
}
