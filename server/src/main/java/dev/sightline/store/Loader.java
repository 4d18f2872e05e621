package dev.sightline.store;

import dev.sightline.change.OrganizationFacts;
import dev.sightline.model.OrganizationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads an organization in three round trips: the head, which opens the snapshot; everything else;
 * the end of the transaction. What is too large to be held in memory twice is streamed instead,
 * kind by kind.
 */
final class Loader {
  /** From so many rows on, an organization is streamed. */
  private static final long STREAMED_FROM = 20_000;

  private static final int FETCH = 10_000;

  private static final String EVERYTHING =
      LoadQuery.ALL.stream().map(query -> query.text().toString()).collect(Collectors.joining(";"));

  private Loader() {}

  /**
   * @param connection whose transactions are REPEATABLE READ, so that the first statement's
   *     snapshot serves all
   */
  static @Nullable Head load(
      Connection connection, Registration registration, OrganizationId organization, FactSink sink)
      throws SQLException {
    Head head = head(connection, registration, organization, sink);
    if (head == null) {
      return null;
    }
    Counts found =
        rows(head.counts()) < STREAMED_FROM
            ? atOnce(connection, organization, sink)
            : streamed(connection, organization, sink);
    if (!found.equals(head.counts())) {
      throw new StoreFault(
          "organization %s has other rows than it counts: %s instead of %s"
              .formatted(organization, found, head.counts()));
    }
    return head;
  }

  private static @Nullable Head head(
      Connection connection, Registration registration, OrganizationId organization, FactSink sink)
      throws SQLException {
    Registration.Beat due = registration.acknowledged();
    try (PreparedStatement statement = LoadQuery.HEAD.open(connection)) {
      Prepared.bind(statement, Registration.node(due), organization.value());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new StoreFault("the row that counts the changes of tokens is missing");
        }
        if (row.getBoolean(1)) {
          throw StoreUnavailable.standby();
        }
        registration.require(due, row.getObject(2, Long.class));
        String name = row.getString(3);
        if (name == null) {
          return null;
        }
        Head head = Heads.read(row, 5);
        String parent = row.getString(4);
        sink.organization(
            head, new OrganizationFacts(name, parent == null ? null : new OrganizationId(parent)));
        return head;
      }
    }
  }

  private static long rows(Counts counts) {
    return counts.users() + counts.memberships() + counts.dashboards() + counts.entries();
  }

  private static Counts atOnce(Connection connection, OrganizationId organization, FactSink sink)
      throws SQLException {
    var found = new LoadQuery.Found();
    try (PreparedStatement statement = connection.prepareStatement(EVERYTHING)) {
      for (int i = 0; i < LoadQuery.ALL.size(); i++) {
        statement.setString(i + 1, organization.value());
      }
      statement.execute();
      for (LoadQuery query : LoadQuery.ALL) {
        try (ResultSet rows = statement.getResultSet()) {
          query.reader().read(rows, sink, found);
        }
        statement.getMoreResults();
      }
    }
    return found.counts();
  }

  private static Counts streamed(Connection connection, OrganizationId organization, FactSink sink)
      throws SQLException {
    var found = new LoadQuery.Found();
    for (LoadQuery query : LoadQuery.ALL) {
      try (PreparedStatement statement = query.text().open(connection)) {
        statement.setFetchSize(FETCH);
        Prepared.bind(statement, organization.value());
        try (ResultSet rows = statement.executeQuery()) {
          query.reader().read(rows, sink, found);
        }
      }
    }
    return found.counts();
  }
}
