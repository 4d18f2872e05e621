package dev.sightline.watch;

import dev.sightline.cache.Fresh;
import dev.sightline.cache.Graphs;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.Requirement;
import dev.sightline.cache.RollCall;
import dev.sightline.cache.RollCall.Ended;
import dev.sightline.cache.RollCall.Spread;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out when nobody honours anything older than a position any more.
 *
 * <p><b>What it promises.</b> When {@link #await} says CONFIRMED or LAPSED, every call that begins
 * later, on whatever node, and every answer that is held under a watch knows of the position.
 *
 * <p><b>How.</b> Two ways, whichever is over first. The bound: what anybody honours was proved
 * after it was asked for less max-staleness, so once that has passed since the position was known
 * to be committed, nobody can honour what is older, whoever has joined, left or died meanwhile. Or
 * confirmation: every node is {@linkplain RollCall asked}, and confirms once its graph is there and
 * all who watch on it and hold answers have heeded it.
 *
 * <p><b>What breaks if it is changed.</b> Confirming for the graph and not for the watchers, or for
 * those who are there and not for those who have just left, confirms what somebody still denies.
 */
public final class Everywhere {
  private static final Logger LOG = LoggerFactory.getLogger(Everywhere.class);
  private static final String QUESTION = "heed";

  /** Of so many organizations at once. */
  private static final int AT_ONCE = 32;

  private final Graphs graphs;
  private final Feeds feeds;
  private final RollCall rollCall;
  private final ExecutorService threads;

  /**
   * Answers the other nodes from now on.
   *
   * @param threads runs what waits, a virtual thread for each
   */
  public Everywhere(Graphs graphs, Feeds feeds, RollCall rollCall, ExecutorService threads) {
    this.graphs = graphs;
    this.feeds = feeds;
    this.rollCall = rollCall;
    this.threads = threads;
    rollCall.answer(QUESTION, this::answer);
  }

  /**
   * Waits until nobody honours anything older than a position. Blocks.
   *
   * @param begin when the question came, after the position was committed; as {@code until} a
   *     reading of {@link System#nanoTime}
   * @throws NotAnswerable if the log has no such position, or it does not show whether it has
   */
  public Spread await(
      OrganizationId organization, Requirement.AtLeast position, long begin, long until)
      throws NotAnswerable, InterruptedException {
    // Only a position that is on the log was committed before this began.
    var _ = graphs.fresh(organization, position, until);
    return rollCall.call(QUESTION, text(organization, position), begin, until);
  }

  /**
   * Waits until nobody honours anything older than where all these logs are now. Blocks.
   *
   * @param until a reading of {@link System#nanoTime}
   * @return as far as the least known of them; of no organizations, CONFIRMED by no nodes
   * @throws NotAnswerable if it does not show in time where one of them is
   */
  public Spread awaitNow(List<OrganizationId> organizations, long until)
      throws NotAnswerable, InterruptedException {
    long begin = System.nanoTime();
    // Who waits less than a proof takes is told what is known, too.
    long patience = Math.max(until - begin, graphs.staleness().max().toNanos());
    List<String> questions = each(organizations, it -> questionNow(it, begin, begin + patience));
    long since = System.nanoTime();
    return each(questions, it -> rollCall.call(QUESTION, it, since, until)).stream()
        .reduce(Everywhere::leastKnown)
        .orElse(new Spread(Ended.CONFIRMED, 0, 0, 0));
  }

  private String questionNow(OrganizationId organization, long begin, long until)
      throws NotAnswerable, InterruptedException {
    Fresh now = graphs.fresh(organization, new Requirement.FullyConsistent(begin), until);
    OrgGraph graph = now.graph();
    return text(
        organization,
        new Requirement.AtLeast(graph.revision(), graph.headPrefix(), graph.endedThrough()));
  }

  private static Spread leastKnown(Spread one, Spread other) {
    return new Spread(
        one.ended().compareTo(other.ended()) >= 0 ? one.ended() : other.ended(),
        Math.max(one.nodes(), other.nodes()),
        Math.min(one.confirmed(), other.confirmed()),
        Math.max(one.overInNanos(), other.overInNanos()));
  }

  /** Waits for something, or asks for it. */
  @FunctionalInterface
  private interface Waiting<T, R> {
    R done(T of) throws NotAnswerable, InterruptedException;
  }

  private <T, R> List<R> each(List<T> of, Waiting<T, R> work)
      throws NotAnswerable, InterruptedException {
    Semaphore room = new Semaphore(AT_ONCE);
    List<Callable<R>> tasks = new ArrayList<>();
    for (T one : of) {
      tasks.add(() -> {
        room.acquire();
        try {
          return work.done(one);
        } finally {
          room.release();
        }
      });
    }
    List<R> done = new ArrayList<>();
    for (Future<R> task : threads.invokeAll(tasks)) {
      try {
        done.add(task.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof NotAnswerable known) {
          throw known;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    return done;
  }

  /** What a node asks. */
  private CompletableFuture<Void> answer(String text) {
    String[] parts = text.split(" ", -1);
    var position =
        new Requirement.AtLeast(
            Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    return heeded(new OrganizationId(parts[0]), position);
  }

  private static String text(OrganizationId organization, Requirement.AtLeast position) {
    return "%s %d %d %d"
        .formatted(
            organization,
            position.revision(),
            position.hashPrefix(),
            position.endedThroughMicros());
  }

  /**
   * Completes when this node, and whoever holds answers under its watches, honours nothing older.
   * What is not held here will be loaded, if it is, as it is then.
   */
  private CompletableFuture<Void> heeded(
      OrganizationId organization, Requirement.AtLeast position) {
    try {
      if (graphs.isHeld(organization)) {
        long patience = System.nanoTime() + graphs.staleness().max().toNanos();
        var _ = graphs.fresh(organization, position, patience);
      }
      return feeds.heeded(organization, position);
    } catch (NotAnswerable e) {
      LOG.debug("{} is not known to be at {}: {}", organization, position, e.getMessage());
      return CompletableFuture.failedFuture(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(e);
    }
  }
}
