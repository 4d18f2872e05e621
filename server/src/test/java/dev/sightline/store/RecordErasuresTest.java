package dev.sightline.store;

import static dev.sightline.store.Sample.ADA;
import static dev.sightline.store.Sample.BOB;
import static dev.sightline.store.Sample.append;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Change;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Revision;
import dev.sightline.change.TeamFacts;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.Test;

/** What was erased before erasing was recorded. */
class RecordErasuresTest {
  private static final DatabaseSettings SETTINGS = TestDatabase.fresh();
  private static final OrganizationId ACME = new OrganizationId("acme");

  /** As the version before erased. */
  private static void eraseUnrecorded(String user) {
    TestDatabase.execute(
        SETTINGS,
        "UPDATE user_account SET name = NULL, name_folded = NULL, email = NULL,"
            + " email_canonical = NULL, title = NULL WHERE organization_id = 'acme' AND id = '"
            + user
            + "'; DELETE FROM log_personal WHERE organization_id = 'acme' AND about = '"
            + user
            + "'");
  }

  private record Verified(ChainCheck found, ChainVerification by) {}

  private static Verified verified(Database database) {
    ChainVerification verification = database.audit().verification(ACME);
    ChainCheck found = null;
    while (found == null) {
      found = verification.next();
    }
    return new Verified(found, verification);
  }

  @Test
  void what_was_erased_before_is_told_from_what_goes_without_a_record() throws Exception {
    try (Database database = Database.open(SETTINGS);
        Connection connection =
            DriverManager.getConnection(SETTINGS.url(), SETTINGS.user(), SETTINGS.password())) {
      OrganizationStore store = database.organizations();
      List<Change> everything = Sample.everything(ACME);
      append(store, ACME, everything.subList(0, everything.size() - 1));
      append(store, ACME, Sample.profile(BOB, "Bob", "bob@acme.test"));
      append(store, ACME, new UserChanged(BOB, Sample.ANALYST, null));
      append(store, ACME, new TeamChanged(Sample.NORTH, new TeamFacts("North"), null));
      eraseUnrecorded("bob");
      var before = assertInstanceOf(ChainCheck.Broken.class, verified(database).found());
      assertEquals(1, before.revision(), "a reason that he gave");

      new RecordErasures().migrate(on(connection));
      Verified whole = verified(database);
      assertInstanceOf(ChainCheck.Intact.class, whole.found(), () -> whole.found().toString());
      assertEquals(List.of(4L, 4L), List.of(whole.by().erased(), whole.by().unrecorded()));
      Revision recorded = store.revisions(ACME, 4, 10).getFirst();
      assertEquals(
          List.of(
              new PersonalDataErased(
                  Person.here(BOB),
                  List.of("after.email", "after.name", "after.title", "reason"),
                  4,
                  true)),
          recorded.changes());
      TestDatabase.execute(SETTINGS, "DELETE FROM log_personal WHERE about = '" + ADA + "'");
      assertTrue(
          verified(database).found() instanceof ChainCheck.Broken broken
              && broken.how().contains("ada"));
    }
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
