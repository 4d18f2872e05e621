package dev.sightline.cache;

import java.time.Duration;

/**
 * How old a proof may be for an answer to be given on it.
 *
 * <p>Counted on this machine's monotonic clock. Clocks are taken to tick at the same rate within 2
 * %, so 98 % of the bound is used.
 *
 * @param max the promise: an answer is right for some instant between the call's begin minus this
 *     and its receipt; 50 ms to 1 h
 */
public record Staleness(Duration max) {
  public Staleness {
    if (max.compareTo(Duration.ofMillis(50)) < 0 || max.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("max-staleness is 50 ms to 1 h, not " + max);
    }
  }

  /** The oldest proof, in nanoseconds, on which an answer may be given. */
  long usableNanos() {
    return max.toNanos() / 100 * 98;
  }

  /** How often what is in use is proved again, in nanoseconds. */
  long proofIntervalNanos() {
    return max.toNanos() / 4;
  }

  /** A proof that took longer, in nanoseconds, says too little about when. */
  long slowestProofNanos() {
    return max.toNanos() / 4;
  }
}
