package dev.sightline.store;

import static dev.sightline.store.Sample.append;
import static dev.sightline.store.Sample.creation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.model.OrganizationId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which organizations there are: the count that a proof carries, and the list. */
class DirectoryEpochTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final OrganizationId BETA = new OrganizationId("beta");

  private final DatabaseSettings settings = TestDatabase.fresh();
  private final Database database = Database.open(settings);
  private final OrganizationStore store = database.organizations();

  @AfterEach
  void close() {
    database.close();
  }

  private long epoch() {
    return database.proofs().prove(List.of(ACME)).directoryEpoch();
  }

  @Test
  void every_creation_renews_the_epoch_and_no_other_write_does() {
    Set<Long> epochs = new HashSet<>();
    epochs.add(epoch());
    append(store, ACME, creation());
    assertTrue(epochs.add(epoch()));
    append(store, BETA, creation());
    long last = epoch();
    assertTrue(epochs.add(last));

    append(store, ACME, Sample.user(Sample.ADA, Sample.ADMIN));
    append(
        store, ACME, new OrganizationChanged(Sample.ACME, new OrganizationFacts("Renamed", null)));
    store.write(ACME, OrganizationTransaction::now);
    store.write(new OrganizationId("never-made"), OrganizationTransaction::now);
    database.tokens().revoke("unknown", Sample.T0);
    assertEquals(last, epoch());
    assertEquals(last, database.proofs().prove(List.of()).directoryEpoch());
  }

  @Test
  void organizations_made_in_one_transaction_renew_it() {
    append(store, ACME, creation());
    long before = epoch();
    List<OrganizationId> all = List.of(ACME, BETA, new OrganizationId("gamma"));
    store.writeAll(
        all,
        transactions -> {
          for (OrganizationTransaction transaction : transactions.subList(1, 3)) {
            transaction.append(Sample.AUTHOR, transaction.now(), List.of(creation()), 1);
          }
          return null;
        });
    assertNotEquals(before, epoch());
  }

  @Test
  void a_creation_that_is_rolled_back_leaves_the_epoch() {
    long before = epoch();
    assertThrows(
        ArithmeticException.class,
        () ->
            store.write(
                ACME,
                transaction -> {
                  transaction.append(Sample.AUTHOR, transaction.now(), List.of(creation()), 1);
                  throw new ArithmeticException("for the test");
                }));
    assertEquals(before, epoch());
  }

  @Test
  void organizations_are_created_at_the_same_time() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> creations = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        OrganizationId organization = new OrganizationId("org-" + i);
        creations.add(threads.submit(() -> append(store, organization, creation())));
      }
      for (Future<?> creation : creations) {
        creation.get();
      }
    }
    assertEquals(40, database.directory().organizationIds(null).size());
  }

  @Test
  void no_organization_is_created_unless_the_epoch_is_renewed() {
    TestDatabase.execute(settings, "DELETE FROM directory_epoch");
    assertThrows(StoreFault.class, () -> append(store, ACME, creation()));
    assertEquals(List.of(), database.directory().organizationIds(null));
    assertThrows(StoreFault.class, this::epoch);
  }

  @Test
  void ids_are_listed_in_order_all_or_those_of_a_realm() {
    List<OrganizationId> ids =
        IntStream.of(10, 9, 1).mapToObj(i -> new OrganizationId("under-" + i)).toList();
    append(store, BETA, creation());
    append(store, ACME, creation());
    for (OrganizationId under : ids) {
      append(store, under, new OrganizationChanged(null, new OrganizationFacts("Under", BETA)));
    }
    OrganizationId deeper = new OrganizationId("Deeper");
    append(
        store,
        deeper,
        new OrganizationChanged(null, new OrganizationFacts("Deeper", ids.getFirst())));

    List<OrganizationId> realm = List.of(deeper, BETA, ids.get(2), ids.get(0), ids.get(1));
    assertEquals(realm, database.directory().organizationIds(BETA));
    List<OrganizationId> all = new ArrayList<>(realm);
    all.add(1, ACME);
    assertEquals(all, database.directory().organizationIds(null));
    assertEquals(List.of(ACME), database.directory().organizationIds(ACME));
    assertEquals(List.of(), database.directory().organizationIds(deeper));
  }

  @Test
  void a_database_of_the_first_version_is_brought_up_to_date() {
    DatabaseSettings old = TestDatabase.fresh();
    Flyway.configure(getClass().getClassLoader())
        .dataSource(old.url(), old.user(), old.password())
        .locations("classpath:db/migration")
        .target("1")
        .load()
        .migrate();
    try (Database opened = Database.open(old)) {
      long before = opened.proofs().prove(List.of()).directoryEpoch();
      append(opened.organizations(), ACME, creation());
      assertNotEquals(before, opened.proofs().prove(List.of()).directoryEpoch());
    }
  }
}
