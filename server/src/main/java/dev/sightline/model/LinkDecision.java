package dev.sightline.model;

import org.jspecify.annotations.Nullable;

/** What can be decided about a request, in the app or by a one-click link. */
public enum LinkDecision {
  APPROVE_VIEWER(Level.VIEWER),
  APPROVE_EDITOR(Level.EDITOR),
  DECLINE(null);

  private final @Nullable Level level;

  LinkDecision(@Nullable Level level) {
    this.level = level;
  }

  /** What is given, at least; null: nothing. */
  public @Nullable Level level() {
    return level;
  }
}
