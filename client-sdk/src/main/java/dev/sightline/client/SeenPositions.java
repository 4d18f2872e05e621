package dev.sightline.client;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The highest position seen of each organization, so that no answer is older than one before it.
 *
 * <p>Memory is bounded: the organization that was used least recently is forgotten. That must not
 * let its answers go back, so from then on a client asks fully consistently about an organization
 * that it does not remember, once: then it remembers it again.
 */
final class SeenPositions {
  private final int most;
  private final SequencedMap<String, Position> byOrganization =
      new LinkedHashMap<>(16, 0.75f, true);
  private boolean someForgotten;

  SeenPositions(int most) {
    this.most = most;
  }

  synchronized void seen(String organization, Position position) {
    if (position.equals(Position.ORIGIN)) {
      return;
    }
    byOrganization.merge(organization, position, Position::later);
    if (byOrganization.size() > most) {
      byOrganization.pollFirstEntry();
      someForgotten = true;
    }
  }

  /** What an answer about the organization must be as fresh as, not to go back. */
  synchronized Freshness floor(String organization) {
    var seen = byOrganization.get(organization);
    if (seen != null) {
      return Freshness.atLeast(seen);
    }
    return someForgotten ? Freshness.fullyConsistent() : Freshness.minimizeLatency();
  }

  /** The highest position seen, if it is remembered. */
  synchronized Optional<Position> highest(String organization) {
    return Optional.ofNullable(byOrganization.get(organization));
  }

  /** The service's log was set back: what was seen of this organization is no more. */
  synchronized void forget(String organization) {
    byOrganization.remove(organization);
  }
}
