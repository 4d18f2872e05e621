package dev.sightline.cache;

import dev.sightline.change.Instants;
import java.time.Instant;

/** The offset between the monotonic clock and the database's, from the latest measurement. */
final class MeasuredClock implements DatabaseClock {
  private volatile long offsetMicros = UNKNOWN;

  @Override
  public long microsAt(long nanoTime) {
    long offset = offsetMicros;
    return offset == UNKNOWN ? UNKNOWN : nanoTime / 1000 + offset;
  }

  @Override
  public long measured(long sentNanos, long receivedNanos, Instant time) {
    long micros = Instants.micros(time);
    long middle = sentNanos + (receivedNanos - sentNanos) / 2;
    offsetMicros = micros - middle / 1000;
    return micros;
  }
}
