package dev.sightline.command;

import dev.sightline.model.Refusal;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.AgentTransaction;
import dev.sightline.store.CommitOutcomeUnknown;
import dev.sightline.store.StoreUnavailable;
import dev.sightline.store.SupportAgents;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators do about support agents: first in the register, then, by a job that survives this
 * node, in every organization concerned. All of it blocks: for virtual threads.
 */
public final class AgentWrites {
  private static final Logger LOG = LoggerFactory.getLogger(AgentWrites.class);

  private final SupportAgents agents;
  private final AgentJobs jobs;

  public AgentWrites(SupportAgents agents, AgentJobs jobs) {
    this.agents = agents;
    this.jobs = jobs;
  }

  /**
   * An agent as the register has them after a write.
   *
   * @param changed whether it has changed anything
   */
  public record Registered(AgentRow agent, boolean changed) {}

  /** Makes an agent known; refused if the id was ever used. */
  public <T> Outcome<T> register(
      AgentRow agent,
      String caller,
      Function<Registered, T> answer,
      @Nullable Idempotency<T> idempotency) {
    return done(
        agent.id(),
        caller,
        answer,
        idempotency,
        transaction -> {
          transaction.lockGroups(Set.of(agent.group()));
          return null;
        },
        (transaction, _) -> {
          Refusal taken = Stages.unused(!transaction.register(agent), "agent", agent.id().value());
          return taken == null
              ? new Outcome.Done<>(new Registered(agent, true))
              : new Outcome.Refused<>(taken);
        });
  }

  /** Moves an agent to another group. */
  public <T> Outcome<T> move(
      UserId agent,
      String group,
      String caller,
      Function<Registered, T> answer,
      @Nullable Idempotency<T> idempotency) {
    return done(
        agent,
        caller,
        answer,
        idempotency,
        transaction -> locked(transaction, agent, group),
        (transaction, held) -> {
          if (held == null || held.removed()) {
            return new Outcome.Refused<>(AgentCommands.unknown(agent));
          }
          AgentRow moved = new AgentRow(agent, held.name(), held.email(), group, false);
          return changed(transaction, held, moved);
        });
  }

  /** Removes an agent for good. */
  public <T> Outcome<T> remove(
      UserId agent,
      String caller,
      Function<Registered, T> answer,
      @Nullable Idempotency<T> idempotency) {
    return done(
        agent,
        caller,
        answer,
        idempotency,
        transaction -> locked(transaction, agent, null),
        (transaction, held) -> {
          if (held == null || held.removed()) {
            return new Outcome.Refused<>(AgentCommands.unknown(agent));
          }
          AgentRow removed = new AgentRow(agent, held.name(), held.email(), held.group(), true);
          return changed(transaction, held, removed);
        });
  }

  /**
   * Has every organization concerned know what was registered of an agent.
   *
   * @return why not all of them do yet, or null
   */
  public @Nullable Refusal finish(UserId agent) {
    return jobs.finish(agent);
  }

  private static Outcome<Registered> changed(
      AgentTransaction transaction, AgentRow held, AgentRow wanted) {
    boolean changed = !held.equals(wanted);
    if (changed) {
      transaction.update(wanted);
    }
    return new Outcome.Done<>(new Registered(wanted, changed));
  }

  /** The agent, and the groups that are left and joined, are nobody else's from now on. */
  private static @Nullable AgentRow locked(
      AgentTransaction transaction, UserId agent, @Nullable String joined) {
    AgentRow held = transaction.locked(agent);
    Set<String> groups = new TreeSet<>();
    if (held != null) {
      groups.add(held.group());
    }
    if (joined != null) {
      groups.add(joined);
    }
    transaction.lockGroups(groups);
    return held;
  }

  /** Decides on an agent who is locked. */
  @FunctionalInterface
  private interface Decide {
    Outcome<Registered> on(AgentTransaction transaction, @Nullable AgentRow held);
  }

  private <T> Outcome<T> done(
      UserId agent,
      String caller,
      Function<Registered, T> answer,
      @Nullable Idempotency<T> idempotency,
      Function<AgentTransaction, @Nullable AgentRow> lock,
      Decide decide) {
    Outcome<T> outcome =
        registered(
            transaction -> {
              AgentRow held = lock.apply(transaction);
              return outcome(transaction, held, caller, answer, idempotency, decide);
            },
            idempotency);
    return switch (outcome) {
      case Outcome.Refused<T> refused -> refused;
      case Outcome.Done<T> done -> {
        Refusal unfinished = jobs.finish(agent);
        yield unfinished == null ? done : new Outcome.Refused<>(unfinished);
      }
    };
  }

  private <T> Outcome<T> outcome(
      AgentTransaction transaction,
      @Nullable AgentRow held,
      String caller,
      Function<Registered, T> answer,
      @Nullable Idempotency<T> idempotency,
      Decide decide) {
    Outcome<T> before =
        idempotency == null
            ? null
            : Answers.before(idempotency, transaction.response(caller, idempotency.key()));
    if (before != null) {
      return before;
    }
    return switch (decide.on(transaction, held)) {
      case Outcome.Refused<Registered>(Refusal refusal) -> new Outcome.Refused<>(refusal);
      case Outcome.Done<Registered>(Registered registered) -> {
        if (registered.changed()) {
          transaction.addJob(registered.agent().id(), caller);
        }
        T told = answer.apply(registered);
        if (idempotency != null) {
          transaction.keepResponse(caller, idempotency.key(), Answers.kept(idempotency, told));
        }
        yield new Outcome.Done<>(told);
      }
    };
  }

  /** Whether an earlier attempt was committed, only its key can tell. */
  private <T> Outcome<T> registered(
      Function<AgentTransaction, Outcome<T>> work, @Nullable Idempotency<T> idempotency) {
    try {
      return Objects.requireNonNull(agents.write(work));
    } catch (CommitOutcomeUnknown e) {
      LOG.warn("outcome of a commit about an agent unknown: {}", e.getMessage());
      return idempotency != null
          ? registered(work, idempotency)
          : new Outcome.Refused<>(Answers.unavailable(true));
    } catch (StoreUnavailable e) {
      return new Outcome.Refused<>(Answers.notBegun(idempotency));
    }
  }
}
