package dev.sightline.rpc;

import com.google.protobuf.ByteString;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.cache.Fresh;
import dev.sightline.change.Instants;
import dev.sightline.graph.AccessRules;
import java.time.Instant;

/** What every answer says about itself: where, how fresh, for how long. */
final class Proof {
  private final DatabaseClock clock;

  Proof(DatabaseClock clock) {
    this.clock = clock;
  }

  ByteString position(Fresh fresh) {
    return PositionToken.of(fresh.graph());
  }

  /** The database's time, as estimated. */
  Instant now() {
    return Instants.ofMicros(clock.microsAt(System.nanoTime()));
  }

  /**
   * The same as far as the graph holds by itself: what ends after that is not known to be over. So
   * what is said of then is right for one instant, graph and all.
   */
  Instant now(Fresh fresh) {
    long micros = Math.max(clock.microsAt(System.nanoTime()), fresh.graph().endedThrough());
    return Instants.ofMicros(Math.min(micros, fresh.graph().nextEnd() - 1));
  }

  /** How old the proof is now, in microseconds. */
  long ageMicros(Fresh fresh) {
    return Math.max(0, (System.nanoTime() - fresh.asOf()) / 1_000);
  }

  /** For how long one decision holds if nothing is written, in microseconds; 0: for good. */
  long validForMicros(Fresh fresh, int person, int dashboard, int decision) {
    return fresh.graph().nextEnd() == Long.MAX_VALUE
        ? 0
        : until(AccessRules.validUntil(fresh.graph(), person, dashboard, decision));
  }

  /** For how long everything about the organization holds if nothing is written. */
  long validForMicros(Fresh fresh) {
    return until(fresh.graph().nextEnd());
  }

  /** At least 1 if there is an end: it may be passing this very moment. */
  private long until(long endMicros) {
    return endMicros == Long.MAX_VALUE
        ? 0
        : Math.max(1, endMicros - clock.microsAt(System.nanoTime()));
  }
}
