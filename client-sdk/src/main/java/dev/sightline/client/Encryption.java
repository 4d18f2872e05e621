package dev.sightline.client;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** How the connection is protected. */
sealed interface Encryption {
  /** By TLS, or not at all on loopback: what applies if nothing is said. */
  record ByTarget() implements Encryption {}

  /** By TLS, trusting the certificate authorities of the Java runtime. */
  record Tls() implements Encryption {}

  /** By TLS, trusting the certificate authorities in a PEM file only. */
  record Trusting(Path authorities) implements Encryption {}

  /** Not at all. */
  record Plaintext() implements Encryption {}

  default ChannelCredentials credentials(Target target) {
    return switch (this) {
      case ByTarget _ when target.isLoopback() -> InsecureChannelCredentials.create();
      case ByTarget _, Tls _ -> TlsChannelCredentials.create();
      case Plaintext _ -> InsecureChannelCredentials.create();
      case Trusting(var authorities) -> trusting(authorities);
    };
  }

  private static ChannelCredentials trusting(Path authorities) {
    try {
      return TlsChannelCredentials.newBuilder().trustManager(authorities.toFile()).build();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The certificate authorities in " + authorities + " cannot be read; it must be PEM.", e);
    }
  }
}
