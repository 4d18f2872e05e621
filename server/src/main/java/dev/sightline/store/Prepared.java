package dev.sightline.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the typed DSL whose text is rendered once. Rendering costs as much as a short
 * statement takes to run; on the path of a write and of a proof it is done beforehand.
 */
final class Prepared {
  private final String sql;

  private Prepared(String sql) {
    this.sql = sql;
  }

  static Prepared of(Query query) {
    return new Prepared(DSL.using(SQLDialect.POSTGRES).render(query));
  }

  PreparedStatement open(Connection connection) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** Sets the parameters, in the order in which the statement names them. */
  static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setObject(index, null);
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      case Enum<?> constant -> statement.setString(index, constant.name());
      case byte[] bytes -> statement.setBytes(index, bytes);
      case String[] texts ->
          statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
      case Integer[] numbers ->
          statement.setArray(index, statement.getConnection().createArrayOf("int4", numbers));
      default -> statement.setObject(index, value);
    }
  }

  @Override
  public String toString() {
    return sql;
  }
}
