package dev.sightline.command;

import dev.sightline.cache.Graphs;
import dev.sightline.cache.Move;
import dev.sightline.change.Change;
import dev.sightline.change.Effect;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.store.CommitOutcomeUnknown;
import dev.sightline.store.OrganizationStore;
import dev.sightline.store.OrganizationTransaction;
import dev.sightline.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out jobs of one organization in one transaction, and tells everybody when it is
 * committed.
 *
 * <p>INVARIANT: nobody is told anything, a refusal included, before the transaction has committed:
 * it was decided on what earlier jobs of the same transaction did.
 */
final class Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  private final OrganizationStore store;
  private final Graphs graphs;

  Transactions(OrganizationStore store, Graphs graphs) {
    this.store = store;
    this.graphs = graphs;
  }

  /** What a transaction led to, and how. */
  private record Result(
      OrgGraph graph, List<Move> moves, List<Runnable> announcements, long asOf) {}

  /**
   * Runs jobs for the first time, or those with a key again.
   *
   * @return false if the database was away
   */
  boolean run(OrganizationId organization, List<Job<?, ?>> jobs) {
    Result result;
    try {
      result = store.write(organization, transaction -> carriedOut(transaction, jobs));
    } catch (CommitOutcomeUnknown e) {
      return resolve(organization, jobs, e);
    } catch (StoreUnavailable e) {
      LOG.warn("no write to {}: {}", organization, e.getMessage());
      tellAway(jobs);
      return false;
    } catch (Throwable e) {
      return isolate(organization, jobs, e);
    }
    try {
      graphs.committed(organization, result.graph(), result.moves(), result.asOf());
    } finally {
      result.announcements().forEach(Runnable::run);
    }
    return true;
  }

  /**
   * One job must not take others down with it: each is tried by itself, until the database is away.
   * To find that out takes seconds, and so it is found out once.
   */
  private boolean isolate(OrganizationId organization, List<Job<?, ?>> jobs, Throwable fault) {
    if (jobs.size() == 1) {
      LOG.error("a change of {} failed", organization, fault);
      jobs.getFirst().outcome().completeExceptionally(fault);
      return true;
    }
    for (int next = 0; next < jobs.size(); next++) {
      if (!run(organization, List.of(jobs.get(next)))) {
        tellAway(jobs.subList(next + 1, jobs.size()));
        return false;
      }
    }
    return true;
  }

  /** Only the database can tell whether it was committed: those with a key are asked again. */
  private boolean resolve(
      OrganizationId organization, List<Job<?, ?>> jobs, CommitOutcomeUnknown unknown) {
    LOG.warn("outcome of a commit to {} unknown: {}", organization, unknown.getMessage());
    List<Job<?, ?>> again = new ArrayList<>();
    for (Job<?, ?> job : jobs) {
      if (job.idempotency() != null) {
        again.add(job);
      } else {
        job.outcome().complete(new Outcome.Refused<>(Answers.unavailable(true)));
      }
    }
    return again.isEmpty() || run(organization, again);
  }

  private static void tellAway(List<Job<?, ?>> jobs) {
    jobs.forEach(
        job -> job.outcome().complete(new Outcome.Refused<>(Answers.notBegun(job.idempotency()))));
  }

  private Result carriedOut(OrganizationTransaction transaction, List<Job<?, ?>> jobs) {
    LockedOrganization locked = new LockedOrganization(transaction, graphs);
    List<Runnable> announcements = new ArrayList<>();
    jobs.forEach(job -> announcements.add(carriedOut(locked, job)));
    return new Result(locked.graph(), locked.moves(), announcements, System.nanoTime());
  }

  /** Carries a job out as far as the transaction goes; what is returned tells whoever waits. */
  private <R, T> Runnable carriedOut(LockedOrganization locked, Job<R, T> job) {
    Outcome<T> outcome = outcome(locked, job);
    return () -> job.outcome().complete(outcome);
  }

  private <R, T> Outcome<T> outcome(LockedOrganization locked, Job<R, T> job) {
    if (job.abandoned().getAsBoolean()) {
      return new Outcome.Refused<>(Answers.notBegun(job.idempotency()));
    }
    Outcome<T> before = answeredBefore(locked.transaction(), job);
    if (before != null) {
      return before;
    }
    Situation situation = locked.situation();
    return switch (job.command().decide(situation)) {
      case Decision.Refused<R>(Refusal refusal) -> new Outcome.Refused<>(refusal);
      case Decision.Accepted<R>(List<Change> changes, List<Effect> effects, R result) -> {
        Refusal refusal = locked.write(job.author(), situation, changes, effects);
        if (refusal != null) {
          yield new Outcome.Refused<>(refusal);
        }
        T answer = job.answer().apply(result, new Written(locked.graph(), !changes.isEmpty()));
        keep(locked.transaction(), job, answer);
        yield new Outcome.Done<>(answer);
      }
    };
  }

  private static <R, T> @Nullable Outcome<T> answeredBefore(
      OrganizationTransaction transaction, Job<R, T> job) {
    Idempotency<T> idempotency = job.idempotency();
    if (idempotency == null) {
      return null;
    }
    return Answers.before(
        idempotency, transaction.response(job.author().caller(), idempotency.key()));
  }

  private static <R, T> void keep(OrganizationTransaction transaction, Job<R, T> job, T answer) {
    Idempotency<T> idempotency = job.idempotency();
    if (idempotency != null) {
      transaction.keepResponse(
          job.author().caller(), idempotency.key(), Answers.kept(idempotency, answer));
    }
  }
}
