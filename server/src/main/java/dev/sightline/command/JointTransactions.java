package dev.sightline.command;

import dev.sightline.cache.Graphs;
import dev.sightline.command.JointWrites.Job;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.store.CommitOutcomeUnknown;
import dev.sightline.store.OrganizationStore;
import dev.sightline.store.OrganizationTransaction;
import dev.sightline.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a job of several organizations in one transaction, and tells everybody when it is
 * committed. What {@link Transactions} promises for one organization holds here for all.
 */
final class JointTransactions {
  private static final Logger LOG = LoggerFactory.getLogger(JointTransactions.class);

  private final OrganizationStore store;
  private final Graphs graphs;

  JointTransactions(OrganizationStore store, Graphs graphs) {
    this.store = store;
    this.graphs = graphs;
  }

  /** What a transaction led to. */
  private record Result<T>(List<LockedOrganization> locked, Outcome<T> outcome, long asOf) {}

  /** Runs a job for the first time, or one with a key again. */
  <R, T> void run(Job<R, T> job) {
    Result<T> result;
    try {
      result = store.writeAll(job.locks(), all -> carriedOut(all, job));
    } catch (CommitOutcomeUnknown e) {
      LOG.warn("outcome of a commit to {} unknown: {}", job.locks(), e.getMessage());
      if (job.idempotency() == null) {
        job.outcome().complete(new Outcome.Refused<>(Answers.unavailable(true)));
      } else {
        run(job);
      }
      return;
    } catch (StoreUnavailable e) {
      LOG.warn("no write to {}: {}", job.locks(), e.getMessage());
      job.outcome().complete(new Outcome.Refused<>(Answers.notBegun(job.idempotency())));
      return;
    } catch (Throwable e) {
      LOG.error("a change of {} failed", job.locks(), e);
      job.outcome().completeExceptionally(e);
      return;
    }
    tell(job, result);
  }

  private <R, T> void tell(Job<R, T> job, Result<T> result) {
    try {
      for (LockedOrganization locked : result.locked()) {
        graphs.committed(locked.graph().id(), locked.graph(), locked.moves(), result.asOf());
      }
      job.outcome().complete(result.outcome());
    } catch (Throwable e) {
      job.outcome().completeExceptionally(e);
    }
  }

  private <R, T> Result<T> carriedOut(List<OrganizationTransaction> all, Job<R, T> job) {
    List<LockedOrganization> locked = new ArrayList<>();
    all.forEach(one -> locked.add(new LockedOrganization(one, graphs)));
    return new Result<>(locked, outcome(locked, job), System.nanoTime());
  }

  private static <R, T> Outcome<T> outcome(List<LockedOrganization> all, Job<R, T> job) {
    if (job.abandoned().getAsBoolean()) {
      return new Outcome.Refused<>(Answers.notBegun(job.idempotency()));
    }
    OrganizationTransaction first = all.getFirst().transaction();
    String caller = job.author().caller();
    Idempotency<T> idempotency = job.idempotency();
    Outcome<T> before =
        idempotency == null
            ? null
            : Answers.before(idempotency, first.response(caller, idempotency.key()));
    if (before != null) {
      return before;
    }
    JointSituation situation = situation(all, job.root());
    return switch (job.command().decide(situation)) {
      case JointDecision.Refused<R>(Refusal refusal) -> new Outcome.Refused<>(refusal);
      case JointDecision.Accepted<R>(var parts, R result) -> {
        T answer = job.answer().apply(result, written(all, situation, parts, job));
        if (idempotency != null) {
          first.keepResponse(caller, idempotency.key(), Answers.kept(idempotency, answer));
        }
        yield new Outcome.Done<>(answer);
      }
    };
  }

  /** One instant for all: not before any of their clocks. */
  private static JointSituation situation(
      List<LockedOrganization> all, @Nullable OrganizationId root) {
    Instant now = Instant.MIN;
    for (LockedOrganization locked : all) {
      now = later(now, locked.transaction().now());
      now = later(now, locked.graph().position().endedThrough());
    }
    Map<OrganizationId, Situation> situations = new LinkedHashMap<>();
    for (LockedOrganization locked : all) {
      situations.put(locked.graph().id(), locked.situation(now));
    }
    return new JointSituation(root, situations, now);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Map<OrganizationId, Written> written(
      List<LockedOrganization> all,
      JointSituation situation,
      Map<OrganizationId, Decision.Accepted<?>> parts,
      Job<?, ?> job) {
    Map<OrganizationId, Written> written = new LinkedHashMap<>();
    for (LockedOrganization locked : all) {
      OrganizationId id = locked.graph().id();
      Decision.Accepted<?> part = parts.get(id);
      boolean changes = part != null && !part.changes().isEmpty();
      if (part != null && changes) {
        Refusal refusal =
            locked.write(job.author(), situation.of(id), part.changes(), part.effects());
        if (refusal != null) {
          // What was written before it in other organizations must not stay.
          throw new IllegalStateException(
              "a change of several organizations adds no users or entries: " + refusal.message());
        }
      }
      written.put(id, new Written(locked.graph(), changes));
    }
    return written;
  }
}
