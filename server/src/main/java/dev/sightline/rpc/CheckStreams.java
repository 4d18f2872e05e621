package dev.sightline.rpc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of checks that are open on this node, so that they end before it does. */
public final class CheckStreams implements AutoCloseable {
  private final Set<CheckStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  void opened(CheckStream stream) {
    open.add(stream);
    if (closed) {
      stream.stop();
    }
  }

  void ended(CheckStream stream) {
    open.remove(stream);
  }

  /** How many streams are open. */
  public int count() {
    return open.size();
  }

  /**
   * Ends all streams, those to come included, each once it has answered what it took in. Returns at
   * once.
   */
  @Override
  public void close() {
    closed = true;
    open.forEach(CheckStream::stop);
  }
}
