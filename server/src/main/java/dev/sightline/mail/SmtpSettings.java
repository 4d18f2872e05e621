package dev.sightline.mail;

import org.jspecify.annotations.Nullable;

/**
 * A mail server.
 *
 * @param security how the connection is kept from others' eyes
 * @param user null: without logging in
 * @param password null: without logging in
 */
public record SmtpSettings(
    String host, int port, Security security, @Nullable String user, @Nullable String password) {
  /** How the connection is kept from others' eyes. */
  public enum Security {
    /** Not at all: for a server on this machine. */
    NONE,
    /** Begins in the open and must then turn to TLS. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS
  }

  @Override
  public String toString() {
    return "SmtpSettings[%s:%d, %s]".formatted(host, port, security);
  }
}
