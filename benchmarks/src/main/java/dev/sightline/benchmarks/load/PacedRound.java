package dev.sightline.benchmarks.load;

import org.HdrHistogram.Histogram;

/** One turn of each at half of Echo's peak, one after the other; times in nanoseconds. */
record PacedRound(Histogram echo, Histogram canView) {
  static double p50Micros(Histogram nanos) {
    return nanos.getValueAtPercentile(50) / 1_000.0;
  }

  static double p99Micros(Histogram nanos) {
    return nanos.getValueAtPercentile(99) / 1_000.0;
  }
}
