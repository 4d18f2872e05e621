package dev.sightline.auth;

import dev.sightline.model.Refusal;

/** What is known of whoever makes a call. */
public sealed interface Identity {
  /** Somebody with a token that holds. */
  record Known(Caller caller) implements Identity {}

  /** Nobody whom we know, or nobody of whom we can tell in time. */
  record Refused(Refusal refusal) implements Identity {}
}
