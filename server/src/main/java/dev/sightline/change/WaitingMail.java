package dev.sightline.change;

import dev.sightline.model.UserId;

/**
 * Somebody who is to be written to when a draft is published.
 *
 * @param kind what the mail will be
 * @param by who let the person in
 */
public record WaitingMail(Kind kind, UserId by) {
  /** The kinds that wait. */
  public enum Kind {
    SHARED,
    APPROVED
  }
}
