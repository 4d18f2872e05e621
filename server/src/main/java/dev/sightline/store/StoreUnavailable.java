package dev.sightline.store;

import org.jspecify.annotations.Nullable;

/**
 * The database is away, too slow, or not the primary. Nothing was changed, unless it is a {@link
 * CommitOutcomeUnknown}; trying again may help.
 */
public sealed class StoreUnavailable extends RuntimeException permits CommitOutcomeUnknown {
  private static final long serialVersionUID = 1L;

  StoreUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A standby may lag behind, so nothing that it says is proof. */
  static StoreUnavailable standby() {
    return new StoreUnavailable("the database is a standby and proves nothing", null);
  }

  /** What another database says than the one that this node has written to is no proof either. */
  public static StoreUnavailable elsewhere() {
    return new StoreUnavailable(
        "the database is not the one that this node has written to, and proves nothing", null);
  }
}
