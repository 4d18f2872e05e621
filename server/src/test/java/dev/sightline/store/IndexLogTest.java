package dev.sightline.store;

import static dev.sightline.store.Sample.append;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Change;
import dev.sightline.change.Change.EstateInherited;
import dev.sightline.model.OrganizationId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.Test;

class IndexLogTest {
  private static final DatabaseSettings SETTINGS = TestDatabase.fresh();

  @Test
  void what_was_logged_before_there_was_an_index_is_found_like_what_is_logged_now()
      throws Exception {
    try (Database database = Database.open(SETTINGS);
        Connection connection =
            DriverManager.getConnection(SETTINGS.url(), SETTINGS.user(), SETTINGS.password())) {
      for (String id : List.of("acme", "other")) {
        var organization = new OrganizationId(id);
        List<Change> changes = new ArrayList<>(Sample.everything(organization));
        append(database.organizations(), organization, changes);
        append(
            database.organizations(),
            organization,
            new EstateInherited(Sample.ADA, Sample.BOB, List.of(Sample.COSTS, Sample.PLANS)));
      }
      List<String> written = rows(connection);
      assertTrue(written.contains("acme user:bob 2 0"), "who inherits is named");
      assertTrue(written.contains("acme dashboard:plans 2 0"), "all that is inherited is named");
      assertTrue(written.contains("acme user:support:eve 1 16"), "agents are users");
      assertTrue(written.contains("acme workspace:attic 1 15"), "however deep it stands");
      assertTrue(written.contains("other actor:ada 1 0"));
      TestDatabase.execute(SETTINGS, "DELETE FROM log_subject");
      new IndexLog().migrate(on(connection));
      assertEquals(written, rows(connection));
    }
  }

  private static List<String> rows(Connection connection) throws SQLException {
    List<String> found = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT organization_id, subject, revision, number FROM log_subject ORDER BY 1, 2, 3, 4")) {
      while (rows.next()) {
        found.add(
            rows.getString(1)
                + " "
                + rows.getString(2)
                + " "
                + rows.getLong(3)
                + " "
                + rows.getInt(4));
      }
    }
    return found;
  }

  private static Context on(Connection connection) {
    return new Context() {
      @Override
      public Configuration getConfiguration() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Connection getConnection() {
        return connection;
      }
    };
  }
}
