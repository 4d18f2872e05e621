package dev.sightline.cache;

import dev.sightline.change.Instants;
import dev.sightline.graph.OrgGraph;
import org.jspecify.annotations.Nullable;

/**
 * A graph and the proof that it was current.
 *
 * @param graph revision 0: it is proved that there is no such organization
 * @param asOf a reading of {@link System#nanoTime}: at some instant after it, this graph was the
 *     head of the log
 * @param passedMicros what the database's clock had passed at some instant at which this graph was
 *     the head, in microseconds since 1970; {@link DatabaseClock#UNKNOWN} if it was not looked at
 * @param log what is known of the log behind the graph
 */
public record Fresh(OrgGraph graph, long asOf, long passedMicros, KnownLog log) {
  /** Whether a position is on the log that the graph is the head of. */
  KnownLog.Answer has(Requirement.AtLeast least) {
    return log.has(graph, least);
  }

  /** As it meets a requirement; null if it does not. */
  @Nullable Fresh met(Requirement requirement) {
    return switch (requirement) {
      case Requirement.MinimizeLatency() -> this;
      case Requirement.FullyConsistent(long begin) -> asOf - begin >= 0 ? this : null;
      case Requirement.AtLeast least -> has(least) == KnownLog.Answer.ON_IT ? atTime(least) : null;
      case Requirement.Both(Requirement one, Requirement.AtLeast other) -> {
        Fresh first = met(one);
        yield first == null ? null : first.met(other);
      }
    };
  }

  /**
   * What is on the log of a position, at the position's time: a later revision is not enough, its
   * time may lie behind what another node has let pass. Null if it is not proved to have been
   * current then, or something ends before. Moved on only for who asks: the held graph stays at its
   * last end, or a position that somebody has made up would have the revisions that follow begin at
   * its time.
   */
  @Nullable Fresh atTime(Requirement.AtLeast least) {
    long micros = least.endedThroughMicros();
    if (graph.endedThrough() >= micros) {
      return this;
    }
    return passedMicros >= micros && graph.nextEnd() > micros ? with(micros) : null;
  }

  private Fresh with(long endedThroughMicros) {
    return new Fresh(graph.through(Instants.ofMicros(endedThroughMicros)), asOf, passedMicros, log);
  }
}
