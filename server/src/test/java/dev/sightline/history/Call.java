package dev.sightline.history;

/**
 * A call that was answered, as its caller has seen it. Times are readings of {@link
 * System#nanoTime}: on Linux that is CLOCK_MONOTONIC, which all processes of a machine share.
 *
 * @param client which client asked
 * @param organization which was asked about
 * @param begun before the call
 * @param received when its answer was there
 * @param asked how fresh it had to be
 * @param floor what it had to be no older than, beside that
 * @param named the position that the caller named, which must be on the log; NONE if there was none
 * @param position what the answer names
 * @param heldFor whether it may be from the client's own memory
 * @param listed the user whose dashboards were listed, -1 if none were
 * @param items what was asked and said; of a list, what is on it
 */
record Call(
    int client,
    int organization,
    long begun,
    long received,
    Asked asked,
    Token floor,
    Token named,
    Token position,
    boolean heldFor,
    int listed,
    long[] items) {

  /** How fresh an answer must be. */
  enum Asked {
    /** Right for some instant since the call's begin less the bound. */
    WITHIN_THE_BOUND,
    /** Right for some instant since the call's begin. */
    CURRENT
  }

  /** Clients from this number on may forget their floor without the asker's knowing. */
  static final int FORGETFUL = 100;

  /** Whether another thread, or a near-cache's watch, may have made the client forget its floor. */
  boolean mayHaveForgotten() {
    return client >= FORGETFUL;
  }

  boolean isList() {
    return listed >= 0;
  }
}
