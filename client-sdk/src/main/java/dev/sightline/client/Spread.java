package dev.sightline.client;

import java.time.Duration;

/**
 * How far a change is known: whether somebody may still honour what was before it.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="everywhere"}
 */
public sealed interface Spread {
  /** For how long it was waited. */
  Duration waited();

  /** Whether nobody honours what was before the change any more. */
  default boolean isEverywhere() {
    return switch (this) {
      case Confirmed _, Lapsed _ -> true;
      case NotYet _, Unknown _ -> false;
    };
  }

  /**
   * Everybody has confirmed it.
   *
   * @param waited for how long
   * @param nodes how many nodes the service has; each spoke for its near-caches, too
   */
  record Confirmed(Duration waited, int nodes) implements Spread {}

  /**
   * Not everybody has confirmed it, but max-staleness has passed, after which nobody can honour
   * anything older.
   *
   * @param waited for how long
   * @param nodes how many nodes the service has
   * @param confirmedNodes how many of them have confirmed it
   */
  record Lapsed(Duration waited, int nodes, int confirmedNodes) implements Spread {}

  /**
   * The deadline came first: somebody may still honour what was before.
   *
   * @param waited for how long
   * @param nodes how many nodes the service has
   * @param confirmedNodes how many of them have confirmed it
   * @param overIn after how long nobody can honour it any more, whatever happens
   */
  record NotYet(Duration waited, int nodes, int confirmedNodes, Duration overIn)
      implements Spread {}

  /**
   * The change is made, but the service did not say who knows of it. To know, ask with {@link
   * Organization#awaitEverywhere}.
   *
   * @param waited for how long
   * @param failure why it did not say
   */
  record Unknown(Duration waited, SightlineException failure) implements Spread {}
}
