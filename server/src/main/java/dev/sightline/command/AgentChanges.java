package dev.sightline.command;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.Change.AgentChanged;
import dev.sightline.change.Effect;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.Mail;
import dev.sightline.change.Mail.Recipient;
import dev.sightline.command.SupportFacts.RegisteredAgent;
import dev.sightline.graph.GraphFacts;
import dev.sightline.model.GrantId;
import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an organization learns of support agents in one revision, with the mails that it causes. An
 * organization knows those whom its grants reach, or have reached.
 */
final class AgentChanges {
  private final Situation situation;
  private final List<Change> changes = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  AgentChanges(Situation situation) {
    this.situation = situation;
  }

  List<Change> changes() {
    return changes;
  }

  List<Effect> effects() {
    return effects;
  }

  /**
   * What is known becomes what is registered. Whoever comes to be covered by a grant that is there
   * is told of it.
   *
   * @param reached whether something that is not in the graph yet reaches the agent
   */
  void learn(RegisteredAgent agent, boolean reached) {
    GraphFacts graph = situation.graph().facts();
    AgentFacts held = graph.agent(agent.id());
    AgentFacts now = agent.removed() ? null : new AgentFacts(agent.group());
    List<GrantId> covering = now == null ? List.of() : covering(agent.id(), now);
    AgentFacts wanted = held == null && covering.isEmpty() && !reached ? null : now;
    if (Objects.equals(held, wanted)) {
      return;
    }
    changes.add(new AgentChanged(agent.id(), held, wanted));
    for (GrantId grant : covering) {
      GrantFacts facts = Objects.requireNonNull(graph.grant(grant));
      if (held == null || !facts.covers(agent.id(), held)) {
        tell(agent, grant, facts);
      }
    }
  }

  /** The active grants that cover an agent with these facts. */
  private List<GrantId> covering(UserId agent, AgentFacts facts) {
    return active(situation).entrySet().stream()
        .filter(grant -> grant.getValue().covers(agent, facts))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The grants that count now, by id. */
  static Map<GrantId, GrantFacts> active(Situation situation) {
    return situation.graph().facts().activeGrants(situation.now());
  }

  void tell(RegisteredAgent agent, GrantId id, GrantFacts grant) {
    effects.add(
        new Effect.Send(
            new Mail.SupportAccessGranted(
                new Recipient(agent.id(), agent.email()),
                id,
                Objects.requireNonNull(situation.graph().organization()).name(),
                List.copyOf(grant.roles()),
                workspaces(grant),
                grant.end())));
  }

  /** Each by name, with the role there. */
  private List<String> workspaces(GrantFacts grant) {
    if (grant.workspaces().isEmpty()) {
      return List.of();
    }
    SupportRole best = Collections.max(grant.roles());
    List<WorkspaceId> ids = grant.workspaces().stream().map(WorkspaceScope::workspace).toList();
    Map<WorkspaceId, String> names = situation.facts().support().names(ids);
    return grant.workspaces().stream()
        .map(scope ->
            "%s (%s)"
                .formatted(
                    names.getOrDefault(scope.workspace(), scope.workspace().value()),
                    role(scope.role(), best)))
        .toList();
  }

  private static SupportRole role(@Nullable SupportRole own, SupportRole best) {
    return own == null ? best : own;
  }
}
