package dev.sightline.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that the test owns. */
public final class TestClock implements InstantSource {
  private volatile Instant now = Instant.now();

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration time) {
    now = now.plus(time);
  }
}
