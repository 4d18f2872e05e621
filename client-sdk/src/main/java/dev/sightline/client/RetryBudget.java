package dev.sightline.client;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much may be repeated, all calls of a client together: when the service is down, repeating
 * everything would keep it down. Each repetition costs as much as ten answers bring in.
 */
final class RetryBudget {
  private static final int REPETITION = 10;
  private static final int ANSWER = 1;
  private static final int FULL = 100 * REPETITION;

  private final AtomicInteger left = new AtomicInteger(FULL);

  /** Takes what a repetition costs, if there is as much. */
  boolean spend() {
    return left.getAndUpdate(n -> n >= REPETITION ? n - REPETITION : n) >= REPETITION;
  }

  void answered() {
    if (left.get() < FULL) {
      left.updateAndGet(n -> Math.min(FULL, n + ANSWER));
    }
  }
}
