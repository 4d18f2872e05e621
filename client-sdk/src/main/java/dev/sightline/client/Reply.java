package dev.sightline.client;

import java.util.concurrent.TimeUnit;

/**
 * What came back, and when.
 *
 * @param sentAt when the request that was answered was sent, as {@link System#nanoTime} counts
 * @param elapsedMicros from then until the answer was in
 */
record Reply<A>(A message, long sentAt, long elapsedMicros) {
  /** What came back just now. */
  static <A> Reply<A> now(A message, long sentAt) {
    long elapsed = System.nanoTime() - sentAt;
    return new Reply<>(message, sentAt, TimeUnit.NANOSECONDS.toMicros(elapsed) + 1);
  }
}
