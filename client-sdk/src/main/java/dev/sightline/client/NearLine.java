package dev.sightline.client;

import dev.sightline.v1.StartWatch;

/** The near-cache's side of one stream of a watch: what it says. It never waits. */
interface NearLine {
  /** Makes lines. */
  interface Maker {
    /** A line that is not begun, and tells what it brings to this watch, in order. */
    NearLine line(NearWatch watch, StartWatch start);
  }

  /** Begins, and asks for what the start says. It may end at once. */
  void begin();

  void ping(long id);

  void confirmed(long id);

  /** Ends it; nothing is told of that. */
  void cancel();
}
