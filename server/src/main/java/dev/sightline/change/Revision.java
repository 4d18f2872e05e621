package dev.sightline.change;

import dev.sightline.model.Position;
import java.time.Instant;
import java.util.List;

/**
 * What one accepted command did: the step from the position before to {@code position}.
 *
 * @param position where it leads; its {@code endedThrough} is the instant of the revision
 * @param changes in the order in which they happened
 */
public record Revision(Position position, List<Change> changes) {
  public Revision {
    changes = List.copyOf(changes);
  }

  public long number() {
    return position.revision();
  }

  public Instant at() {
    return position.endedThrough();
  }

  /**
   * The same at this instant if its own is earlier: time does not go back, and an estimate of it
   * may have been a little ahead.
   */
  public Revision notBefore(Instant instant) {
    return at().isBefore(instant)
        ? new Revision(new Position(number(), position.head(), instant), changes)
        : this;
  }
}
