package dev.sightline.change;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as they are kept: whole microseconds since 1970-01-01T00:00:00Z. */
public final class Instants {
  private Instants() {}

  public static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  public static Instant ofMicros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
