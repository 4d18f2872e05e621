package dev.sightline.command;

import dev.sightline.cache.Graphs;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.Author;
import dev.sightline.store.OrganizationStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands: one writer per organization, which commits what has queued up together.
 *
 * <p>Each command is decided on the graph at the head of the log while the organization's row is
 * locked, and is answered when it is durable. Commands of one organization happen in the order in
 * which they were submitted on this node.
 */
public final class Writes {
  private static final Logger LOG = LoggerFactory.getLogger(Writes.class);
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_TOGETHER = 128;

  private final Transactions transactions;
  private final ConcurrentHashMap<OrganizationId, Waiting> waiting = new ConcurrentHashMap<>();

  public Writes(OrganizationStore store, Graphs graphs) {
    this.transactions = new Transactions(store, graphs);
  }

  /** The jobs that wait for an organization's writer; it leaves when there are none. */
  private static final class Waiting {
    private final Queue<Job<?, ?>> jobs = new ArrayDeque<>();
  }

  /**
   * Submits a command.
   *
   * @param answer makes the answer from what the command tells and where its effect can be seen
   * @param idempotency null: a repeated request is carried out again
   * @param abandoned whether nobody waits any more: then it is not begun
   * @return completes when it is durable or refused; never exceptionally but for a fault of ours
   */
  public <R, T> CompletableFuture<Outcome<T>> submit(
      OrganizationId organization,
      Command<R> command,
      Author author,
      BiFunction<R, Written, T> answer,
      @Nullable Idempotency<T> idempotency,
      BooleanSupplier abandoned) {
    var outcome = new CompletableFuture<Outcome<T>>();
    var job = new Job<>(command, author, answer, idempotency, abandoned, outcome);
    waiting.compute(
        organization,
        (_, present) -> {
          if (present == null) {
            Waiting queue = new Waiting();
            queue.jobs.add(job);
            Thread.ofVirtual().name("write " + organization).start(() -> drain(organization));
            return queue;
          }
          if (present.jobs.size() >= MOST_WAITING) {
            outcome.complete(new Outcome.Refused<>(tooMany(organization)));
          } else {
            present.jobs.add(job);
          }
          return present;
        });
    return outcome;
  }

  /**
   * What a command would do, decided on this graph without a lock; nothing is changed.
   *
   * @throws UnsupportedOperationException if the command needs facts beside the graph
   */
  public static <R> Decision<R> rehearse(Command<R> command, OrgGraph graph, Instant now) {
    return command.decide(new Situation(graph, NoFacts.INSTANCE, now));
  }

  private void drain(OrganizationId organization) {
    List<Job<?, ?>> together = take(organization);
    while (!together.isEmpty()) {
      try {
        transactions.run(organization, together);
      } catch (Throwable e) {
        LOG.error("the writer of {} goes on after a fault", organization, e);
        together.forEach(job -> job.outcome().completeExceptionally(e));
      }
      together = take(organization);
    }
  }

  /**
   * The next jobs; when there are none, the queue is gone, and a later job starts a writer anew.
   */
  private List<Job<?, ?>> take(OrganizationId organization) {
    List<Job<?, ?>> taken = new ArrayList<>();
    waiting.computeIfPresent(
        organization,
        (_, present) -> {
          while (taken.size() < MOST_TOGETHER && !present.jobs.isEmpty()) {
            taken.add(present.jobs.remove());
          }
          return taken.isEmpty() ? null : present;
        });
    return taken;
  }

  private static Refusal tooMany(OrganizationId organization) {
    return Refusal.of(
        Reason.TOO_MANY_WAITING,
        "More than %d changes wait for organization %s on this node; try again later."
            .formatted(MOST_WAITING, organization),
        "organization",
        organization.value());
  }
}
