package dev.sightline.client;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The highest position seen of each organization, so that no answer is older than one before it.
 *
 * <p>Memory is bounded: the organization that was used least recently is forgotten, unless somebody
 * follows it. That must not let its answers go back, so from then on a client asks fully
 * consistently about an organization that it does not remember, once: then it remembers it again.
 *
 * <p>So it is after a log was lost: what was seen of the one that lasts may have been taken for
 * older than what was seen of the other.
 */
final class SeenPositions {
  /**
   * The highest position that was seen of an organization.
   *
   * @param at when it was seen first, as {@link System#nanoTime} counts: it was committed before
   */
  record Mark(Position position, long at) {}

  /** What was seen of one organization, for those who look often and without a lock. */
  static final class Seen {
    private volatile @Nullable Mark mark;
    private boolean forgotten;
    private int followers;

    /** The highest position; null while none was seen, or none is remembered. */
    @Nullable Mark mark() {
      return mark;
    }
  }

  private final int most;
  private final Timing timing;
  private final SequencedMap<String, Seen> byOrganization = new LinkedHashMap<>(16, 0.75f, true);
  private boolean someForgotten;

  SeenPositions(int most, Timing timing) {
    this.most = most;
    this.timing = timing;
  }

  synchronized void seen(String organization, Position position) {
    if (position.equals(Position.ORIGIN)) {
      return;
    }
    var seen = of(organization);
    var before = seen.mark;
    if (before == null || before.position().isBefore(position)) {
      seen.mark = new Mark(position, timing.now());
    }
    if (byOrganization.size() > most) {
      forgetOne();
    }
  }

  private Seen of(String organization) {
    return byOrganization.computeIfAbsent(organization, _ -> new Seen());
  }

  /** INVARIANT: fewer are followed than may be remembered. */
  private void forgetOne() {
    var eldest = byOrganization.pollFirstEntry();
    while (eldest.getValue().followers > 0) {
      byOrganization.put(eldest.getKey(), eldest.getValue());
      eldest = byOrganization.pollFirstEntry();
    }
    someForgotten = true;
  }

  /** The same for the organization until it is {@linkplain #unfollow unfollowed}. */
  synchronized Seen follow(String organization) {
    var seen = of(organization);
    seen.followers++;
    return seen;
  }

  synchronized void unfollow(String organization) {
    of(organization).followers--;
  }

  /** What an answer about the organization must be as fresh as, not to go back. */
  synchronized Freshness floor(String organization) {
    var seen = byOrganization.get(organization);
    var mark = seen == null ? null : seen.mark;
    if (mark != null) {
      return Freshness.atLeast(mark.position());
    }
    return someForgotten || (seen != null && seen.forgotten)
        ? Freshness.fullyConsistent()
        : Freshness.minimizeLatency();
  }

  /** The highest position seen, if it is remembered. */
  synchronized Optional<Position> highest(String organization) {
    return Optional.ofNullable(byOrganization.get(organization))
        .map(Seen::mark)
        .map(Mark::position);
  }

  /** The service's log was set back: what was seen of this organization is no more. */
  synchronized void forget(String organization) {
    var seen = byOrganization.get(organization);
    if (seen == null) {
      someForgotten = true;
    } else {
      seen.mark = null;
      seen.forgotten = true;
    }
  }
}
