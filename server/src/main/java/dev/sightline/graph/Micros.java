package dev.sightline.graph;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as the graph holds them: microseconds since the epoch, {@link #NEVER} for no end. */
public final class Micros {
  /** The end of what has no end. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final long PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private Micros() {}

  /** Microseconds since the epoch; refuses what is finer than a microsecond. */
  public static long of(Instant instant) {
    if (instant.getNano() % NANOS_PER_MICRO != 0) {
      throw new IllegalArgumentException(
          "an instant in a graph has microsecond precision: " + instant);
    }
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND),
        instant.getNano() / NANOS_PER_MICRO);
  }

  /** As {@link #of}; {@code null} is no end. */
  public static long ofEnd(@Nullable Instant end) {
    return end == null ? NEVER : of(end);
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** As {@link #instant}; {@code null} for {@link #NEVER}. */
  public static @Nullable Instant end(long micros) {
    return micros == NEVER ? null : instant(micros);
  }
}
