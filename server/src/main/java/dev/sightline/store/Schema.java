package dev.sightline.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database's tables to what this program knows. */
final class Schema {
  private Schema() {}

  /**
   * Runs the migrations that the database has not seen.
   *
   * @throws StartRefused if it has seen some that this program does not know
   */
  static void migrate(DatabaseSettings settings) {
    FluentConfiguration configuration =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(settings.url(), settings.user(), settings.password())
            .locations("classpath:db/migration")
            .javaMigrations(new IndexLog(), new RecordErasures());
    configuration.loggers("slf4j");
    Flyway flyway = configuration.load();
    try {
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      if (SqlFailures.isAway(e)) {
        throw SqlFailures.translated(e);
      }
      throw new StartRefused(
          "The database's tables cannot be brought up to date: " + e.getMessage(), e);
    }
  }

  private static void refuseNewer(Flyway flyway) {
    for (MigrationInfo applied : flyway.info().applied()) {
      if (applied.getState() == MigrationState.FUTURE_SUCCESS
          || applied.getState() == MigrationState.FUTURE_FAILED) {
        throw new StartRefused(
            "The database has been migrated to version "
                + applied.getVersion()
                + " by a newer Sightline, which this program does not know; start the newer one.");
      }
    }
  }
}
