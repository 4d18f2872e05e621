package dev.sightline.client;

/**
 * Is told the events of a watch, one at a time, in their order, on a virtual thread of the watch's
 * own. It may block, as long as the service keeps up with it: while it works, nothing more is read,
 * and a watch that falls too far behind is cut off and goes on where it was.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="watch"}
 */
@FunctionalInterface
public interface WatchHandler {
  /**
   * Deals with an event. When this returns, the event counts as told; it is told to no later watch
   * that goes on from {@link Watch#cursors}.
   *
   * @throws Exception if the event could not be dealt with: the watch ends with that, and the event
   *     does not count as told
   */
  void handle(WatchEvent event) throws Exception;
}
