package dev.sightline.command;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.Author;
import dev.sightline.store.StoreUnavailable;
import dev.sightline.store.SupportAgents;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Erases what is kept of support agents who are removed: in every organization by its own writer,
 * and then in the register. What could not be erased now is erased when this is asked for again.
 * Blocks: for virtual threads.
 */
public final class AgentErasures {
  private final SupportAgents agents;
  private final Writes writes;

  public AgentErasures(SupportAgents agents, Writes writes) {
    this.agents = agents;
    this.writes = writes;
  }

  /** Tells what is left in the register. */
  public Outcome<AgentRow> erase(UserId agent, String caller) {
    try {
      AgentRow row = agents.find(agent);
      Refusal refusal =
          row == null
              ? AgentCommands.unknown(agent)
              : row.removed() ? erasedEverywhere(agent, caller) : ErasureCommands.notRemoved(agent);
      return refusal == null
          ? new Outcome.Done<>(forgotten(agent))
          : new Outcome.Refused<>(refusal);
    } catch (StoreUnavailable e) {
      return new Outcome.Refused<>(unfinished(agent));
    }
  }

  /** The first organization that says no ends it. */
  private @Nullable Refusal erasedEverywhere(UserId agent, String caller) {
    for (OrganizationId organization : agents.keeping(agent)) {
      var erased =
          writes
              .submit(
                  organization,
                  new ErasureCommands.Erase(null, agent),
                  new Author(null, null, caller),
                  (values, _) -> values,
                  null,
                  () -> false)
              .join();
      if (erased instanceof Outcome.Refused<Integer>(Refusal refusal)) {
        return refusal;
      }
    }
    return null;
  }

  private AgentRow forgotten(UserId agent) {
    return agents.write(transaction -> {
      transaction.forget(agent);
      return Objects.requireNonNull(transaction.locked(agent), "agent");
    });
  }

  private static Refusal unfinished(UserId agent) {
    return Refusal.of(
        Reason.STORE_UNAVAILABLE,
        "Not all that is kept of agent %s is erased yet. Try again.".formatted(agent),
        "outcome",
        "UNKNOWN",
        "agent",
        agent.value());
  }
}
