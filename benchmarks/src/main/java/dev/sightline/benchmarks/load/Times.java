package dev.sightline.benchmarks.load;

import java.util.Arrays;

/** Times of one thing in nanoseconds; some may be negative, where one is behind the other. */
final class Times {
  private final long[] nanos;
  private int size;

  Times(int most) {
    nanos = new long[most];
  }

  void add(long time) {
    nanos[size++] = time;
  }

  /** What 99 in 100 do not exceed. */
  double p99Micros() {
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(0.99 * size) - 1] / 1_000.0;
  }
}
