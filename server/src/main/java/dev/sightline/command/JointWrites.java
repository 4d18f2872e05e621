package dev.sightline.command;

import dev.sightline.cache.Graphs;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.Author;
import dev.sightline.store.OrganizationStore;
import dev.sightline.store.StoreUnavailable;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands about several organizations, each in one transaction that holds all their locks.
 *
 * <p>INVARIANT: locks are taken by realm, a realm's root before everything under it, then by id. So
 * none of these waits for another in a circle, and single writes hold one lock only.
 *
 * <p>Those whose first lock is the same happen one after the other on this node, so that they do
 * not keep all its connections waiting for each other.
 */
public final class JointWrites {
  private static final Logger LOG = LoggerFactory.getLogger(JointWrites.class);
  private static final int MOST_WAITING = 1_000;

  private final OrganizationStore store;
  private final JointTransactions transactions;
  private final Executor threads;
  private final InstantSource time;
  private final ConcurrentHashMap<OrganizationId, Queue<Runnable>> waiting =
      new ConcurrentHashMap<>();

  /**
   * Runs nothing yet.
   *
   * @param threads for work that blocks: a thread for each
   * @param time the database's, as far as it is known here
   */
  public JointWrites(OrganizationStore store, Graphs graphs, Executor threads, InstantSource time) {
    this.store = store;
    this.transactions = new JointTransactions(store, graphs);
    this.threads = threads;
    this.time = time;
  }

  /**
   * A command on its way, with whoever waits for it.
   *
   * @param locks the organizations that are there, in the order in which they are locked; the first
   *     keeps the idempotency key
   */
  record Job<R, T>(
      JointCommand<R> command,
      @Nullable OrganizationId root,
      List<OrganizationId> locks,
      Author author,
      BiFunction<R, Map<OrganizationId, Written>, T> answer,
      @Nullable Idempotency<T> idempotency,
      BooleanSupplier abandoned,
      CompletableFuture<Outcome<T>> outcome) {}

  /**
   * Submits a command; never blocks.
   *
   * @param answer makes the answer from what the command tells and where its effect can be seen in
   *     each organization that was locked
   * @param idempotency null: a repeated request is carried out again
   * @param abandoned whether nobody waits any more: then it is not begun
   * @return completes when it is durable or refused; never exceptionally but for a fault of ours
   */
  public <R, T> CompletableFuture<Outcome<T>> submit(
      JointCommand<R> command,
      Author author,
      BiFunction<R, Map<OrganizationId, Written>, T> answer,
      @Nullable Idempotency<T> idempotency,
      BooleanSupplier abandoned) {
    var outcome = new CompletableFuture<Outcome<T>>();
    threads.execute(() -> {
      try {
        Refusal refusal = enqueued(command, author, answer, idempotency, abandoned, outcome);
        if (refusal != null) {
          outcome.complete(new Outcome.Refused<>(refusal));
        }
      } catch (StoreUnavailable e) {
        outcome.complete(new Outcome.Refused<>(Answers.notBegun(idempotency)));
      } catch (Throwable e) {
        LOG.error("a change of several organizations failed", e);
        outcome.completeExceptionally(e);
      }
    });
    return outcome;
  }

  /** Why it is not run at all; null if it will be. */
  private <R, T> @Nullable Refusal enqueued(
      JointCommand<R> command,
      Author author,
      BiFunction<R, Map<OrganizationId, Written>, T> answer,
      @Nullable Idempotency<T> idempotency,
      BooleanSupplier abandoned,
      CompletableFuture<Outcome<T>> outcome) {
    Map<OrganizationId, OrganizationId> roots = roots(command);
    OrganizationId within = command.within();
    OrganizationId root = within == null ? null : roots.get(within);
    if (within != null && root == null) {
      // No lock, and so no revision's instant, to decide it at.
      Refusal outOfRange = command.outOfRange(time.instant());
      return outOfRange == null ? Stages.unknownOrganization(within) : outOfRange;
    }
    Set<OrganizationId> locked = new HashSet<>(command.organizations());
    locked.removeIf(
        one -> !roots.containsKey(one) || (root != null && isOutside(roots, one, root)));
    if (root != null) {
      locked.add(root);
    } else if (locked.isEmpty()) {
      return Stages.unknownOrganization(command.organizations().getFirst());
    }
    List<OrganizationId> locks = inOrder(locked, roots);
    var job = new Job<>(command, root, locks, author, answer, idempotency, abandoned, outcome);
    return enqueued(locks.getFirst(), () -> transactions.run(job));
  }

  private Map<OrganizationId, OrganizationId> roots(JointCommand<?> command) {
    Set<OrganizationId> named = new HashSet<>(command.organizations());
    OrganizationId within = command.within();
    if (within != null) {
      named.add(within);
    }
    Map<OrganizationId, OrganizationId> roots = new HashMap<>(store.roots(named));
    // A root is its own.
    List.copyOf(roots.values()).forEach(root -> roots.put(root, root));
    return roots;
  }

  private static boolean isOutside(
      Map<OrganizationId, OrganizationId> roots, OrganizationId one, OrganizationId root) {
    return !root.equals(roots.get(one));
  }

  private static List<OrganizationId> inOrder(
      Set<OrganizationId> locked, Map<OrganizationId, OrganizationId> roots) {
    Comparator<OrganizationId> byRealm =
        Comparator.comparing((OrganizationId one) -> roots.getOrDefault(one, one));
    return locked.stream()
        .sorted(
            byRealm
                .thenComparing(one -> !one.equals(roots.get(one)))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private @Nullable Refusal enqueued(OrganizationId first, Runnable run) {
    List<Refusal> refusals = new ArrayList<>(1);
    waiting.compute(
        first,
        (_, present) -> {
          if (present == null) {
            Queue<Runnable> queue = new ArrayDeque<>();
            queue.add(run);
            threads.execute(() -> drain(first));
            return queue;
          }
          if (present.size() >= MOST_WAITING) {
            refusals.add(tooMany(first));
          } else {
            present.add(run);
          }
          return present;
        });
    return refusals.isEmpty() ? null : refusals.getFirst();
  }

  private void drain(OrganizationId first) {
    for (Runnable next = take(first); next != null; next = take(first)) {
      next.run();
    }
  }

  /** The next one; when there is none, the queue is gone, and a later one makes it anew. */
  private @Nullable Runnable take(OrganizationId first) {
    List<Runnable> taken = new ArrayList<>(1);
    waiting.computeIfPresent(
        first,
        (_, present) -> {
          Runnable next = present.poll();
          if (next == null) {
            return null;
          }
          taken.add(next);
          return present;
        });
    return taken.isEmpty() ? null : taken.getFirst();
  }

  private static Refusal tooMany(OrganizationId organization) {
    return Refusal.of(
        Reason.TOO_MANY_WAITING,
        "More than %d changes of several organizations wait for organization %s on this node; try again later."
            .formatted(MOST_WAITING, organization),
        "organization",
        organization.value());
  }
}
