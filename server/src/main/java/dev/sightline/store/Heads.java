package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.NODE;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;

import dev.sightline.model.LogHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Reads the columns of an organization's row that make a {@link Head}. */
final class Heads {
  /** The columns, as {@link #read} expects them from its first column on. */
  static final List<Field<?>> COLUMNS =
      List.of(
          ORGANIZATION.REVISION,
          ORGANIZATION.HEAD,
          ORGANIZATION.AT,
          ORGANIZATION.FINGERPRINT,
          ORGANIZATION.USERS,
          ORGANIZATION.TEAMS,
          ORGANIZATION.MEMBERSHIPS,
          ORGANIZATION.WORKSPACES,
          ORGANIZATION.DASHBOARDS,
          ORGANIZATION.ENTRIES,
          ORGANIZATION.AGENTS,
          ORGANIZATION.GRANTS);

  /** Whether the server is a standby, which may lag behind. */
  static final Field<Boolean> IN_RECOVERY = DSL.function("pg_is_in_recovery", SQLDataType.BOOLEAN);

  /** Reads the database's clock when it is executed, unlike {@code now()}. */
  static final Field<Instant> CLOCK = DSL.function("clock_timestamp", SQLDataType.INSTANT);

  /** The beat of the node that asks; its name is a parameter. Null if it is no node. */
  static final Field<Long> OWN_BEAT =
      DSL.field(DSL.select(NODE.BEAT).from(NODE).where(NODE.ID.eq(DSL.param("node", NODE.ID))));

  /** The clock and the own beat, then the head. */
  static final Prepared LOCK = lock();

  /** The clock and the own beat. */
  static final Prepared READ_CLOCK = Prepared.of(DSL.select(CLOCK, OWN_BEAT));

  /** The same, for a transaction that may be about to make an organization. */
  static final Prepared BEGIN_NEW =
      Prepared.of(DSL.select(CLOCK, OWN_BEAT, idleLimit(Database.IDLE_LIMIT_OF_NEW)));

  /** For the end of such a transaction, which locks what others need. */
  static final Prepared END_NEW = Prepared.of(DSL.select(idleLimit(Database.IDLE_LIMIT)));

  private static Field<String> idleLimit(Duration limit) {
    return DSL.function(
        "set_config",
        SQLDataType.VARCHAR,
        DSL.inline("idle_in_transaction_session_timeout"),
        DSL.inline(Long.toString(limit.toMillis())),
        DSL.inline(true));
  }

  private Heads() {}

  /**
   * The clock is read by the outer query for a row that the inner one has locked, so after the lock
   * was taken. In the locking query itself it would be read before waiting for the lock.
   */
  private static Prepared lock() {
    CommonTableExpression<Record> locked =
        DSL.name("locked")
            .asMaterialized(
                DSL.select(COLUMNS)
                    .from(ORGANIZATION)
                    .where(ORGANIZATION.ID.eq(DSL.param("id", ORGANIZATION.ID)))
                    .forUpdate());
    List<SelectField<?>> columns = new ArrayList<>();
    columns.add(CLOCK);
    columns.add(OWN_BEAT);
    COLUMNS.forEach(column -> columns.add(locked.field(column)));
    return Prepared.of(DSL.with(locked).select(columns).from(locked));
  }

  static Head read(ResultSet row, int first) throws SQLException {
    return new Head(
        row.getLong(first),
        LogHash.of(row.getBytes(first + 1)),
        Instants.of(row, first + 2),
        row.getLong(first + 3),
        new Counts(
            row.getLong(first + 4),
            row.getLong(first + 5),
            row.getLong(first + 6),
            row.getLong(first + 7),
            row.getLong(first + 8),
            row.getLong(first + 9),
            row.getLong(first + 10),
            row.getLong(first + 11)));
  }
}
