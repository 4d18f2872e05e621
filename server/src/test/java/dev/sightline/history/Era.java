package dev.sightline.history;

import dev.sightline.change.Revision;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.LogTail;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database from when it could be reached until nobody can reach it any more, and what is in its
 * logs. There is a second one once a database was put back, or another took its place: their logs
 * begin alike.
 */
final class Era {
  private static final int AT_ONCE = 500;

  final String name;
  final long born;
  private final Branch[] branches;
  private volatile @Nullable Postgres database;
  private volatile long died = Long.MAX_VALUE;
  private volatile long readAsOf = Long.MIN_VALUE;
  private @Nullable Connection connection;

  private Era(String name, long born, Branch[] branches, Postgres database) {
    this.name = name;
    this.born = born;
    this.branches = branches;
    this.database = database;
  }

  static Era first(int organizations, Postgres database) {
    Branch[] branches = new Branch[organizations];
    for (int i = 0; i < organizations; i++) {
      branches[i] = new Branch();
    }
    return new Era("the first database", System.nanoTime(), branches, database);
  }

  /**
   * A database whose logs are the same as this one's up to some revision, as its heads say.
   *
   * @param heads each organization's revision in the other database
   */
  Era forked(String name, long born, Map<Integer, Long> heads, Postgres database) {
    Branch[] forked = new Branch[branches.length];
    for (int i = 0; i < forked.length; i++) {
      forked[i] = branches[i].until(Math.min(branches[i].last(), heads.getOrDefault(i, 0L)));
    }
    return new Era(name, born, forked, database);
  }

  Branch branch(int organization) {
    return branches[organization];
  }

  /** No more can be written there, and nobody can be told of it, from now on. */
  void died(long instant) {
    died = instant;
  }

  long died() {
    return died;
  }

  /** Where its log can be read; null: nowhere for now. */
  void readFrom(@Nullable Postgres where) {
    database = where;
  }

  /** Whether all is known that could be seen there until then. */
  boolean isKnownUntil(long instant) {
    return instant < born || readAsOf > Math.min(instant, died);
  }

  boolean isOver() {
    return readAsOf > died;
  }

  /** Reads what is new, if the database is there; tells the clock what time it has. */
  void read(DatabaseTime clock) {
    Postgres source = database;
    if (source == null || isOver()) {
      return;
    }
    try {
      if (connection == null) {
        connection = source.connect();
      }
      long begin = System.nanoTime();
      Map<Integer, Long> heads = heads(connection, clock);
      long received = System.nanoTime();
      for (Map.Entry<Integer, Long> head : heads.entrySet()) {
        follow(head.getKey(), head.getValue());
        branches[head.getKey()].acknowledged.add(head.getValue(), received);
      }
      readAsOf = begin;
    } catch (SQLException e) {
      disconnect();
    }
  }

  static Map<Integer, Long> heads(Connection connection, DatabaseTime clock) throws SQLException {
    Map<Integer, Long> heads = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      long sent = System.nanoTime();
      try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
        long received = System.nanoTime();
        row.next();
        Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
        clock.measured(sent, received, Branch.micros(time));
      }
      try (ResultSet rows = statement.executeQuery("SELECT id, revision FROM organization")) {
        while (rows.next()) {
          heads.put(number(rows.getString(1)), rows.getLong(2));
        }
      }
    }
    return heads;
  }

  private static int number(String organization) {
    return Integer.parseInt(organization.substring("org".length()));
  }

  private void follow(int organization, long head) throws SQLException {
    Branch branch = branches[organization];
    var id = new OrganizationId(Ids.organization(organization));
    while (branch.last() < head && connection != null) {
      for (Revision revision : LogTail.after(connection, id, branch.last(), AT_ONCE)) {
        branch.append(revision);
      }
    }
  }

  void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // It is of no use either way.
      }
    }
  }
}
