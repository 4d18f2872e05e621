package dev.sightline.client;

/**
 * How fresh an answer must be. Whatever is asked for, an answer is right for some instant between
 * the call's begin minus the service's max-staleness (1 s unless the operator says otherwise) and
 * its receipt; a service that cannot prove that answers {@link Code#UNAVAILABLE}.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="freshness"}
 */
public sealed interface Freshness {
  /** The default: nothing older than what this client has seen, its own writes included. */
  record AsSeen() implements Freshness {}

  /** The fastest answer within the promise; it may be older than one that was seen before. */
  record MinimizeLatency() implements Freshness {}

  /**
   * Nothing older than a position, nor than what this client has seen.
   *
   * @param position of the organization that is asked about
   */
  record AtLeast(Position position) implements Freshness {}

  /** As new as the service's database at the call's begin; the slowest. */
  record FullyConsistent() implements Freshness {}

  /** Nothing older than what this client has seen, its own writes included. The default. */
  static Freshness asSeen() {
    return new AsSeen();
  }

  /** The fastest answer within the promise; opts out of carrying positions along. */
  static Freshness minimizeLatency() {
    return new MinimizeLatency();
  }

  /** Nothing older than this position of the organization, nor than what this client has seen. */
  static Freshness atLeast(Position position) {
    return new AtLeast(position);
  }

  /** As new as the service's database at the call's begin. */
  static Freshness fullyConsistent() {
    return new FullyConsistent();
  }
}
