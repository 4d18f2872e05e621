package dev.sightline.client;

import java.time.Duration;

/** What works in the background until its client is closed. */
interface LongLived {
  /** Asks it to end; returns at once. */
  void stop();

  /** Waits until it has ended, for so long; then it is interrupted. */
  void awaitEnd(Duration grace);
}
