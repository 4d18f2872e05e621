package dev.sightline.watch;

import dev.sightline.model.Refusal;

/** One stream to a watcher. All but {@link #isReady} are called by one thread at a time. */
public interface Wire {
  /** Whether it takes a message without piling it up. When it becomes so, {@link Watch#ready}. */
  boolean isReady();

  /** Sends a message; it may be shared with other wires and is not changed. */
  void send(byte[] message);

  /** Ends the stream behind what was sent. */
  void end(Refusal why);

  /** Ends the stream, because the watcher wants no more. */
  void complete();
}
