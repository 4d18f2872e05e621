package dev.sightline.cli;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How to serve.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0: any free one
 * @param httpPort the port for JSON over HTTP; 0: any free one; empty: none
 * @param dataFolder where the embedded database keeps its data
 * @param database another database instead of the embedded one
 * @param insecureLocal whether callers on this machine need no token
 * @param demo whether to load and show the demo's data
 * @param tls what to encrypt with
 * @param maxStaleness how stale an answer may be; empty: as the database says
 * @param mail how mail is sent
 * @param auditHeads where to note now and then where the organizations' logs stand
 * @param colored whether {@code out} shows colours
 */
public record ServeOptions(
    String host,
    int port,
    OptionalInt httpPort,
    Path dataFolder,
    Optional<Database> database,
    boolean insecureLocal,
    boolean demo,
    Optional<Tls> tls,
    Optional<Duration> maxStaleness,
    Mail mail,
    Optional<AuditHeads> auditHeads,
    boolean colored) {

  /** A database that somebody else runs. */
  public record Database(String url, String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Database[url=" + url.replaceAll("\\?.*", "") + ", user=" + user + "]";
    }
  }

  /**
   * How mail is sent.
   *
   * @param publicUrl what links to pages of this service begin with
   * @param dashboardUrl where a dashboard is opened
   * @param invitationUrl where an invitation is accepted
   * @param smtp empty: into files
   */
  public record Mail(
      URI publicUrl,
      Optional<String> dashboardUrl,
      Optional<String> invitationUrl,
      String from,
      Optional<Smtp> smtp) {
    /** What is set so that mail which leaves this machine leads nowhere, a sentence each. */
    public List<String> warnings() {
      if (smtp.isEmpty()) {
        return List.of();
      }
      List<String> warnings = new ArrayList<>();
      if (dashboardUrl.isEmpty()) {
        warnings.add(
            "--dashboard-url is not set: Open Dashboard in mails leads to a page that says so.");
      }
      if (isLoopback(publicUrl.getHost())) {
        warnings.add(
            "--public-url is "
                + publicUrl
                + ": the links in mails can be opened on this machine only.");
      }
      return List.copyOf(warnings);
    }

    private static boolean isLoopback(String host) {
      return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }
  }

  /**
   * A mail server.
   *
   * @param scheme smtp, smtp+starttls or smtps
   * @param trusted who may vouch for it, instead of all whom this machine trusts; empty: as this
   *     machine does
   */
  public record Smtp(
      String scheme,
      String host,
      int port,
      @Nullable String user,
      @Nullable String password,
      List<X509Certificate> trusted) {
    public Smtp {
      trusted = List.copyOf(trusted);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Smtp[" + scheme + "://" + host + ":" + port + "]";
    }
  }

  /** A file that heads are added to, and how often. */
  public record AuditHeads(Path file, Duration every) {}

  /** Certificates and the key to them, PEM. */
  public record Tls(Path certificates, Path key) {}
}
