package dev.sightline.benchmarks.load;

import java.util.concurrent.TimeUnit;

/**
 * One message to each of many streams, by Sightline and by the bare server.
 *
 * @param sightlineNanos from the first receipt of a revocation to the last
 * @param bareNanos the same of empty messages
 */
record TellingRound(long sightlineNanos, long bareNanos) {
  static double millis(long nanos) {
    return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
