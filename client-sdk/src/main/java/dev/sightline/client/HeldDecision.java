package dev.sightline.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A decision that is held: what was asked, what was answered, where in the log, and until when it
 * holds by itself. Immutable but for its place in the table and its marks.
 */
final class HeldDecision {
  final int hash;
  final Generation generation;
  final HeldId user;
  final HeldId dashboard;

  // In one string: a hit takes most of its time waiting for memory, and so it waits for less.
  private final String ids;
  private final int userLength;
  final Action action;
  final Decision decision;
  final Position position;
  final boolean told;
  final long diesAt;

  /** The next one of its chain; written under the near-cache's lock. */
  volatile @Nullable HeldDecision next;

  /** Whether it was hit since the hand of the clock passed. Written only if it is not so. */
  boolean used;

  // After so many wide changes it was alive. Whoever writes it has seen that.
  private int aliveAfter;

  private @Nullable CompletableFuture<Decision> future;

  /**
   * @param told whether its position is known to be of the log that is told of
   */
  HeldDecision(
      int hash,
      Generation generation,
      HeldId user,
      HeldId dashboard,
      Action action,
      Decision decision,
      boolean told,
      long diesAt) {
    this.hash = hash;
    this.generation = generation;
    this.user = user;
    this.dashboard = dashboard;
    this.userLength = user.id.length();
    this.ids = user.id + dashboard.id;
    this.aliveAfter = generation.wideChanges;
    this.action = action;
    this.decision = decision;
    this.position = decision.evidence().position();
    this.told = told;
    this.diesAt = diesAt;
  }

  boolean isAbout(int hash, Generation generation, String user, String dashboard) {
    return this.hash == hash
        && this.generation == generation
        && userLength == user.length()
        && ids.length() == userLength + dashboard.length()
        && ids.startsWith(dashboard, userLength)
        && ids.startsWith(user);
  }

  /**
   * Whether a wide change has killed it. Looks at its user and its dashboard only if there was one
   * since somebody looked last.
   *
   * <p>INVARIANT: the number of changes is read before the marks, and counted up behind them.
   */
  boolean isDead() {
    int now = generation.wideChanges;
    if (aliveAfter == now) {
      return false;
    }
    if (user.dead || dashboard.dead || generation.over) {
      return true;
    }
    aliveAfter = now;
    return false;
  }

  void use() {
    if (!used) {
      used = true;
    }
  }

  /** The decision as a future; the same one for everybody, which nobody can change. */
  CompletableFuture<Decision> future() {
    var known = future;
    if (known == null) {
      known = new Unchangeable(decision);
      future = known; // Others may make another: it says the same.
    }
    return known;
  }

  private static final class Unchangeable extends CompletableFuture<Decision> {
    Unchangeable(Decision decision) {
      complete(decision);
    }

    @Override
    public void obtrudeValue(Decision value) {
      throw new UnsupportedOperationException("The answer is held; it cannot be replaced.");
    }

    @Override
    public void obtrudeException(Throwable failure) {
      throw new UnsupportedOperationException("The answer is held; it cannot be replaced.");
    }
  }
}
