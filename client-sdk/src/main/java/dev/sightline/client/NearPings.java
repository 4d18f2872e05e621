package dev.sightline.client;

import dev.sightline.v1.Heartbeat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The pings of a near-cache's line: how often, and what their answers say. Several may be on their
 * way, as many as a lease lasts for. Guarded by the near-cache's lock.
 */
final class NearPings {
  private static final long FIRST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SHORTEST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_INTERVAL = TimeUnit.SECONDS.toNanos(5);
  private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(2);
  private static final long LONGEST_START = TimeUnit.SECONDS.toNanos(30);
  private static final int PINGS_OF_A_BOUND = 8;
  private static final int MOST_UNANSWERED = 12;

  private record Sent(long id, long at) {}

  private final Deque<Sent> unanswered = new ArrayDeque<>();
  private long interval = FIRST_INTERVAL;
  private long maxStaleness;
  private long lastId;
  private boolean answered;

  /** A new line: what was sent on the one before is not answered any more. */
  void begin() {
    unanswered.clear();
    answered = false;
  }

  /** From one ping to the next, in nanoseconds. */
  long interval() {
    return interval;
  }

  /** Whether the line has answered one: then it has begun. */
  boolean hasAnswered() {
    return answered;
  }

  /** Whether enough are on their way. */
  boolean areEnough() {
    return unanswered.size() >= MOST_UNANSWERED;
  }

  /**
   * The id of a ping that is about to be sent.
   *
   * @param now a moment before it is: what its answer says is counted from then
   */
  long next(long now) {
    lastId++;
    unanswered.add(new Sent(lastId, now));
    return lastId;
  }

  /** Whether the line brings nothing any more. */
  boolean areLost(long now) {
    var oldest = unanswered.peekFirst();
    long allowed = answered ? Math.max(LONGEST_SILENCE, 2 * maxStaleness) : LONGEST_START;
    return oldest != null && now - oldest.at() > allowed;
  }

  /** The moment until which everything was told; none if the answer is to no ping of this line. */
  OptionalLong answered(Heartbeat heartbeat) {
    maxStaleness = TimeUnit.MICROSECONDS.toNanos(heartbeat.getMaxStalenessMicros());
    interval = Math.clamp(maxStaleness / PINGS_OF_A_BOUND, SHORTEST_INTERVAL, LONGEST_INTERVAL);
    var asOf = OptionalLong.empty();
    for (var sent = unanswered.peek(); sent != null; sent = unanswered.peek()) {
      if (sent.id() > heartbeat.getPingId()) {
        break;
      }
      unanswered.remove();
      if (sent.id() == heartbeat.getPingId()) {
        answered = true;
        long proof = TimeUnit.MICROSECONDS.toNanos(heartbeat.getProofAgeMicros());
        asOf = OptionalLong.of(sent.at() - proof);
      }
    }
    return asOf;
  }
}
