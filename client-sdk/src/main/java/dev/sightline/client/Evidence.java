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

  // Of an answer that is held and given again, with when it ends by itself.
  private final @Nullable NearOrganization holder;
  private final long diesAt;

  Evidence(
      Position position, Duration proofAge, @Nullable Duration validFor, @Nullable Level level) {
    this(position, proofAge, validFor, level, null, 0);
  }

  private Evidence(
      Position position,
      Duration proofAge,
      @Nullable Duration validFor,
      @Nullable Level level,
      @Nullable NearOrganization holder,
      long diesAt) {
    this.position = position;
    this.proofAge = proofAge;
    this.validFor = validFor;
    this.level = level;
    this.holder = holder;
    this.diesAt = diesAt;
  }

  /** Of an answer that is held, and given by whoever holds it. */
  static Evidence held(Proved proved, NearOrganization holder, @Nullable Long diesAt) {
    return new Evidence(
        proved.position(),
        Duration.ZERO,
        diesAt == null ? null : Duration.ZERO,
        proved.level(),
        holder,
        diesAt == null ? 0 : diesAt);
  }

  Evidence withLevel(Level level) {
    return new Evidence(position, proofAge, validFor, level, holder, diesAt);
  }

  /** Whether the near-cache gave the answer, without asking. */
  public boolean held() {
    return holder != null;
  }

  /** Where in the organization's log it was decided; ORIGIN if there is no such organization. */
  public Position position() {
    return position;
  }

  /**
   * How old the proof of freshness was at most when the answer arrived; microseconds. Of one that
   * is {@link #held} it is the most that the near-cache allows: 98 % of max-staleness.
   */
  public Duration proofAge() {
    return holder == null ? proofAge : holder.oldestProof();
  }

  /**
   * For how long at least, from its arrival, the answer holds if nothing is written; zero if it has
   * ended on the way. Of one that is {@link #held} it is counted from this call. Empty if it does
   * not end by itself.
   */
  public Optional<Duration> validFor() {
    return Optional.ofNullable(holder == null || validFor == null ? validFor : holder.left(diesAt));
  }

  /**
   * The level behind the answer, which batches and streamed checks tell, and single calls do not.
   */
  public Optional<Level> level() {
    return Optional.ofNullable(level);
  }

  @Override
  public String toString() {
    return "Evidence[position=%s, proofAge=%s, validFor=%s, level=%s, held=%s]"
        .formatted(position, proofAge(), validFor().orElse(null), level, held());
  }
}
