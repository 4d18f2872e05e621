package dev.sightline.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer rests on. Times are bounds on the safe side, counted from when the request was
 * sent, so that no clocks are compared.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="evidence"}
 */
public final class Evidence {
  private final Position position;
  private final Duration proofAge;
  private final @Nullable Duration validFor;
  private final @Nullable Level level;

  Evidence(
      Position position, Duration proofAge, @Nullable Duration validFor, @Nullable Level level) {
    this.position = position;
    this.proofAge = proofAge;
    this.validFor = validFor;
    this.level = level;
  }

  Evidence withLevel(Level level) {
    return new Evidence(position, proofAge, validFor, level);
  }

  /** Where in the organization's log it was decided; ORIGIN if there is no such organization. */
  public Position position() {
    return position;
  }

  /** How old the proof of freshness was at most when the answer arrived; microseconds. */
  public Duration proofAge() {
    return proofAge;
  }

  /**
   * For how long at least, from its arrival, the answer holds if nothing is written; zero if it has
   * ended on the way. Empty if it does not end by itself.
   */
  public Optional<Duration> validFor() {
    return Optional.ofNullable(validFor);
  }

  /**
   * The level behind the answer, which batches and streamed checks tell, and single calls do not.
   */
  public Optional<Level> level() {
    return Optional.ofNullable(level);
  }

  @Override
  public String toString() {
    return "Evidence[position=%s, proofAge=%s, validFor=%s, level=%s]"
        .formatted(position, proofAge, validFor, level);
  }
}
