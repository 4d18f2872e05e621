package dev.sightline.client;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an organization's near-cache may rest on at a moment. Published as a whole, behind
 * everything that it covers: whoever has read it finds nothing that it makes untrue.
 *
 * @param generation what is held; null if nothing may be
 * @param told everything up to here was told
 * @param asOf everything that was committed before this moment was told, too
 * @param until how long that may be rested on: 98 % of max-staleness from then
 * @param leased whether {@code asOf} and {@code until} say anything
 */
record Standing(
    @Nullable Generation generation, Position told, long asOf, long until, boolean leased) {
  static final Standing NONE = new Standing(null, Position.ORIGIN, 0, 0, false);

  // A position may be ahead of the database's clock by what the estimate of it is off: half of a
  // proof's round trip, an eighth of max-staleness, and the drift of a clock.
  private static final int ESTIMATES = 4;

  /** What an organization's lease is said to last, of max-staleness: clocks differ by 2 %. */
  static long lasts(long maxStalenessMicros) {
    return TimeUnit.MICROSECONDS.toNanos(maxStalenessMicros) / 100 * 98;
  }

  Standing withLease(long asOf, long lasts) {
    return new Standing(generation, told, asOf, asOf + lasts, true);
  }

  Standing withoutLease() {
    return new Standing(generation, told, 0, 0, false);
  }

  Standing withTold(Position told) {
    return new Standing(generation, told, asOf, until, leased);
  }

  boolean isFresh(long now) {
    return leased && until - now >= 0;
  }

  /** Whether everything that this position has seen was told. */
  boolean covers(Position position) {
    return !told.isBefore(position);
  }

  /** The same of a position that was seen at a moment, and so was committed before. */
  boolean covers(SeenPositions.Mark mark) {
    return covers(mark.position())
        || (leased && asOf - mark.at() >= (until - asOf) / ESTIMATES);
  }
}
