package dev.sightline.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Statements of a transaction that wait to be sent together. Those on one table keep their order
 * and consecutive equal ones become one batch; those on different tables do not know of each other,
 * as there are no foreign keys, so a mixed sequence of changes still makes few batches.
 *
 * <p>INVARIANT: each statement touches exactly as many rows as its writer said, else {@link
 * StoreFault}.
 */
final class PendingStatements {
  private final Map<Table<?>, List<Run>> byTable = new LinkedHashMap<>();

  /** Statements with the same text, one after the other. */
  private record Run(Prepared statement, List<Row> rows) {}

  private static final int ANY = -1;

  private record Row(int expected, List<@Nullable Object> values) {}

  /** Adds a statement that touches one row. */
  void add(Table<?> table, Prepared statement, @Nullable Object... values) {
    addTouching(1, table, statement, values);
  }

  /** Adds a statement that touches so many rows. */
  void addTouching(int expected, Table<?> table, Prepared statement, @Nullable Object... values) {
    List<Run> runs = byTable.computeIfAbsent(table, _ -> new ArrayList<>());
    if (runs.isEmpty() || runs.getLast().statement != statement) {
      runs.add(new Run(statement, new ArrayList<>()));
    }
    runs.getLast().rows.add(new Row(expected, Arrays.asList(values)));
  }

  /** Adds a statement that may touch any number of rows, or none. */
  void addTouchingAny(Table<?> table, Prepared statement, @Nullable Object... values) {
    addTouching(ANY, table, statement, values);
  }

  void send(Connection connection) throws SQLException {
    for (List<Run> runs : byTable.values()) {
      for (Run run : runs) {
        send(connection, run);
      }
    }
    byTable.clear();
  }

  private static void send(Connection connection, Run run) throws SQLException {
    try (PreparedStatement statement = run.statement.open(connection)) {
      if (run.rows.size() == 1) {
        Row row = run.rows.getFirst();
        Prepared.bind(statement, row.values.toArray());
        require(run, row, statement.executeUpdate());
        return;
      }
      for (Row row : run.rows) {
        Prepared.bind(statement, row.values.toArray());
        statement.addBatch();
      }
      int[] touched = statement.executeBatch();
      for (int i = 0; i < touched.length; i++) {
        require(run, run.rows.get(i), touched[i]);
      }
    }
  }

  private static void require(Run run, Row row, int touched) {
    // The driver joins inserts into one and then knows no single counts; an insert cannot miss.
    if (row.expected != ANY && touched != row.expected && touched != Statement.SUCCESS_NO_INFO) {
      throw new StoreFault(
          "a statement touched %d rows instead of %d, so rows and log do not agree: %s"
              .formatted(touched, row.expected, run.statement));
    }
  }
}
