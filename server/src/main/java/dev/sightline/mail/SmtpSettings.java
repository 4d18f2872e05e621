package dev.sightline.mail;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail server.
 *
 * @param security how the connection is kept from others' eyes
 * @param user null: without logging in
 * @param password null: without logging in
 * @param trusted who may vouch for the server, instead of all whom this machine trusts; empty: as
 *     this machine does
 */
public record SmtpSettings(
    String host,
    int port,
    Security security,
    @Nullable String user,
    @Nullable String password,
    List<X509Certificate> trusted) {
  /** How the connection is kept from others' eyes. */
  public enum Security {
    /** Not at all: for a server on this machine. */
    NONE,
    /** Begins in the open and must then turn to TLS. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS
  }

  public SmtpSettings {
    trusted = List.copyOf(trusted);
  }

  /** Of a server for whom somebody vouches whom this machine trusts. */
  public SmtpSettings(
      String host, int port, Security security, @Nullable String user, @Nullable String password) {
    this(host, port, security, user, password, List.of());
  }

  @Override
  public String toString() {
    return "SmtpSettings[%s:%d, %s]".formatted(host, port, security);
  }
}
