package dev.sightline.mail;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Who may vouch for a mail server, where it is not whoever this machine trusts. */
final class SmtpTrust {
  private SmtpTrust() {}

  /** Connections to servers for whom one of these vouches, or that are one of these. */
  static SSLSocketFactory in(List<X509Certificate> certificates) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        trusted.setCertificateEntry(Integer.toString(i), certificates.get(i));
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the certificates cannot be trusted in", e);
    }
  }

  /** Why a connection was not trusted, as deep down as it is said; null: that is not why. */
  static @Nullable String distrust(Throwable failure) {
    Throwable deepest = failure;
    boolean ofTls = false;
    for (Throwable e = failure; e != null; e = e.getCause()) {
      ofTls |= e instanceof SSLException;
      deepest = e;
    }
    if (!ofTls) {
      return null;
    }
    String why = deepest.getMessage();
    return why == null ? deepest.getClass().getSimpleName() : why.strip();
  }
}
