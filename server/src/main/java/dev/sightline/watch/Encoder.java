package dev.sightline.watch;

/** Makes messages of events, once for all who are told the same. */
@FunctionalInterface
public interface Encoder {
  byte[] encode(WatchEvent event);
}
