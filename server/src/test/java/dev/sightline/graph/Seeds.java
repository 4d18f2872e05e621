package dev.sightline.graph;

import java.util.function.LongConsumer;

/**
 * Runs a test on many seeds. A failing seed is in the failure's message and is run alone with
 * {@code -Dsightline.seed=<seed>}.
 */
public final class Seeds {
  private Seeds() {}

  public static void each(int count, LongConsumer test) {
    Long only = Long.getLong("sightline.seed");
    long from = only == null ? 1 : only;
    long to = only == null ? count : only;
    for (long seed = from; seed <= to; seed++) {
      run(seed, test);
    }
  }

  private static void run(long seed, LongConsumer test) {
    try {
      test.accept(seed);
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "seed " + seed + " (replay with -Dsightline.seed=" + seed + "): " + failure.getMessage(),
          failure);
    }
  }
}
