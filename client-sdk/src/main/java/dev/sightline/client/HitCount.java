package dev.sightline.client;

/**
 * Counts what happens too often for a fence: each thread adds to one of a few places, and two that
 * share one may lose a few. A little less than what was, never more.
 */
final class HitCount {
  private static final int PLACES = 64;
  private static final int APART = 16; // Two cache lines.

  private final long[] counts = new long[(PLACES + 1) * APART];

  void increment() {
    counts[((int) Thread.currentThread().threadId() & PLACES - 1) * APART + APART]++;
  }

  long sum() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
