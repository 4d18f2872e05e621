package dev.sightline.command;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.UserId;
import dev.sightline.store.Author;
import dev.sightline.store.StoreUnavailable;
import dev.sightline.store.SupportAgents;
import dev.sightline.store.SupportAgents.AgentJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what has become of support agents to every organization concerned. A job stays until all
 * of them have it, so any node can finish what another has begun; doing any of it twice changes
 * nothing.
 */
public final class AgentJobs {
  private static final Logger LOG = LoggerFactory.getLogger(AgentJobs.class);

  /** So many organizations are written to at once. */
  private static final int AT_ONCE = 32;

  private final SupportAgents agents;
  private final Writes writes;
  private final InstantSource time;

  public AgentJobs(SupportAgents agents, Writes writes, InstantSource time) {
    this.agents = agents;
    this.writes = writes;
    this.time = time;
  }

  /** Finishes whatever job there is; what cannot be finished now stays for the next time. */
  public void finishAll() {
    for (AgentJob job : agents.jobs()) {
      Refusal unfinished = finish(job);
      if (unfinished != null) {
        LOG.warn("agent {} is not known everywhere yet: {}", job.agent(), unfinished.message());
      }
    }
  }

  /** Finishes an agent's job, if there is one; why it could not be, or null. */
  @Nullable Refusal finish(UserId agent) {
    try {
      AgentJob job = agents.job(agent);
      return job == null ? null : finish(job);
    } catch (StoreUnavailable e) {
      return unfinished(agent);
    }
  }

  private @Nullable Refusal finish(AgentJob job) {
    try {
      List<OrganizationId> concerned = agents.concerned(job.agent(), now());
      if (!isWritten(job, concerned)) {
        return unfinished(job.agent());
      }
      agents.finished(job);
      return null;
    } catch (StoreUnavailable e) {
      return unfinished(job.agent());
    }
  }

  private Instant now() {
    return time.instant();
  }

  private boolean isWritten(AgentJob job, List<OrganizationId> concerned) {
    Deque<CompletableFuture<Outcome<UserId>>> underWay = new ArrayDeque<>();
    boolean all = true;
    for (OrganizationId organization : concerned) {
      if (underWay.size() == AT_ONCE) {
        all &= isDone(underWay.remove());
      }
      underWay.add(
          writes.submit(
              organization,
              new AgentCommands.TakeOver(job.agent()),
              new Author(null, null, job.caller()),
              (agent, _) -> agent,
              null,
              () -> false));
    }
    while (!underWay.isEmpty()) {
      all &= isDone(underWay.remove());
    }
    return all;
  }

  /** A fault in one organization keeps the job, and must not keep the others from hearing. */
  private static boolean isDone(CompletableFuture<Outcome<UserId>> write) {
    try {
      return switch (write.join()) {
        case Outcome.Done<UserId> _ -> true;
        case Outcome.Refused<UserId>(Refusal refusal) -> {
          LOG.warn("an agent is not written to an organization: {}", refusal.message());
          yield false;
        }
      };
    } catch (CompletionException e) {
      LOG.error("an agent is not written to an organization", e);
      return false;
    }
  }

  private static Refusal unfinished(UserId agent) {
    return Refusal.of(
        Reason.STORE_UNAVAILABLE,
        "What became of agent %s is registered, but not every organization concerned knows yet; they will. Try again with the same idempotency key to hear when."
            .formatted(agent),
        "outcome",
        "UNKNOWN",
        "agent",
        agent.value());
  }
}
