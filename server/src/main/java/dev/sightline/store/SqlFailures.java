package dev.sightline.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** The one place that tells what an SQL failure means. */
final class SqlFailures {
  private static final Set<String> RETRIED =
      Set.of(
          "40001", // serialization_failure
          "40P01"); // deadlock_detected

  private static final Set<String> AWAY =
      Set.of(
          "57P01", // admin_shutdown
          "57P02", // crash_shutdown
          "57P03", // cannot_connect_now
          "57014", // query_canceled: a statement's timeout
          "53300", // too_many_connections
          "55P03", // lock_not_available: its holder does not let go
          "25P03", // idle_in_transaction_session_timeout
          "25006"); // read_only_sql_transaction: this server is a standby by now

  private SqlFailures() {}

  /** What the store's callers see instead. */
  static RuntimeException translated(Exception failure) {
    if (failure instanceof StoreUnavailable || failure instanceof StoreFault) {
      return (RuntimeException) failure;
    }
    SQLException sql = sqlException(failure);
    if (sql == null) {
      return failure instanceof RuntimeException runtime
          ? runtime
          : new StoreFault("an unexpected failure of the database", failure);
    }
    if (isAway(sql) || isRetried(sql)) {
      return new StoreUnavailable("the database does not answer: " + sql.getMessage(), failure);
    }
    return new StoreFault("the database refused a statement: " + sql.getMessage(), failure);
  }

  /** Whether the transaction lost a race and the next attempt may win it. */
  static boolean isRetried(Exception failure) {
    SQLException sql = sqlException(failure);
    return sql != null && isRetried(sql);
  }

  /** Whether the connection went while it was waiting for an answer. */
  static boolean isAway(Exception failure) {
    SQLException sql = sqlException(failure);
    return sql != null && isAway(sql);
  }

  /** Whether a unique index with this name refused a row. */
  static boolean isDuplicate(Exception failure, String constraint) {
    SQLException sql = sqlException(failure);
    return sql instanceof PSQLException refused
        && "23505".equals(refused.getSQLState())
        && refused.getServerErrorMessage() != null
        && constraint.equals(refused.getServerErrorMessage().getConstraint());
  }

  private static boolean isRetried(SQLException sql) {
    return sql.getSQLState() != null && RETRIED.contains(sql.getSQLState());
  }

  private static boolean isAway(SQLException sql) {
    String state = sql.getSQLState();
    return sql instanceof SQLTransientConnectionException
        || (state != null && (state.startsWith("08") || AWAY.contains(state)));
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        // A batch's exception carries the server's own as the next one.
        return sql.getNextException() != null ? sql.getNextException() : sql;
      }
    }
    return null;
  }
}
