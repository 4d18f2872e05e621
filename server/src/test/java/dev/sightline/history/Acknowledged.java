package dev.sightline.history;

/**
 * A write that its writer was told of.
 *
 * @param begun before the call, a reading of {@link System#nanoTime}
 * @param known when the answer was there
 * @param changed whether the position is this write's own
 */
record Acknowledged(
    int organization, long begun, long known, Token position, boolean changed, String what) {}
