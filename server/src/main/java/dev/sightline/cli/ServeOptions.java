package dev.sightline.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to serve.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0: any free one
 * @param dataFolder where the embedded database keeps its data
 * @param database another database instead of the embedded one
 * @param insecureLocal whether callers on this machine need no token
 * @param demo whether to load and show the demo's data
 * @param tls what to encrypt with
 * @param maxStaleness how stale an answer may be; empty: as the database says
 * @param colored whether {@code out} shows colours
 */
public record ServeOptions(
    String host,
    int port,
    Path dataFolder,
    Optional<Database> database,
    boolean insecureLocal,
    boolean demo,
    Optional<Tls> tls,
    Optional<Duration> maxStaleness,
    boolean colored) {

  /** A database that somebody else runs. */
  public record Database(String url, String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Database[url=" + url.replaceAll("\\?.*", "") + ", user=" + user + "]";
    }
  }

  /** Certificates and the key to them, PEM. */
  public record Tls(Path certificates, Path key) {}
}
