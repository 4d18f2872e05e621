package dev.sightline.command;

import static dev.sightline.command.Decision.accepted;
import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Decision.unchanged;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change;
import dev.sightline.change.Change.AgentActed;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.command.SupportFacts.RegisteredAgent;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of support agents in one organization. */
public final class AgentCommands {
  private AgentCommands() {}

  /**
   * Lets the organization know what has become of an agent: joining, moving, being removed. Doing
   * it again changes nothing.
   */
  public record TakeOver(UserId agent) implements Command<UserId> {
    @Override
    public Decision<UserId> decide(Situation situation) {
      RegisteredAgent registered = situation.facts().support().agent(agent);
      if (registered == null || situation.graph().organization() == null) {
        return unchanged(agent);
      }
      List<Change> changes = new ArrayList<>();
      if (registered.removed()) {
        changes.addAll(revocations(situation));
      }
      AgentChanges learned = new AgentChanges(situation);
      learned.learn(registered, false);
      changes.addAll(learned.changes());
      return accepted(changes, learned.effects(), agent);
    }

    /** Grants to a group stay for whoever else is in it; those to this very agent are over. */
    private List<Change> revocations(Situation situation) {
      return AgentChanges.active(situation).entrySet().stream()
          .filter(grant -> grant.getValue().holder().equals(new Holder.Agent(agent)))
          .<Change>map(grant -> new GrantChanged(grant.getKey(), grant.getValue(), null))
          .toList();
    }
  }

  /**
   * Keeps what an agent did elsewhere.
   *
   * @param dashboard null: about none
   * @param at null: now
   */
  public record RecordActivity(
      UserId agent, @Nullable DashboardId dashboard, String what, @Nullable Instant at)
      implements Command<UserId> {
    @Override
    public Decision<UserId> decide(Situation situation) {
      Instant when = at == null ? situation.now() : at;
      Refusal refusal =
          first(
              () -> when.isAfter(situation.now()) ? ahead(when, situation.now()) : null,
              () -> Stages.organization(situation.graph()),
              () -> known(situation, agent),
              () -> there(situation));
      return refusal != null
          ? refused(refusal)
          : accepted(new AgentActed(agent, dashboard, what, when), agent);
    }

    private @Nullable Refusal there(Situation situation) {
      return dashboard == null || situation.graph().facts().dashboard(dashboard) != null
          ? null
          : Refusal.of(
              Reason.DASHBOARD_NOT_FOUND,
              "There is no dashboard " + dashboard + ".",
              "dashboard",
              dashboard.value());
    }

    private static Refusal ahead(Instant at, Instant now) {
      return Refusal.of(
          Reason.OUT_OF_RANGE,
          "at_micros stands for %s, which is after now, %s.".formatted(at, now),
          "field",
          "at_micros");
    }
  }

  /** Stage 5: an agent who was ever registered. */
  static @Nullable Refusal known(Situation situation, UserId agent) {
    return situation.facts().support().agents(List.of(agent)).containsKey(agent)
        ? null
        : unknown(agent);
  }

  public static Refusal unknown(UserId agent) {
    return Refusal.of(
        Reason.AGENT_NOT_FOUND, "There is no support agent " + agent + ".", "agent", agent.value());
  }
}
