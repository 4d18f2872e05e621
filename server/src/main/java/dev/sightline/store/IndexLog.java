package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_RECORD;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Makes what was logged before there was an index searchable. In Java, so that old records are read
 * by the same rule as new ones.
 */
final class IndexLog implements JavaMigration {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int FETCH = 1_000;

  private static final Prepared READ =
      Prepared.of(
          DSL.select(
                  LOG_RECORD.ORGANIZATION_ID,
                  LOG_RECORD.REVISION,
                  LOG_RECORD.NUMBER,
                  LOG_RECORD.BODY)
              .from(LOG_RECORD)
              .orderBy(LOG_RECORD.ORGANIZATION_ID, LOG_RECORD.REVISION, LOG_RECORD.NUMBER));

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("4.1");
  }

  @Override
  public String getDescription() {
    return "index the log";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws Exception {
    Connection connection = context.getConnection();
    try (PreparedStatement statement = READ.open(connection)) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery()) {
        index(connection, rows);
      }
    }
  }

  private static void index(Connection connection, ResultSet rows) throws Exception {
    PendingStatements pending = new PendingStatements();
    LogIndex index = new LogIndex(pending);
    int waiting = 0;
    while (rows.next()) {
      index.add(
          rows.getString(1),
          rows.getLong(2),
          rows.getInt(3),
          LogSubject.all(JSON.readTree(rows.getBytes(4))));
      if (++waiting == FETCH) {
        index.flush();
        pending.send(connection);
        waiting = 0;
      }
    }
    index.flush();
    pending.send(connection);
  }
}
