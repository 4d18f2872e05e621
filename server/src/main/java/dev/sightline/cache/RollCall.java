package dev.sightline.cache;

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
 * Asks every node whether it heeds something that was committed, and waits for all of them, or for
 * the bound.
 *
 * <p><b>What it promises.</b> CONFIRMED: each node that may answer has heeded it. LAPSED:
 * max-staleness has passed since it was known to be committed; it is the longest that any node has,
 * as they differ while it is being changed.
 *
 * <p><b>How.</b> Every node that was registered <em>after</em> the commit is asked. Who registers
 * later reads later. A node that has registered just now, or has found another server, because the
 * database may have been replaced, does not take the list for complete until the bound has passed:
 * who was on the list before may still answer. A node that does not hear the question, or does not
 * know its kind, or whose answer is lost, is waited for until the bound has passed; so is one that
 * died, until the others have noticed.
 *
 * <p><b>What breaks if it is changed.</b> Reading the list of nodes before the commit misses who
 * joined in between.
 */
public final class RollCall {
  private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);
  private static final String ANSWER = "heeded";
  private static final int QUESTIONS_A_BOUND = 4;

  private final Membership membership;
  private final Peers peers;
  private final Staleness staleness;
  private final Executor threads;
  private final Map<String, Heeding> heedings = new ConcurrentHashMap<>();
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  /** What a node does about a question. */
  @FunctionalInterface
  public interface Heeding {
    /**
     * Completes when this node heeds what the question is about; exceptionally if it cannot tell.
     * May block.
     */
    CompletableFuture<Void> heed(String text);
  }

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
   * How far something is known.
   *
   * @param nodes how many there are
   * @param confirmed how many of them have confirmed it
   * @param overInNanos when the bound will have passed, if NOT_YET; else 0
   */
  public record Spread(Ended ended, int nodes, int confirmed, long overInNanos) {}

  /**
   * @param threads runs what waits, a virtual thread for each
   */
  public RollCall(Membership membership, Peers peers, Staleness staleness, Executor threads) {
    this.membership = membership;
    this.peers = peers;
    this.staleness = staleness;
    this.threads = threads;
    peers.hear(
        ANSWER,
        (node, question) -> {
          Asked waiting = asked.get(question);
          if (waiting != null) {
            waiting.confirmed(node);
          }
        });
  }

  /** Answers questions of a kind from now on, those of other nodes and of this one. */
  public void answer(String kind, Heeding heeding) {
    heedings.put(kind, heeding);
    peers.hear(kind, (_, text) -> threads.execute(() -> answerPeer(heeding, text)));
  }

  private void answerPeer(Heeding heeding, String questionAndText) {
    String[] parts = questionAndText.split(" ", 2);
    String question = parts[0];
    var _ =
        heeded(heeding, parts[1])
            .thenRun(() -> {
              var _ = peers.tell(ANSWER, () -> question);
            });
  }

  /** A node that cannot tell says nothing, and is waited for. */
  private static CompletableFuture<Void> heeded(Heeding heeding, String text) {
    try {
      return heeding.heed(text);
    } catch (RuntimeException e) {
      LOG.debug("{} is not known to be heeded here: {}", text, e.getMessage());
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Asks everybody and waits. Blocks.
   *
   * @param since when it was known to be committed; as {@code until} a reading of {@link
   *     System#nanoTime}
   * @throws NotAnswerable if the database does not tell whom to ask
   */
  public Spread call(String kind, String text, long since, long until)
      throws NotAnswerable, InterruptedException {
    Membership.Everybody everybody = membership.everybody();
    Set<String> nodes = everybody.names();
    Asked waiting = new Asked(nodes);
    String question = UUID.randomUUID().toString();
    asked.put(question, waiting);
    try {
      long lapse = since + everybody.maxStaleness().toNanos();
      if (!everybody.complete()) {
        waiting.doNotEnd();
      }
      threads.execute(() -> confirmHere(kind, text, waiting));
      Ended ended =
          await(waiting, kind, nodes.size() > 1 ? question + " " + text : null, lapse, until);
      return new Spread(
          ended,
          nodes.size(),
          waiting.confirmed(),
          ended == Ended.NOT_YET ? Math.max(1, lapse - System.nanoTime()) : 0);
    } finally {
      asked.remove(question);
    }
  }

  /** Asks again now and then: a question, or its answer, may have been lost. */
  private Ended await(
      Asked waiting, String kind, @Nullable String questionAndText, long lapse, long until)
      throws InterruptedException {
    long each = staleness.max().toNanos() / QUESTIONS_A_BOUND;
    long end = until - lapse < 0 ? until : lapse;
    while (true) {
      if (questionAndText != null) {
        var _ = peers.tell(kind, () -> questionAndText);
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

  private void confirmHere(String kind, String text, Asked waiting) {
    Heeding heeding = heedings.get(kind);
    if (heeding == null) {
      throw new IllegalStateException("nobody answers " + kind);
    }
    var _ = heeded(heeding, text).thenRun(() -> waiting.confirmed(membership.name()));
  }
}
