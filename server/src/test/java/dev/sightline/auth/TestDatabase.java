package dev.sightline.auth;

import dev.sightline.store.Database;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all tests of this package, and in it a database for each that asks. */
public final class TestDatabase {
  private static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start(folder(), _ -> {});
  private static final AtomicInteger MADE = new AtomicInteger();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(POSTGRES::close));
  }

  private static final Database SHARED = empty();

  private TestDatabase() {}

  /** A database that other tests use, too; nobody closes it. */
  public static Database shared() {
    return SHARED;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("sightline-auth-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A database that nobody has used. */
  public static Database empty() {
    DatabaseSettings settings = POSTGRES.settings();
    String name = "auth_" + MADE.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    String url = settings.url().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
    return Database.open(
        DatabaseSettings.of(url, settings.user(), settings.password()).withConnections(4, 4));
  }
}
