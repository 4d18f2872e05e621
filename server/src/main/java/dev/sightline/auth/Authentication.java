package dev.sightline.auth;

import org.jspecify.annotations.Nullable;

/** Tells who is calling by what the call carries as {@code authorization}. */
public sealed interface Authentication permits TokenAuthentication, LocalAuthentication {
  /**
   * Who it is, if that can be said at once; null if somebody has to be asked. Runs on the event
   * loop for every call: never blocks.
   */
  @Nullable Identity ifKnown(@Nullable String authorization);

  /** Who it is. May wait for the database: never on an event loop. */
  Identity find(@Nullable String authorization);
}
