package dev.sightline.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How long to wait before an attempt: doubling up to a cap, with jitter of half. */
final class Backoff {
  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int DOUBLINGS = 5;

  private Backoff() {}

  /** Nanoseconds to wait after so many failures, 1 or more. */
  static long after(int failures) {
    long longest = Math.min(LONGEST, FIRST << Math.min(failures - 1, DOUBLINGS));
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }
}
