package dev.sightline.watch;

import dev.sightline.model.OrganizationId;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Until when watchers that are gone may honour what they hold: nobody can ask them any more. All
 * times are readings of {@link System#nanoTime}.
 */
final class Owed {
  private final ConcurrentHashMap<OrganizationId, Long> until = new ConcurrentHashMap<>();

  void add(OrganizationId organization, long lapsing) {
    until.merge(organization, lapsing, (a, b) -> a - b >= 0 ? a : b);
  }

  /** When nobody does any more; now, if nobody does. */
  long until(OrganizationId organization) {
    Long lapsing = until.get(organization);
    return lapsing == null ? System.nanoTime() : lapsing;
  }

  /** For how many nanoseconds more somebody does, of whatever organization; at least 0. */
  long left() {
    long now = System.nanoTime();
    return until.values().stream()
        .mapToLong(lapsing -> lapsing - now)
        .filter(left -> left > 0)
        .max()
        .orElse(0);
  }

  void forgetPassed() {
    long now = System.nanoTime();
    until.values().removeIf(lapsing -> lapsing - now < 0);
  }
}
