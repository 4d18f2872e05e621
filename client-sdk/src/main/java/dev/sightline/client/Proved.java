package dev.sightline.client;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of itself, to whoever wants to hold it.
 *
 * @param position where in the log it was decided
 * @param sentAt when the request was sent that it answers, as {@link System#nanoTime} counts
 * @param proofAgeMicros how old the proof of freshness was when it was sent
 * @param validForMicros for how long it holds from then if nothing is written; 0 for good
 * @param level the level behind it, if it was told
 */
record Proved(
    Position position,
    long sentAt,
    long proofAgeMicros,
    long validForMicros,
    @Nullable Level level) {
  /** It was right at this moment or later. */
  long asOf() {
    return sentAt - TimeUnit.MICROSECONDS.toNanos(proofAgeMicros);
  }

  /** What the caller is told who asked, so long after sending. */
  Evidence evidence(long elapsedMicros) {
    return new Evidence(
        position,
        Translation.micros(proofAgeMicros + elapsedMicros),
        validForMicros == 0
            ? null
            : Translation.micros(Math.max(0, validForMicros - elapsedMicros)),
        level);
  }
}
