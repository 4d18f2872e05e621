package dev.sightline.client;

/** What time it is, and what is to be done later: a test has its own. */
interface Timing {
  /** As {@link System#nanoTime} counts. */
  long now();

  /** Runs something short after so many nanoseconds, on a thread that many share. */
  void later(long nanos, Runnable what);
}
