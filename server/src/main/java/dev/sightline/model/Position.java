package dev.sightline.model;

import java.time.Instant;

/**
 * A point in an organization's life: after which revision, on which branch of its log, and which
 * ends in time have passed. Positions of one organization are totally ordered; those of two say
 * nothing of each other.
 *
 * @param revision 0 before the organization's first change, dense from there on
 * @param head the hash of the log's last record at that revision
 * @param endedThrough what ends at or before this instant has ended; microsecond precision
 */
public record Position(long revision, LogHash head, Instant endedThrough)
    implements Comparable<Position> {
  public Position {
    if (revision < 0) {
      throw new IllegalArgumentException("revision is negative: " + revision);
    }
  }

  @Override
  public int compareTo(Position other) {
    int byRevision = Long.compare(revision, other.revision);
    return byRevision != 0 ? byRevision : endedThrough.compareTo(other.endedThrough);
  }
}
