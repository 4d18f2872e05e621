package dev.sightline.mail;

import dev.sightline.model.EmailAddress;

/**
 * A mail in words. Its links let whoever holds them act, so it is never logged.
 *
 * @param id the outbox's
 * @param subject one line
 */
public record Letter(long id, EmailAddress to, String subject, String text, String html) {
  @Override
  public String toString() {
    return "Letter[id=" + id + "]";
  }
}
