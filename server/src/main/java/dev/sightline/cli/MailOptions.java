package dev.sightline.cli;

import dev.sightline.cli.output.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How mail is sent, as the command line says it. */
final class MailOptions {
  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "Where people reach this service's pages, like https://access.example.com: what the links"
              + " in mails begin with. Default: http://localhost:7412. Env: SIGHTLINE_PUBLIC_URL.",
      defaultValue = "http://localhost:7412")
  private String publicUrl = "";

  @Option(
      names = "--dashboard-url",
      paramLabel = "URL",
      description =
          "Where Open Dashboard leads, like https://app.example.com/d/{dashboard}; {organization}"
              + " may be in it, too. Without it, to a page that says that it is not set. Env:"
              + " SIGHTLINE_DASHBOARD_URL.")
  private @Nullable String dashboardUrl;

  @Option(
      names = "--invitation-url",
      paramLabel = "URL",
      description =
          "Where invitations lead, like https://app.example.com/welcome?token={token}. Default: a"
              + " page of this service. Env: SIGHTLINE_INVITATION_URL.")
  private @Nullable String invitationUrl;

  @Option(
      names = "--mail-from",
      paramLabel = "ADDRESS",
      description = "The address that mail comes from. Env: SIGHTLINE_MAIL_FROM.",
      defaultValue = "Sightline <sightline@localhost.localdomain>")
  private String from = "";

  @Option(
      names = "--smtp-url",
      paramLabel = "URL",
      description = {
        "The mail server, like smtp+starttls://user@mail.example.com:587, smtps://… for TLS from"
            + " the beginning, or smtp://localhost:25 for none. Without it, mail goes into files in"
            + " the folder outbox of --data. Env: SIGHTLINE_SMTP_URL."
      })
  private @Nullable String smtpUrl;

  @Option(
      names = "--smtp-password-file",
      paramLabel = "FILE",
      description = "A file with its password in it. Or env: SIGHTLINE_SMTP_PASSWORD.")
  private @Nullable Path smtpPasswordFile;

  @Option(
      names = "--smtp-trust",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) of the authorities that may vouch for the mail server, or its own:"
              + " these instead of those that this machine trusts. The name in its certificate must"
              + " be the URL's host in any case. Env: SIGHTLINE_SMTP_TRUST.")
  private @Nullable Path smtpTrust;

  ServeOptions.Mail mail(Map<String, String> environment) {
    if (smtpTrust != null && smtpUrl == null) {
      throw CommandFailure.usage("--smtp-trust: there is no --smtp-url to trust in.");
    }
    return new ServeOptions.Mail(
        page("--public-url", publicUrl),
        Optional.ofNullable(dashboardUrl).map(url -> with("--dashboard-url", url, "{dashboard}")),
        Optional.ofNullable(invitationUrl).map(url -> with("--invitation-url", url, "{token}")),
        from,
        Optional.ofNullable(smtpUrl).map(url -> server(url, environment)));
  }

  private static URI page(String option, String url) {
    try {
      URI uri = new URI(url);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw CommandFailure.usage(option + ": " + url + ", expected http://… or https://….");
  }

  private static String with(String option, String url, String part) {
    if (!url.contains(part)) {
      throw CommandFailure.usage(option + ": " + url + ", expected " + part + " in it.");
    }
    var _ = page(option, url.replaceAll("\\{\\w+}", "x"));
    return url;
  }

  private ServeOptions.Smtp server(String url, Map<String, String> environment) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme();
      if (uri.getHost() != null && scheme != null) {
        int port = uri.getPort();
        String user = uri.getUserInfo();
        if (user != null && user.contains(":")) {
          throw CommandFailure.usage(
              "--smtp-url: no password in it, please; use --smtp-password-file or"
                  + " SIGHTLINE_SMTP_PASSWORD.");
        }
        switch (scheme) {
          case "smtp", "smtp+starttls", "smtps" -> {
            int usual = scheme.equals("smtps") ? 465 : scheme.equals("smtp") ? 25 : 587;
            return new ServeOptions.Smtp(
                scheme,
                uri.getHost(),
                port < 0 ? usual : port,
                user,
                password(environment),
                trusted(scheme));
          }
          default -> {}
        }
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw CommandFailure.usage(
        "--smtp-url: expected smtp+starttls://user@host:587, smtps://user@host or smtp://host.");
  }

  private @Nullable String password(Map<String, String> environment) {
    if (smtpPasswordFile == null) {
      return environment.get("SIGHTLINE_SMTP_PASSWORD");
    }
    try {
      return Files.readString(smtpPasswordFile).strip();
    } catch (IOException e) {
      throw CommandFailure.usage("--smtp-password-file: " + smtpPasswordFile + " cannot be read.");
    }
  }

  private List<X509Certificate> trusted(String scheme) {
    if (smtpTrust == null) {
      return List.of();
    }
    if (scheme.equals("smtp")) {
      throw CommandFailure.usage(
          "--smtp-trust: smtp:// is not encrypted, so nobody is trusted; say smtps:// or"
              + " smtp+starttls://.");
    }
    try (InputStream in = Files.newInputStream(smtpTrust)) {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException e) {
      throw CommandFailure.usage("--smtp-trust: " + smtpTrust + " cannot be read.");
    } catch (CertificateException e) {
      // Said below.
    }
    throw CommandFailure.usage(
        "--smtp-trust: "
            + smtpTrust
            + " holds something else than certificates; expected -----BEGIN CERTIFICATE-----.");
  }
}
