package dev.sightline.store;

import dev.sightline.model.OrganizationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL for all tests of a JVM. Tests keep apart by organizations of their own, or where
 * they concern what is global, by databases of their own.
 */
final class TestDatabase {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final EmbeddedPostgres POSTGRES = start();
  private static final Database SHARED = Database.open(settings());

  private TestDatabase() {}

  private static EmbeddedPostgres start() {
    try {
      Path folder = Files.createTempDirectory("sightline-test");
      EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, _ -> {});
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, folder)));
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(EmbeddedPostgres postgres, Path folder) {
    postgres.close();
    GenerateTables.delete(folder);
  }

  static DatabaseSettings settings() {
    return POSTGRES.settings();
  }

  static Database shared() {
    return SHARED;
  }

  /** A database of its own, empty and not migrated. */
  static DatabaseSettings fresh() {
    String name = "fresh" + COUNT.incrementAndGet();
    execute("CREATE DATABASE " + name);
    DatabaseSettings shared = settings();
    return DatabaseSettings.of(
            shared.url().replace("/postgres?", "/" + name + "?"), shared.user(), shared.password())
        .withConnections(2, 2);
  }

  static OrganizationId newOrganization() {
    return new OrganizationId("org-" + COUNT.incrementAndGet());
  }

  /** Does behind the store's back what nobody should. */
  static void execute(String sql) {
    execute(settings(), sql);
  }

  /** What a query says that has one row with one text. */
  static String text(String query) {
    return text(settings(), query);
  }

  static String text(DatabaseSettings settings, String query) {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void execute(DatabaseSettings settings, String sql) {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
