package dev.sightline.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an entry ends. At that very instant it is over. The service counts in microseconds; what is
 * finer is cut off.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="access"}
 */
public sealed interface End {
  /** It does not end. */
  record Never() implements End {}

  /**
   * At an instant.
   *
   * @param at must lie ahead when the change is decided
   */
  record At(Instant at) implements End {}

  /**
   * Some time after the change is decided, by the service's clock. Only said when an entry is set;
   * what is read back is an {@link At}.
   *
   * @param duration 1 microsecond to 100 years
   */
  record After(Duration duration) implements End {}

  /** It does not end. */
  static End never() {
    return new Never();
  }

  /** At this instant. */
  static End at(Instant instant) {
    return new At(instant);
  }

  /** So long after the change is decided. */
  static End after(Duration duration) {
    return new After(duration);
  }

  /** The instant, where there is one by now. */
  default Optional<Instant> instant() {
    return switch (this) {
      case At end -> Optional.of(end.at());
      case Never _, After _ -> Optional.empty();
    };
  }
}
