package dev.sightline.cache;

import dev.sightline.model.LogHash;

/** How fresh an answer must be, beyond the promise that holds for every answer. */
public sealed interface Requirement {
  /** Nothing more than the promise. */
  record MinimizeLatency() implements Requirement {}

  /**
   * At least as new as this position.
   *
   * @param hashPrefix the first 8 bytes of the log's hash at the revision, big-endian
   * @param endedThroughMicros in microseconds since 1970
   */
  record AtLeast(long revision, long hashPrefix, long endedThroughMicros) implements Requirement {
    boolean isOn(LogHash head) {
      return head.prefix() == hashPrefix;
    }
  }

  /** Each of two. */
  record Both(Requirement one, AtLeast other) implements Requirement {}

  /** As new as the database at the call's begin, a reading of {@link System#nanoTime}. */
  record FullyConsistent(long begin) implements Requirement {}

  Requirement MINIMIZE_LATENCY = new MinimizeLatency();
}
