package dev.sightline.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Databases that are thrown away: for scenarios, and for whoever tries something out. */
public final class ScratchDatabases implements AutoCloseable {
  private static final String TEMPLATE = "sightline_template";

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final AtomicInteger made = new AtomicInteger();

  private ScratchDatabases(Path folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /** Starts a PostgreSQL in a folder that is deleted again. */
  public static ScratchDatabases start(Consumer<String> progress) {
    try {
      Path folder = Files.createTempDirectory("sightline-");
      var databases = new ScratchDatabases(folder, EmbeddedPostgres.start(folder, progress));
      databases.execute("CREATE DATABASE " + TEMPLATE);
      Database.open(databases.settings(TEMPLATE).withConnections(1, 1)).close();
      return databases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty database, migrated. */
  public Scratch create() {
    String name = "scratch_" + made.incrementAndGet();
    execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    return new Scratch(name);
  }

  /** One database. Closing drops it. */
  public final class Scratch implements AutoCloseable {
    private final String name;

    private Scratch(String name) {
      this.name = name;
    }

    public DatabaseSettings settings() {
      return ScratchDatabases.this.settings(name);
    }

    @Override
    public void close() {
      execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
  }

  private DatabaseSettings settings(String name) {
    DatabaseSettings own = postgres.settings();
    String url = own.url().replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + name);
    return new DatabaseSettings(
        url, own.user(), own.password(), own.writers(), own.readers(), own.time());
  }

  private void execute(String sql) {
    DatabaseSettings own = postgres.settings();
    try (Connection connection =
            DriverManager.getConnection(own.url(), own.user(), own.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw SqlFailures.translated(e);
    }
  }

  @Override
  public void close() {
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
