package dev.sightline.command;

import dev.sightline.change.SupportPolicy;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How long a support grant is to last. */
public sealed interface GrantTerm {
  /** The most that a calendar month has. */
  Duration LONGEST_MONTH = Duration.ofDays(31);

  /**
   * Nothing is said.
   *
   * @param usual how long it lasts unless the policy says otherwise
   */
  record Unsaid(Duration usual) implements GrantTerm {}

  /** So long. */
  record For(Duration duration) implements GrantTerm {}

  /** Until somebody revokes it. */
  record UntilRevoked() implements GrantTerm {}

  /** Stage 1: with an end, at most one calendar month. */
  default @Nullable Refusal outOfRange(Instant now) {
    return switch (this) {
      case Unsaid _, UntilRevoked _ -> null;
      case For(Duration duration) ->
          duration.isPositive() && !now.plus(duration).isAfter(monthAfter(now))
              ? null
              : Refusal.of(
                  Reason.OUT_OF_RANGE,
                  "A grant lasts at most one calendar month, from %s to %s; %s is not within that."
                      .formatted(now, monthAfter(now), Texts.inWords(duration)),
                  "duration",
                  duration.toString(),
                  "latest",
                  monthAfter(now).toString());
    };
  }

  /** Stage 6: not more than the root allows. */
  default @Nullable Refusal against(SupportPolicy policy) {
    return switch (this) {
      case Unsaid _ -> null;
      case For(Duration duration) ->
          policy.longest() == null || duration.compareTo(policy.longest()) <= 0
              ? null
              : Refusal.of(
                  Reason.LONGER_THAN_POLICY,
                  "The root organization's policy allows %s at most, not %s. Choose a shorter time."
                      .formatted(Texts.inWords(policy.longest()), Texts.inWords(duration)),
                  "longest",
                  policy.longest().toString());
      case UntilRevoked _ ->
          policy.untilRevoked()
              ? null
              : Refusal.of(
                  Reason.UNTIL_REVOKED_NOT_ALLOWED,
                  "The root organization's policy does not allow access until revoked. Choose an"
                      + " end.");
    };
  }

  /** When it ends, null for never. What is not said never exceeds what could be said. */
  default @Nullable Instant end(SupportPolicy policy, Instant now) {
    return switch (this) {
      case UntilRevoked _ -> null;
      case For(Duration duration) -> now.plus(duration);
      case Unsaid(Duration usual) -> {
        Duration wanted = Objects.requireNonNullElse(policy.usual(), usual);
        Duration longest = policy.longest();
        boolean tooLong = longest != null && wanted.compareTo(longest) > 0;
        Instant end = now.plus(tooLong ? longest : wanted);
        Instant latest = monthAfter(now);
        yield end.isAfter(latest) ? latest : end;
      }
    };
  }

  /** The same time of the same day of the next month, or of its last day; in UTC. */
  private static Instant monthAfter(Instant now) {
    return now.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
  }
}
