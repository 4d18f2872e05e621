package dev.sightline.history;

import java.util.ArrayList;
import java.util.List;

/** Which fault was on when. Safe for threads. */
final class FaultLog {
  static final String NONE = "none";

  private record Time(String fault, long from, long to) {}

  private final List<Time> times = new ArrayList<>();
  private String on = NONE;
  private long since;

  synchronized void begins(String fault) {
    on = fault;
    since = System.nanoTime();
  }

  synchronized void ends() {
    times.add(new Time(on, since, System.nanoTime()));
    on = NONE;
  }

  /** The last fault that was on at some instant between two; {@link #NONE} if none was. */
  synchronized String between(long from, long to) {
    if (!on.equals(NONE) && since <= to) {
      return on;
    }
    for (Time time : times.reversed()) {
      if (time.from() <= to && from <= time.to()) {
        return time.fault();
      }
      if (time.to() < from - 600_000_000_000L) {
        break;
      }
    }
    return NONE;
  }
}
