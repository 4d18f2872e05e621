package dev.sightline.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How long to wait before an attempt: doubling up to a cap, with jitter of half. */
final class Backoff {
  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_OF_STREAMS = TimeUnit.SECONDS.toNanos(2);
  private static final int DOUBLINGS = 10;

  private Backoff() {}

  /** Nanoseconds to wait before a call is made again after so many failures, 1 or more. */
  static long after(int failures) {
    return after(failures, LONGEST);
  }

  /** The same for what runs for ever and has no deadline. */
  static long ofStreams(int failures) {
    return after(failures, LONGEST_OF_STREAMS);
  }

  private static long after(int failures, long cap) {
    long longest = Math.min(cap, FIRST << Math.min(failures - 1, DOUBLINGS));
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }
}
