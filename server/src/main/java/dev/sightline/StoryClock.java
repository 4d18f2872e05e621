package dev.sightline;

import dev.sightline.cache.DatabaseClock;
import dev.sightline.change.Instants;
import java.time.Instant;

/**
 * A clock that stands still until somebody sets it, for whoever tells a story: scenarios and tests.
 * {@link ServerSettings#withStory} hands it to a server, which then takes the time from nowhere
 * else. Several nodes on one database must be handed the same one.
 *
 * <p>Safe for threads. What sets it must not set it back: a graph's time never goes back, so what
 * has ended stays ended.
 */
public final class StoryClock implements DatabaseClock {
  private volatile Instant now;

  /** A clock that says {@code start}. */
  public StoryClock(Instant start) {
    now = start;
  }

  /** What it says. */
  public Instant now() {
    return now;
  }

  /** Sets it forward; what ends meanwhile has ended in order. */
  public void set(Instant instant) {
    now = instant;
  }

  @Override
  public long microsAt(long nanoTime) {
    return Instants.micros(now);
  }

  /** The database's own clock has no part in the story. */
  @Override
  public long measured(long sentNanos, long receivedNanos, Instant time) {
    return Instants.micros(now);
  }
}
