package dev.sightline.watch;

import dev.sightline.cache.Graphs;
import dev.sightline.cache.Membership;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.Peers;
import dev.sightline.cache.Requirement;
import dev.sightline.model.OrganizationId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
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
 * to be committed, nobody can honour what is older, whoever has joined, left or died meanwhile. It
 * is the longest that any node has: they differ while it is being changed. Or confirmation: every
 * node that was registered <em>after</em> the commit is asked, and confirms once its graph is there
 * and all who watch on it and hold answers have heeded it. Who registers later loads later. A node
 * that has registered just now, or has found another server, because the database may have been
 * replaced, does not take the list for complete until the bound has passed: who was on the list
 * before may still answer. A node that does not hear the question, or whose answer is lost, is
 * waited for until the bound has passed; so is one that died, until the others have noticed.
 *
 * <p><b>What breaks if it is changed.</b> Reading the list of nodes before the commit misses who
 * joined in between. Confirming for the graph and not for the watchers, or for those who are there
 * and not for those who have just left, confirms what somebody still denies.
 */
public final class Everywhere {
  private static final Logger LOG = LoggerFactory.getLogger(Everywhere.class);
  private static final String QUESTION = "heed";
  private static final String ANSWER = "heeded";
  private static final int QUESTIONS_A_BOUND = 4;

  private final Graphs graphs;
  private final Feeds feeds;
  private final Membership membership;
  private final Peers peers;
  private final Executor threads;
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  /** Of whom an answer is still missing. */
  private static final class Asked {
    private final Set<String> missing;
    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private int confirmed;

    Asked(Set<String> nodes) {
      missing = new HashSet<>(nodes);
    }

    /** Somebody may be there who is not on the list. */
    synchronized void doNotEnd() {
      missing.add("");
    }

    synchronized void confirmed(String node) {
      if (missing.remove(node)) {
        confirmed++;
      }
      if (missing.isEmpty()) {
        all.complete(null);
      }
    }

    synchronized int confirmed() {
      return confirmed;
    }
  }

  /** What ended the wait. */
  public enum Ended {
    /** Everybody has confirmed. */
    CONFIRMED,
    /** The bound has passed. */
    LAPSED,
    /** Neither: the caller waits no longer. */
    NOT_YET
  }

  /**
   * How far a position is known.
   *
   * @param waitedNanos since the question
   * @param nodes how many there are
   * @param confirmed how many of them have confirmed it
   * @param overInNanos when the bound will have passed, if NOT_YET; else 0
   */
  public record Spread(Ended ended, long waitedNanos, int nodes, int confirmed, long overInNanos) {}

  /**
   * Answers the other nodes from now on.
   *
   * @param threads runs what waits, a virtual thread for each
   */
  public Everywhere(
      Graphs graphs, Feeds feeds, Membership membership, Peers peers, Executor threads) {
    this.graphs = graphs;
    this.feeds = feeds;
    this.membership = membership;
    this.peers = peers;
    this.threads = threads;
    peers.hear(QUESTION, (_, text) -> threads.execute(() -> answer(text)));
    peers.hear(
        ANSWER,
        (node, question) -> {
          Asked waiting = asked.get(question);
          if (waiting != null) {
            waiting.confirmed(node);
          }
        });
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
    Membership.Everybody everybody = membership.everybody();
    Set<String> nodes = everybody.names();
    Asked waiting = new Asked(nodes);
    String question = UUID.randomUUID().toString();
    asked.put(question, waiting);
    try {
      long lapse = begin + everybody.maxStaleness().toNanos();
      if (!everybody.complete()) {
        waiting.doNotEnd();
      }
      threads.execute(() -> confirmHere(organization, position, waiting));
      String text = text(question, organization, position);
      Ended ended = await(waiting, nodes.size() > 1 ? text : null, lapse, until);
      long now = System.nanoTime();
      return new Spread(
          ended,
          now - begin,
          nodes.size(),
          waiting.confirmed(),
          ended == Ended.NOT_YET ? Math.max(1, lapse - now) : 0);
    } finally {
      asked.remove(question);
    }
  }

  /** Asks again now and then: a question, or its answer, may have been lost. */
  private Ended await(Asked waiting, @Nullable String question, long lapse, long until)
      throws InterruptedException {
    long each = graphs.staleness().max().toNanos() / QUESTIONS_A_BOUND;
    long end = until - lapse < 0 ? until : lapse;
    while (true) {
      if (question != null) {
        var _ = peers.tell(QUESTION, () -> question);
      }
      long left = end - System.nanoTime();
      try {
        waiting.all.get(Math.min(each, left), TimeUnit.NANOSECONDS);
        return Ended.CONFIRMED;
      } catch (TimeoutException _) {
        if (System.nanoTime() - lapse >= 0) {
          return Ended.LAPSED;
        }
        if (System.nanoTime() - until >= 0) {
          return Ended.NOT_YET;
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("nothing completes it with a failure", e);
      }
    }
  }

  private void confirmHere(
      OrganizationId organization, Requirement.AtLeast position, Asked waiting) {
    var _ = heeded(organization, position).thenRun(() -> waiting.confirmed(membership.name()));
  }

  /** What another node asks. */
  private void answer(String text) {
    String[] parts = text.split(" ", -1);
    String question = parts[0];
    OrganizationId organization = new OrganizationId(parts[1]);
    var position =
        new Requirement.AtLeast(
            Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4]));
    var _ =
        heeded(organization, position)
            .thenRun(() -> {
              var _ = peers.tell(ANSWER, () -> question);
            });
  }

  private static String text(
      String question, OrganizationId organization, Requirement.AtLeast position) {
    return "%s %s %d %d %d"
        .formatted(
            question,
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
