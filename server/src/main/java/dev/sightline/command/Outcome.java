package dev.sightline.command;

import dev.sightline.model.Refusal;

/**
 * What whoever asked for a change is told.
 *
 * @param <T> the answer
 */
public sealed interface Outcome<T> {
  /** It is done, and durable. */
  record Done<T>(T answer) implements Outcome<T> {}

  /** It was not done, and nothing was changed; of UNAVAILABLE, that is not known. */
  record Refused<T>(Refusal refusal) implements Outcome<T> {}
}
