package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, and how to talk to it. */
public final class ConnectionOptions {
  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "The server. Default: localhost:7411. Env: SIGHTLINE_SERVER.",
      defaultValue = "localhost:7411")
  private String server = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The API token. Better not typed: Env: SIGHTLINE_TOKEN.")
  private String token = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the API token in it. Env: SIGHTLINE_TOKEN_FILE.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--tls",
      description = "Encrypt, to this machine as well; to any other that is the default.")
  private boolean tls;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) to trust instead of the system's; implies --tls. Env: SIGHTLINE_CA.")
  private @Nullable Path ca;

  @Option(
      names = "--plaintext",
      description = "Do not encrypt, even to another machine: tokens and answers can be read.")
  private boolean plaintext;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long a call may take, like 500ms or 10s. Default: 30s.",
      defaultValue = "30s")
  private Duration timeout = Duration.ofSeconds(30);

  Duration timeout() {
    return timeout;
  }

  Server connect() {
    var address = ServerAddress.parse(server);
    return Server.connect(address, credentials(address), secret(), timeout);
  }

  private ChannelCredentials credentials(ServerAddress address) {
    boolean wantsTls = tls || ca != null;
    if (wantsTls && plaintext) {
      throw CommandFailure.usage("--tls or --ca and --plaintext exclude each other.");
    }
    boolean encrypted = wantsTls || !(plaintext || address.isLoopback());
    return encrypted ? tlsCredentials() : InsecureChannelCredentials.create();
  }

  private ChannelCredentials tlsCredentials() {
    var credentials = TlsChannelCredentials.newBuilder();
    if (ca != null) {
      try {
        credentials.trustManager(ca.toFile());
      } catch (IOException e) {
        throw CommandFailure.usage("--ca: " + ca + " cannot be read.");
      }
    }
    return credentials.build();
  }

  private String secret() {
    if (!token.isEmpty() || tokenFile == null) {
      return token;
    }
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw CommandFailure.usage("--token-file: " + tokenFile + " cannot be read.");
    }
  }
}
