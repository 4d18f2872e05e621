package dev.sightline;

import dev.sightline.cache.DatabaseClock;
import dev.sightline.mail.MailSettings;
import dev.sightline.store.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one node serves.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param tls null: plaintext
 * @param insecureLocal whether calls need no token; only on loopback
 * @param maxStaleness null: as the database says; kept there, for all nodes
 * @param clock what the database's clock shows; together with {@code database.time()} the only
 *     sources of time for what ends
 * @param graphMemory how much memory the graphs may take, in bytes, about
 * @param mail how mail is sent
 * @param auditHeads where to note now and then where the organizations' logs stand; null: nowhere
 * @param http null: no JSON over HTTP
 */
public record ServerSettings(
    String host,
    int port,
    @Nullable Tls tls,
    boolean insecureLocal,
    DatabaseSettings database,
    @Nullable Duration maxStaleness,
    DatabaseClock clock,
    long graphMemory,
    MailSettings mail,
    @Nullable AuditHeadsFile auditHeads,
    @Nullable Http http) {
  /** Over gRPC alone, with mail that stays in the process, and without a file of audit heads. */
  public ServerSettings(
      String host,
      int port,
      @Nullable Tls tls,
      boolean insecureLocal,
      DatabaseSettings database,
      @Nullable Duration maxStaleness,
      DatabaseClock clock,
      long graphMemory) {
    this(
        host,
        port,
        tls,
        insecureLocal,
        database,
        maxStaleness,
        clock,
        graphMemory,
        MailSettings.IN_MEMORY,
        null,
        null);
  }

  /** Certificates and the key to them, PEM files. */
  public record Tls(Path certificates, Path key) {}

  /** A file outside of the database that heads are added to, and how often. */
  public record AuditHeadsFile(Path file, Duration every) {}

  /**
   * JSON over HTTP, on the same host and with the same certificates.
   *
   * @param port 0 for any that is free
   */
  public record Http(int port) {}

  /** On loopback, without tokens, with the database's own clock and half of the heap for graphs. */
  public static ServerSettings local(DatabaseSettings database, int port) {
    return new ServerSettings(
        "127.0.0.1",
        port,
        null,
        true,
        database,
        null,
        DatabaseClock.measured(),
        Runtime.getRuntime().maxMemory() / 2);
  }

  public ServerSettings withTokens() {
    return new ServerSettings(
        host, port, tls, false, database, maxStaleness, clock, graphMemory, mail, auditHeads, http);
  }

  /** With heads noted in a file. */
  public ServerSettings withAuditHeads(AuditHeadsFile heads) {
    return new ServerSettings(
        host,
        port,
        tls,
        insecureLocal,
        database,
        maxStaleness,
        clock,
        graphMemory,
        mail,
        heads,
        http);
  }

  /** On a clock that somebody sets, for what transactions take for the time and for what ends. */
  public ServerSettings withStory(StoryClock story) {
    return new ServerSettings(
        host,
        port,
        tls,
        insecureLocal,
        database.withTime(_ -> story.now()),
        maxStaleness,
        story,
        graphMemory,
        mail,
        auditHeads,
        http);
  }

  public ServerSettings withMail(MailSettings other) {
    return new ServerSettings(
        host,
        port,
        tls,
        insecureLocal,
        database,
        maxStaleness,
        clock,
        graphMemory,
        other,
        auditHeads,
        http);
  }

  /** Over HTTP, too. */
  public ServerSettings withHttp(Http other) {
    return new ServerSettings(
        host,
        port,
        tls,
        insecureLocal,
        database,
        maxStaleness,
        clock,
        graphMemory,
        mail,
        auditHeads,
        other);
  }
}
