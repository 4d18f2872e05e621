package dev.sightline.store;

import java.sql.SQLException;

/** Carries an SQL failure out of a lambda to where {@link SqlFailures} says what it means. */
final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SqlFailure(SQLException cause) {
    super(cause);
  }
}
