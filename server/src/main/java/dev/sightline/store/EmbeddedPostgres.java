package dev.sightline.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A real PostgreSQL of the service's own, with its data in a folder that outlives restarts. It
 * commits to disk: {@code fsync} and {@code synchronous_commit} are on, which is asserted.
 *
 * <p>A service that is killed leaves its PostgreSQL running; starting again on the same folder
 * stops that one first. The binaries are unpacked once, into the folder that the system property
 * {@code ot.epg.working-dir} names (by default {@code embedded-pg} in the temporary folder).
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** The major version of the binaries that come along; a data folder of another is refused. */
  static final int MAJOR_VERSION = 18;

  private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);

  private final AtomicBoolean closed = new AtomicBoolean();
  private final DataFolder folder;
  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres postgres;

  private EmbeddedPostgres(
      DataFolder folder, io.zonky.test.db.postgres.embedded.EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /**
   * Starts PostgreSQL on this folder, which is made if it is missing. Takes some seconds the first
   * time, under one from then on.
   *
   * @param progress is told, in a sentence each, what takes long
   * @throws StartRefused if another service uses the folder, or a newer program has written it
   */
  public static EmbeddedPostgres start(Path path, Consumer<String> progress) {
    DataFolder folder = DataFolder.claim(path);
    try {
      folder.requireVersion(MAJOR_VERSION);
      folder.stopLeftover(progress);
      if (folder.isNew()) {
        progress.accept(
            "Setting up PostgreSQL in " + folder.data() + "; the first start takes some seconds.");
      }
      var started = new EmbeddedPostgres(folder, launch(folder.data()));
      started.requireDurable();
      return started;
    } catch (IOException e) {
      folder.release();
      throw new StartRefused(
          "PostgreSQL did not start in " + path + "; see the log above for its own words.", e);
    } catch (RuntimeException e) {
      folder.release();
      throw e;
    }
  }

  private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres launch(Path data)
      throws IOException {
    return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false) // whoever owns this closes it, after the last write
        .setLocaleConfig("locale", "C")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setPGStartupWait(STARTUP_LIMIT)
        .start();
  }

  private void requireDurable() {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet settings =
            statement.executeQuery(
                "SELECT current_setting('fsync'), current_setting('synchronous_commit')")) {
      settings.next();
      if (!settings.getString(1).equals("on") || !settings.getString(2).equals("on")) {
        throw new StartRefused(
            "PostgreSQL would lose acknowledged writes: fsync and synchronous_commit must be on.");
      }
    } catch (SQLException e) {
      close();
      throw SqlFailures.translated(e);
    } catch (StartRefused e) {
      close();
      throw e;
    }
  }

  /** How to reach it: its port is another after each start. */
  public DatabaseSettings settings() {
    return DatabaseSettings.of(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "");
  }

  /** Stops PostgreSQL, cutting whoever is connected, and frees the folder. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      postgres.close();
    } catch (IOException e) {
      throw new StoreUnavailable("PostgreSQL did not stop", e);
    } finally {
      folder.release();
    }
  }
}
