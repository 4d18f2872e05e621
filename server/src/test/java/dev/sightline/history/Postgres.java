package dev.sightline.history;

import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;

/**
 * A PostgreSQL on a folder, which can be stopped, started again, and copied while it is stopped.
 */
final class Postgres {
  /** It writes errors where there are none: stopping what is stopped already. */
  private static final Logger NOISE =
      Logger.getLogger("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");

  private final Path folder;
  private volatile EmbeddedPostgres running;

  private Postgres(Path folder) {
    this.folder = folder;
  }

  static Postgres start(Path folder) {
    Postgres postgres = new Postgres(folder);
    NOISE.setLevel(java.util.logging.Level.OFF);
    postgres.start();
    return postgres;
  }

  void start() {
    running = EmbeddedPostgres.start(folder, _ -> {});
  }

  int port() {
    return URI.create(running.settings().url().substring("jdbc:".length())).getPort();
  }

  /** The way to its one database, by this port instead of its own. */
  DatabaseSettings through(int port) {
    DatabaseSettings own = running.settings();
    return DatabaseSettings.of(
        own.url().replaceFirst("//[^/]*/", "//127.0.0.1:" + port + "/"), own.user(), "");
  }

  /** A connection past all lines. */
  Connection connect() throws SQLException {
    DatabaseSettings own = running.settings();
    var properties = new Properties();
    properties.setProperty("user", own.user());
    properties.setProperty("socketTimeout", "5");
    properties.setProperty("connectTimeout", "2");
    return DriverManager.getConnection(own.url(), properties);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Stops it in order. */
  void stop() throws IOException {
    Optional<ProcessHandle> postmaster = postmaster();
    running.close();
    // On a busy machine it may take longer than whoever stops it waits.
    postmaster.ifPresent(it -> it.onExit().join());
  }

  /** Stops it as a crash would: what is not committed is lost, and the next start recovers. */
  void stopAtOnce() throws IOException {
    Optional<ProcessHandle> postmaster = postmaster();
    if (postmaster.isPresent()) {
      Shell.run(List.of("kill", "-QUIT", Long.toString(postmaster.get().pid())));
    }
    stop();
  }

  private Optional<ProcessHandle> postmaster() throws IOException {
    Path file = folder.resolve("postgresql/postmaster.pid");
    return Files.exists(file)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
        : Optional.empty();
  }

  /** Puts a copy of a stopped one's data there. */
  void copyTo(Path copy) throws IOException {
    Files.createDirectories(copy);
    Shell.run(List.of("cp", "-a", folder.resolve("postgresql").toString(), copy.toString()));
    Files.deleteIfExists(copy.resolve("postgresql/postmaster.pid"));
  }

  Path folder() {
    return folder;
  }
}
