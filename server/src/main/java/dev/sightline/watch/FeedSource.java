package dev.sightline.watch;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.RevisionLog;
import dev.sightline.graph.OrgGraph;

/** What a feed knows of the world outside. */
interface FeedSource {
  /** The organization's graph and as of when it is the newest, a reading of nanoTime. Blocks. */
  Loaded load() throws NotAnswerable;

  RevisionLog log();

  /** Asks for a proof that is sent from now on; the feed hears of it. */
  void prove();

  /** Asks for one once the database's clock may have passed this time, if that is soon. */
  void proveWhenPassed(long micros);

  /** A graph that was the newest at some instant after {@code asOf}. */
  record Loaded(OrgGraph graph, long asOf) {}
}
