package dev.sightline.cli.transfer;

import dev.sightline.v1.Level;

/** How many pairs of user and dashboard have each level. */
public record LevelTotals(long none, long viewer, long editor, long owner) {
  public static final LevelTotals ZERO = new LevelTotals(0, 0, 0, 0);

  /** The totals with one more pair of this level. */
  public LevelTotals plus(Level level) {
    return switch (level) {
      case LEVEL_NONE -> new LevelTotals(none + 1, viewer, editor, owner);
      case LEVEL_VIEWER -> new LevelTotals(none, viewer + 1, editor, owner);
      case LEVEL_EDITOR -> new LevelTotals(none, viewer, editor + 1, owner);
      case LEVEL_OWNER -> new LevelTotals(none, viewer, editor, owner + 1);
      case LEVEL_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("an answer without a level");
    };
  }

  public LevelTotals plus(LevelTotals other) {
    return new LevelTotals(
        none + other.none, viewer + other.viewer, editor + other.editor, owner + other.owner);
  }

  /** All pairs. */
  public long pairs() {
    return none + visible();
  }

  /** The pairs of which the user may view the dashboard. */
  public long visible() {
    return viewer + editor + owner;
  }
}
