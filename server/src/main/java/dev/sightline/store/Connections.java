package dev.sightline.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Carries out transactions on the connections of one pool, and says what their failures mean. */
final class Connections {
  /** Races are lost to somebody who won, so that many in a row mean that something is wrong. */
  private static final int ATTEMPTS = 20;

  private final DataSource pool;

  /**
   * @param pool of connections with autocommit off
   */
  Connections(DataSource pool) {
    this.pool = pool;
  }

  /** What happens on a connection. */
  @FunctionalInterface
  interface Work<R extends @Nullable Object> {
    R on(Connection connection) throws SQLException;
  }

  static DSLContext statements(Connection connection) {
    return DSL.using(connection, SQLDialect.POSTGRES);
  }

  /** In one transaction that is committed; again if it has lost a race. */
  <R extends @Nullable Object> R write(Work<R> work) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = pool.getConnection()) {
        R result = attempt(connection, work);
        commit(connection);
        return result;
      } catch (SQLException | RuntimeException e) {
        if (!hasLostRace(e) || attempt == ATTEMPTS) {
          throw SqlFailures.translated(e);
        }
      }
    }
  }

  /** In one transaction that changes nothing. */
  <R extends @Nullable Object> R read(Work<R> work) {
    try (Connection connection = pool.getConnection()) {
      R result = attempt(connection, work);
      connection.rollback();
      return result;
    } catch (SQLException | RuntimeException e) {
      throw SqlFailures.translated(e);
    }
  }

  private static <R extends @Nullable Object> R attempt(Connection connection, Work<R> work)
      throws SQLException {
    boolean done = false;
    try {
      R result = work.on(connection);
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack(connection);
      }
    }
  }

  /** Whatever went wrong before matters more than that it could not be rolled back, too. */
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is gone, and the transaction with it.
    }
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlFailures.isAway(e)) {
        throw new CommitOutcomeUnknown(e);
      }
      throw e;
    }
  }

  /**
   * Also of two that take the same id, or the same key, at once: the second then finds it taken.
   */
  private static boolean hasLostRace(Exception failure) {
    return SqlFailures.isRetried(failure)
        || SqlFailures.isDuplicate(failure, "organization_pkey")
        || SqlFailures.isDuplicate(failure, "support_grant_id_pkey")
        || SqlFailures.isDuplicate(failure, "support_agent_key_pkey");
  }
}
