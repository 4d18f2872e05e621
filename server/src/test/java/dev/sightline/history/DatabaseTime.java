package dev.sightline.history;

/**
 * How the database's clock stands to this machine's monotonic one: between two numbers, from
 * readings of the one between two of the other.
 */
final class DatabaseTime {
  /** Clocks are slewed by no more than that, in parts of a million. */
  private static final long SLEW = 500;

  private long lowest = Long.MIN_VALUE / 2;
  private long highest = Long.MAX_VALUE / 2;
  private long measuredAt;
  private int steps;

  /** Takes in that the clock showed {@code micros} at some moment between two readings. */
  void measured(long sent, long received, long micros) {
    long low = micros - received / 1_000 - 1;
    long high = micros - sent / 1_000 + 1;
    long drift = (received - measuredAt) / 1_000 * SLEW / 1_000_000 + 1;
    if (lowest == Long.MIN_VALUE / 2) {
      set(low, high);
    } else if (Math.max(low, lowest - drift) > Math.min(high, highest + drift)) {
      // The clock was set. Whoever asks about the time before is told both.
      steps++;
      set(Math.min(low, lowest), Math.max(high, highest));
    } else {
      set(Math.max(low, lowest - drift), Math.min(high, highest + drift));
    }
    measuredAt = received;
  }

  private void set(long low, long high) {
    lowest = low;
    highest = high;
  }

  /** The least that the clock can have shown at a reading of {@link System#nanoTime}. */
  long microsAtLeast(long nanos) {
    return nanos / 1_000 + lowest;
  }

  long microsAtMost(long nanos) {
    return nanos / 1_000 + highest + 1;
  }

  /** The earliest reading of {@link System#nanoTime} at which the clock can have shown this. */
  long nanosAtLeast(long micros) {
    return (micros - highest - 1) * 1_000;
  }

  /** The latest. */
  long nanosAtMost(long micros) {
    return (micros - lowest + 1) * 1_000;
  }

  /** How often the clock was found to have been set. */
  int steps() {
    return steps;
  }
}
