package dev.sightline.store;

import static dev.sightline.store.Sample.append;
import static dev.sightline.store.Sample.creation;
import static dev.sightline.store.TestDatabase.newOrganization;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.store.Proofs.Proof;
import dev.sightline.store.Proofs.ProvenHead;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ProofsTest {
  private final Database database = TestDatabase.shared();
  private final OrganizationStore store = database.organizations();

  @Test
  void a_proof_says_where_each_organization_stands_and_which_do_not_exist() {
    OrganizationId one = newOrganization();
    OrganizationId two = newOrganization();
    OrganizationId none = newOrganization();
    Position first = append(store, one, creation());
    append(store, two, creation());
    Position second = append(store, two, Sample.user(Sample.ADA, Sample.ADMIN));

    Proof proof = database.proofs().prove(List.of(one, two, none));
    assertEquals(Set.of(one, two), proof.heads().keySet());
    assertEquals(head(first), proof.head(one));
    assertEquals(head(second), proof.head(two));
    assertNull(proof.head(none));
    assertFalse(proof.databaseTime().isBefore(second.endedThrough()));
  }

  /** {@link Sample} leaves the revision's number as its fingerprint. */
  private static ProvenHead head(Position position) {
    return new ProvenHead(position.revision(), position.head(), position.revision());
  }

  @Test
  void that_nothing_asked_for_exists_is_proved_too() {
    assertEquals(Map.of(), database.proofs().prove(List.of(newOrganization())).heads());
    assertEquals(Map.of(), database.proofs().prove(List.of()).heads());
  }

  @Test
  void a_proof_does_not_wait_for_a_writer() throws Exception {
    OrganizationId acme = newOrganization();
    append(store, acme, creation());
    var locked = new CountDownLatch(1);
    var proved = new CountDownLatch(1);
    try (var writer = Executors.newSingleThreadExecutor()) {
      Future<Position> writing =
          writer.submit(() ->
              store.write(
                  acme,
                  transaction -> {
                    locked.countDown();
                    await(proved);
                    return transaction.append(
                        Sample.AUTHOR,
                        transaction.now(),
                        List.of(Sample.user(Sample.ADA, Sample.ADMIN)),
                        2);
                  }));
      locked.await();
      assertEquals(1, database.proofs().prove(List.of(acme)).head(acme).revision());
      proved.countDown();
      writing.get();
      assertEquals(2, database.proofs().prove(List.of(acme)).head(acme).revision());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_database_that_does_not_answer_in_time_proves_nothing() {
    DatabaseSettings settings = TestDatabase.fresh();
    try (Database fresh = Database.open(settings)) {
      fresh.proofs().prove(List.of());
      TestDatabase.execute(settings, "ALTER TABLE token_epoch RENAME TO epochs");
      TestDatabase.execute(
          settings, "CREATE VIEW token_epoch AS SELECT one, epoch FROM epochs, pg_sleep(2)");
      assertThrows(StoreUnavailable.class, () -> fresh.proofs().prove(List.of()));
    }
  }
}
