package dev.sightline.store;

import org.jspecify.annotations.Nullable;

/**
 * What this node has last written of itself, and so must be able to read.
 *
 * <p>Whatever proves something reads this node's row along. A connection that does not see it as it
 * was acknowledged leads to another database: to a primary that was replaced, or to a backup that
 * was put back. Nothing that it says is proof.
 */
final class Registration {
  private final Runnable closeConnections;
  private volatile @Nullable Beat acknowledged;
  private volatile Runnable renewal = () -> {};

  /** A node's row. */
  record Beat(String node, long number) {}

  /**
   * @param closeConnections has every connection opened again before its next use
   */
  Registration(Runnable closeConnections) {
    this.closeConnections = closeConnections;
  }

  /** What a query that is sent from now on must see at least; null for who is not a node. */
  @Nullable Beat acknowledged() {
    return acknowledged;
  }

  void acknowledge(@Nullable Beat beat) {
    acknowledged = beat;
  }

  /** Is called when this node has to write its row anew; returns at once. */
  void whenLost(Runnable renewal) {
    this.renewal = renewal;
  }

  static String node(@Nullable Beat due) {
    return due == null ? "" : due.node();
  }

  /**
   * Judges what a query has seen.
   *
   * @param due what was acknowledged before it was sent
   * @param seen the beat in this node's row; null if there is none
   * @throws StoreUnavailable if it has not asked the database that this node has written to
   */
  void require(@Nullable Beat due, @Nullable Long seen) {
    if (due == null || (seen != null && seen >= due.number())) {
      return;
    }
    if (due.equals(acknowledged)) {
      closeConnections.run();
      renewal.run();
    }
    throw StoreUnavailable.elsewhere();
  }
}
