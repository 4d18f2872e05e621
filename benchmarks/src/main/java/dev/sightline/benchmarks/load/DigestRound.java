package dev.sightline.benchmarks.load;

/**
 * How long it took, one after the other.
 *
 * @param digestNanos all readers' digests, in one call
 * @param checkNanos as many batches, each of one reader's subscriptions
 * @param largeNanos the same checks in batches as large as can be
 */
record DigestRound(long digestNanos, long checkNanos, long largeNanos) {
  static double millis(long nanos) {
    return nanos / 1e6;
  }
}
