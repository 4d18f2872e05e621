package dev.sightline.history;

/**
 * A write that its writer was told of, or that it is known everywhere.
 *
 * @param begun before the call, a reading of {@link System#nanoTime}
 * @param known when it was answered
 * @param changed whether the position is this write's own
 */
record Acknowledged(
    int organization,
    long begun,
    long known,
    Token position,
    boolean changed,
    Spread spread,
    String what) {

  /** What was told of who honours what was before. */
  enum Spread {
    /** Nothing: this is the write. */
    NOT_ASKED,
    /** Nobody: everybody confirmed it. */
    CONFIRMED,
    /** Nobody: the bound has passed. */
    LAPSED,
    /** Perhaps somebody. */
    NOT_YET
  }

  boolean isEverywhere() {
    return spread == Spread.CONFIRMED || spread == Spread.LAPSED;
  }
}
