package dev.sightline.cli;

import dev.sightline.cli.command.OutputOptions;
import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a server. */
@Command(
    name = "serve",
    description = {
      "Run a server, until it is told to end.",
      "Without --database-url it brings a PostgreSQL of its own, whose data outlives a restart."
    },
    footer = {
      "",
      "Examples: sightline serve --demo",
      "          sightline serve --host 0.0.0.0 --tls-cert server.pem --tls-key server.key"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  private final Terminal terminal;
  private final ServerLauncher launcher;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on. Default: localhost. Env: SIGHTLINE_HOST.",
      defaultValue = "localhost")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on; 0: any free one. Default: 7411. Env: SIGHTLINE_PORT.",
      defaultValue = "7411")
  private int port;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "The port for JSON over HTTP; 0: any free one. Default: 7412. Env: SIGHTLINE_HTTP_PORT.",
      defaultValue = "7412")
  private int httpPort;

  @Option(names = "--no-http", description = "Serve gRPC alone.")
  private boolean noHttp;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where data is kept. Default: ./sightline-data. Env: SIGHTLINE_DATA.",
      defaultValue = "sightline-data")
  private Path data = Path.of("");

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "A PostgreSQL to use instead, like jdbc:postgresql://host/db. Env:"
              + " SIGHTLINE_DATABASE_URL.")
  private String databaseUrl = "";

  @Option(
      names = "--database-user",
      paramLabel = "USER",
      description = "Its user. Env: SIGHTLINE_DATABASE_USER.")
  private String databaseUser = "";

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "A file with its password in it. Or env: SIGHTLINE_DATABASE_PASSWORD.")
  private @Nullable Path databasePasswordFile;

  @Option(
      names = "--insecure-local",
      description = "Callers need no token. Only where nobody but this machine can call.")
  private boolean insecureLocal;

  @Option(
      names = "--demo",
      description =
          "Load eight portals with 2,700 memberships and 320 dashboards if nothing is there, check"
              + " every level, show what one can ask, and keep serving. Local callers need no"
              + " token.")
  private boolean demo;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificates (PEM) to encrypt with. Env: SIGHTLINE_TLS_CERT.")
  private @Nullable Path tlsCertificates;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key to them (PEM). Env: SIGHTLINE_TLS_KEY.")
  private @Nullable Path tlsKey;

  @Option(
      names = "--plaintext",
      description = "Listen beyond this machine without encryption: tokens can be read.")
  private boolean plaintext;

  @Option(
      names = "--max-staleness",
      paramLabel = "TIME",
      description = "How stale an answer may be, like 1s; the same for all nodes of a database.")
  private @Nullable Duration maxStaleness;

  @Mixin private MailOptions mail = new MailOptions();

  @Option(
      names = "--audit-heads",
      paramLabel = "FILE",
      description =
          "A file outside of the database to note in where the organizations' logs stand, for"
              + " 'audit verify --heads'. It is only added to; each node has one of its own. Env:"
              + " SIGHTLINE_AUDIT_HEADS.")
  private @Nullable Path auditHeads;

  @Option(
      names = "--audit-heads-every",
      paramLabel = "TIME",
      description = "How often to note them. Default: 1h.",
      defaultValue = "1h")
  private Duration auditHeadsEvery = Duration.ofHours(1);

  @Mixin private OutputOptions output = new OutputOptions();

  ServeCommand(Terminal terminal, ServerLauncher launcher) {
    this.terminal = terminal;
    this.launcher = launcher;
  }

  @Override
  public Integer call() throws Exception {
    return launcher.serve(options(), terminal.out(), terminal.err());
  }

  private ServeOptions options() {
    checkPort("--port", port);
    checkPort("--http-port", httpPort);
    Optional<ServeOptions.Tls> tls = tls();
    boolean local = isLoopback(host);
    if (!local && tls.isEmpty() && !plaintext) {
      throw CommandFailure.usage(
          host + " can be reached from elsewhere: say --tls-cert and --tls-key, or --plaintext.");
    }
    if (!local && (insecureLocal || demo)) {
      throw CommandFailure.usage(
          host + " can be reached from elsewhere: --insecure-local and --demo are for localhost.");
    }
    return new ServeOptions(
        host,
        port,
        noHttp ? OptionalInt.empty() : OptionalInt.of(httpPort),
        data,
        database(),
        insecureLocal || demo,
        demo,
        tls,
        Optional.ofNullable(maxStaleness),
        mail.mail(terminal.environment()),
        auditHeads(),
        output.colored(terminal));
  }

  private static void checkPort(String option, int port) {
    if (port < 0 || port > MAX_PORT) {
      throw CommandFailure.usage(option + ": " + port + ", expected 0 to " + MAX_PORT + ".");
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  private Optional<ServeOptions.Tls> tls() {
    if (tlsCertificates == null && tlsKey == null) {
      return Optional.empty();
    }
    if (tlsCertificates == null || tlsKey == null) {
      throw CommandFailure.usage("--tls-cert and --tls-key belong together.");
    }
    return Optional.of(new ServeOptions.Tls(tlsCertificates, tlsKey));
  }

  private Optional<ServeOptions.AuditHeads> auditHeads() {
    if (auditHeadsEvery.compareTo(Duration.ofSeconds(1)) < 0) {
      throw CommandFailure.usage("--audit-heads-every: expected 1s or more.");
    }
    return Optional.ofNullable(auditHeads)
        .map(file -> new ServeOptions.AuditHeads(file, auditHeadsEvery));
  }

  private Optional<ServeOptions.Database> database() {
    return databaseUrl.isEmpty()
        ? Optional.empty()
        : Optional.of(new ServeOptions.Database(databaseUrl, databaseUser, password()));
  }

  private String password() {
    if (databasePasswordFile == null) {
      return terminal.environment().getOrDefault("SIGHTLINE_DATABASE_PASSWORD", "");
    }
    try {
      return Files.readString(databasePasswordFile).strip();
    } catch (IOException e) {
      throw CommandFailure.usage(
          "--database-password-file: " + databasePasswordFile + " cannot be read.");
    }
  }
}
