package dev.sightline.command;

import dev.sightline.change.Change;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.ReasonGiven.Explained;
import dev.sightline.change.Change.SupportRequestChanged;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.command.SupportFacts.RegisteredAgent;
import dev.sightline.graph.GraphFacts;
import dev.sightline.model.GrantId;
import dev.sightline.model.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A support grant as it is written into one organization: with the agents whom it reaches, the
 * requests that it answers, and the mails.
 *
 * @param reason may be empty
 */
record Granting(GrantId id, GrantFacts grant, String reason, UserId by) {
  Decision.Accepted<GrantId> in(Situation situation) {
    List<RegisteredAgent> covered = covered(situation);
    AgentChanges agents = new AgentChanges(situation);
    stale(situation, covered).forEach(agent -> agents.learn(agent, false));
    covered.forEach(agent -> agents.learn(agent, true));
    covered.forEach(agent -> agents.tell(agent, id, grant));
    List<Change> changes = new ArrayList<>(agents.changes());
    changes.add(new GrantChanged(id, null, grant));
    if (!reason.isEmpty()) {
      changes.add(new ReasonGiven(new Explained.Grant(id), by, reason));
    }
    for (RegisteredAgent agent : covered) {
      SupportRequestFacts asked = situation.facts().support().request(agent.id());
      if (asked != null) {
        changes.add(new SupportRequestChanged(agent.id(), asked, null));
      }
    }
    return new Decision.Accepted<>(changes, agents.effects(), id);
  }

  private List<RegisteredAgent> covered(Situation situation) {
    SupportFacts facts = situation.facts().support();
    return switch (grant.holder()) {
      case Holder.Group(var name) -> facts.members(name);
      case Holder.Agent(var agent) -> List.of(Objects.requireNonNull(facts.agent(agent), "agent"));
    };
  }

  /**
   * Who is known here to be in the group and is not any more, though the job that says so has not
   * come by yet: the grant must not let them in.
   */
  private Collection<RegisteredAgent> stale(Situation situation, List<RegisteredAgent> covered) {
    if (!(grant.holder() instanceof Holder.Group(var name))) {
      return List.of();
    }
    GraphFacts graph = situation.graph().facts();
    Set<UserId> left = new HashSet<>();
    for (UserId agent : graph.agents()) {
      if (Objects.requireNonNull(graph.agent(agent)).group().equals(name)) {
        left.add(agent);
      }
    }
    covered.forEach(agent -> left.remove(agent.id()));
    return left.isEmpty() ? List.of() : situation.facts().support().agents(left).values();
  }
}
