package dev.sightline.store;

import static dev.sightline.store.Sample.ADA;
import static dev.sightline.store.Sample.BOB;
import static dev.sightline.store.Sample.append;
import static dev.sightline.store.Sample.creation;
import static dev.sightline.store.Sample.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sightline.change.Change;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.TeamFacts;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.TeamId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log is looked at in parts, and goes on meanwhile. */
class ChainVerificationTest {
  /** More than one part has. */
  private static final int MANY = 2_500;

  private final Database database = TestDatabase.shared();
  private final OrganizationStore store = database.organizations();
  private final OrganizationId acme = TestDatabase.newOrganization();

  private ChainVerification halfWay() {
    append(store, acme, creation(), user(ADA, Sample.ADMIN), user(BOB, Sample.ANALYST));
    append(store, acme, Sample.profile(BOB, "Bob", "bob@acme.test"));
    List<Change> teams = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      teams.add(new TeamChanged(new TeamId("t" + i), null, new TeamFacts("Team " + i)));
    }
    append(store, acme, teams);
    append(store, acme, new UserChanged(BOB, Sample.ANALYST, null));
    append(store, acme, Sample.profile(ADA, "Ada", "ada@acme.test"));
    ChainVerification verification = database.audit().verification(acme);
    assertNull(verification.next(), "there is more");
    return verification;
  }

  private static ChainCheck ended(ChainVerification verification) {
    ChainCheck found = verification.next();
    while (found == null) {
      found = verification.next();
    }
    return found;
  }

  @Test
  void what_is_erased_behind_it_and_before_it_is_no_tampering() {
    ChainVerification verification = halfWay();
    append(store, acme, new UserChanged(ADA, Sample.ADMIN, null));
    for (var person : List.of(Person.here(BOB), Person.here(ADA))) {
      append(
          store,
          acme,
          new PersonalDataErased(
              person, List.of("after.email", "after.name", "after.title"), 3, false));
    }
    assertInstanceOf(ChainCheck.Intact.class, ended(verification));
    assertEquals(8, verification.head().revision(), "it has looked on to where that is said");
    assertEquals(3, verification.erased(), "of Bob it had seen the values before");
  }

  @Test
  void what_is_written_meanwhile_is_left_for_the_next_time() {
    ChainVerification verification = halfWay();
    append(store, acme, Sample.profile(ADA, "Ada L.", "ada@acme.test"));
    var intact = assertInstanceOf(ChainCheck.Intact.class, ended(verification));
    assertEquals(5, intact.revision());
    assertEquals(MANY + 6, verification.records());
  }

  @Test
  void what_goes_meanwhile_without_a_record_is_tampering() {
    ChainVerification verification = halfWay();
    append(store, acme, Sample.profile(ADA, "Ada L.", "ada@acme.test"));
    TestDatabase.execute(
        "DELETE FROM log_personal WHERE about = 'ada' AND organization_id = '%s'".formatted(acme));
    var broken = assertInstanceOf(ChainCheck.Broken.class, ended(verification));
    assertEquals(5, broken.revision());
  }
}
