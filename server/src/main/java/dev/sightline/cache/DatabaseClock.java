package dev.sightline.cache;

import java.time.Instant;

/** What the database's clock shows, without asking it each time. */
public interface DatabaseClock {
  /** The time before the first measurement. */
  long UNKNOWN = Long.MIN_VALUE;

  /**
   * The database's time at a reading of {@link System#nanoTime}, in microseconds since 1970.
   * Estimated; {@link #UNKNOWN} before the first measurement.
   */
  long microsAt(long nanoTime);

  /**
   * Takes in that the database's clock showed {@code time} at some moment between two readings.
   *
   * @return what has passed for sure, in microseconds since 1970
   */
  long measured(long sentNanos, long receivedNanos, Instant time);

  /**
   * A clock measured with each proof. Off by at most half that proof's round trip, plus the drift
   * since.
   */
  static DatabaseClock measured() {
    return new MeasuredClock();
  }
}
