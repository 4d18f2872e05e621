package dev.sightline.command;

import dev.sightline.cache.Graphs;
import dev.sightline.cache.Move;
import dev.sightline.change.Change;
import dev.sightline.change.Instants;
import dev.sightline.change.Revision;
import dev.sightline.graph.GraphCounts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.CommitOutcomeUnknown;
import dev.sightline.store.Head;
import dev.sightline.store.OrganizationStore;
import dev.sightline.store.OrganizationTransaction;
import dev.sightline.store.Proofs.ProvenHead;
import dev.sightline.store.StoreUnavailable;
import dev.sightline.store.StoredResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int MOST_USERS = 2_000_000;
  private static final int MOST_ENTRIES = 20_000_000;

  private final OrganizationStore store;
  private final Graphs graphs;

  Transactions(OrganizationStore store, Graphs graphs) {
    this.store = store;
    this.graphs = graphs;
  }

  /** What a transaction led to, and how. */
  private record Result(
      OrgGraph graph, List<Move> moves, List<Runnable> announcements, long asOf) {}

  void run(OrganizationId organization, List<Job<?, ?>> jobs) {
    run(organization, jobs, false);
  }

  /**
   * Runs jobs for the first time, or again.
   *
   * @param mayBeDone whether an earlier commit of theirs may have come through: then no failure
   *     here is a reason to say that nothing was changed
   */
  private void run(OrganizationId organization, List<Job<?, ?>> jobs, boolean mayBeDone) {
    Result result;
    try {
      result = store.write(organization, transaction -> carriedOut(transaction, jobs));
    } catch (CommitOutcomeUnknown e) {
      resolve(organization, jobs, e);
      return;
    } catch (StoreUnavailable e) {
      LOG.warn("no write to {}: {}", organization, e.getMessage());
      jobs.forEach(job -> job.outcome().complete(new Outcome.Refused<>(unavailable(mayBeDone))));
      return;
    } catch (Throwable e) {
      isolate(organization, jobs, e);
      return;
    }
    try {
      // Of an organization that is not there nothing was locked, so nothing is known as of now.
      if (result.graph().revision() > 0) {
        graphs.committed(organization, result.graph(), result.moves(), result.asOf());
      }
    } finally {
      result.announcements().forEach(Runnable::run);
    }
  }

  /** One job must not take others down with it: each is tried by itself. */
  private void isolate(OrganizationId organization, List<Job<?, ?>> jobs, Throwable fault) {
    if (jobs.size() == 1) {
      LOG.error("a change of {} failed", organization, fault);
      jobs.getFirst().outcome().completeExceptionally(fault);
      return;
    }
    jobs.forEach(job -> run(organization, List.of(job)));
  }

  /** Only the database can tell whether it was committed: those with a key are asked again. */
  private void resolve(
      OrganizationId organization, List<Job<?, ?>> jobs, CommitOutcomeUnknown unknown) {
    LOG.warn("outcome of a commit to {} unknown: {}", organization, unknown.getMessage());
    for (Job<?, ?> job : jobs) {
      if (job.idempotency() != null) {
        run(organization, List.of(job), true);
      } else {
        job.outcome().complete(new Outcome.Refused<>(unavailable(true)));
      }
    }
  }

  private Result carriedOut(OrganizationTransaction transaction, List<Job<?, ?>> jobs) {
    Head head = transaction.head();
    OrgGraph graph =
        graphs.atHead(
            transaction.organization(),
            head == null ? null : new ProvenHead(head.revision(), head.hash(), head.fingerprint()),
            new LockedLog(transaction));
    Facts facts = new LockedFacts(transaction);
    List<Move> moves = new ArrayList<>();
    List<Runnable> announcements = new ArrayList<>();
    for (Job<?, ?> job : jobs) {
      graph = carriedOut(transaction, facts, graph, job, moves, announcements);
    }
    return new Result(graph, moves, announcements, System.nanoTime());
  }

  private <R, T> OrgGraph carriedOut(
      OrganizationTransaction transaction,
      Facts facts,
      OrgGraph graph,
      Job<R, T> job,
      List<Move> moves,
      List<Runnable> announcements) {
    if (job.abandoned().getAsBoolean()) {
      announcements.add(() -> job.outcome().complete(new Outcome.Refused<>(unavailable(false))));
      return graph;
    }
    Outcome<T> before = answeredBefore(transaction, job);
    if (before != null) {
      announcements.add(() -> job.outcome().complete(before));
      return graph;
    }
    Instant now = notBefore(transaction.now(), graph.position().endedThrough());
    OrgGraph current = Graphs.ended(graph, Instants.micros(now));
    return switch (job.command().decide(new Situation(current, facts, now))) {
      case Decision.Refused<R>(Refusal refusal) -> {
        announcements.add(() -> job.outcome().complete(new Outcome.Refused<>(refusal)));
        yield current;
      }
      case Decision.Accepted<R>(List<Change> changes, R result) -> {
        OrgGraph after = current;
        if (!changes.isEmpty()) {
          Position expected = next(current, now);
          after = current.applied(new Revision(expected, changes));
          Refusal tooLarge = tooLarge(after);
          if (tooLarge != null) {
            announcements.add(() -> job.outcome().complete(new Outcome.Refused<>(tooLarge)));
            yield current;
          }
          Position written = transaction.append(job.author(), now, changes, after.fingerprint());
          after = after.withHead(written.head());
          moves.add(new Move(current, new Revision(written, changes), after));
        }
        T answer = job.answer().apply(result, new Written(after, !changes.isEmpty()));
        keep(transaction, job, answer);
        announcements.add(() -> job.outcome().complete(new Outcome.Done<>(answer)));
        yield after;
      }
    };
  }

  /** The position that the next revision leads to, but for the hash, which only the log knows. */
  private static Position next(OrgGraph graph, Instant now) {
    return new Position(graph.position().revision() + 1, LogHash.EMPTY, now);
  }

  private static <R, T> @Nullable Outcome<T> answeredBefore(
      OrganizationTransaction transaction, Job<R, T> job) {
    Idempotency<T> idempotency = job.idempotency();
    if (idempotency == null) {
      return null;
    }
    StoredResponse stored = transaction.response(job.author().caller(), idempotency.key());
    if (stored == null) {
      return null;
    }
    if (!Arrays.equals(stored.requestHash(), idempotency.requestHash())) {
      return new Outcome.Refused<>(
          Refusal.of(
              Reason.IDEMPOTENCY_KEY_REUSED,
              "The idempotency key %s was used for another request. Make up a new one for each write."
                  .formatted(idempotency.key()),
              "idempotency_key",
              idempotency.key()));
    }
    return new Outcome.Done<>(idempotency.decode().apply(stored.response()));
  }

  private static <R, T> void keep(OrganizationTransaction transaction, Job<R, T> job, T answer) {
    Idempotency<T> idempotency = job.idempotency();
    if (idempotency != null) {
      transaction.keepResponse(
          job.author().caller(),
          idempotency.key(),
          new StoredResponse(idempotency.requestHash(), idempotency.encode().apply(answer)));
    }
  }

  private static @Nullable Refusal tooLarge(OrgGraph graph) {
    GraphCounts counts = graph.counts();
    if (counts.users() <= MOST_USERS && counts.entries() <= MOST_ENTRIES) {
      return null;
    }
    return Refusal.of(
        Reason.TOO_LARGE,
        "An organization holds at most %d users and %d entries."
            .formatted(MOST_USERS, MOST_ENTRIES),
        "users",
        Long.toString(counts.users()),
        "entries",
        Long.toString(counts.entries()));
  }

  private static Instant notBefore(Instant instant, Instant earliest) {
    return instant.isBefore(earliest) ? earliest : instant;
  }

  private static Refusal unavailable(boolean outcomeUnknown) {
    return Refusal.of(
        Reason.STORE_UNAVAILABLE,
        outcomeUnknown
            ? "The database went away while this was being committed; it is done or it is not. Try again with the same idempotency key."
            : "The database is away; nothing was changed. Try again with the same idempotency key.",
        "outcome",
        outcomeUnknown ? "UNKNOWN" : "NOT_DONE");
  }
}
