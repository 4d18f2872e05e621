package dev.sightline.store;

import static dev.sightline.store.Sample.ADA;
import static dev.sightline.store.Sample.AUTHOR;
import static dev.sightline.store.Sample.BOB;
import static dev.sightline.store.Sample.COSTS;
import static dev.sightline.store.Sample.LAB;
import static dev.sightline.store.Sample.NORTH;
import static dev.sightline.store.Sample.PLANS;
import static dev.sightline.store.Sample.SALES;
import static dev.sightline.store.Sample.append;
import static dev.sightline.store.Sample.creation;
import static dev.sightline.store.Sample.dashboard;
import static dev.sightline.store.Sample.grant;
import static dev.sightline.store.Sample.profile;
import static dev.sightline.store.Sample.request;
import static dev.sightline.store.Sample.user;
import static dev.sightline.store.TestDatabase.newOrganization;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.Change.AgentChanged;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.EstateInherited;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.MembershipChanged;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Change.WorkspaceChanged;
import dev.sightline.change.Entry;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.PersonalData;
import dev.sightline.change.Revision;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.Position;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrganizationStoreTest {
  private final OrganizationStore store = TestDatabase.shared().organizations();
  private final OrganizationId acme = newOrganization();

  private List<Change> loaded() {
    var facts = new Facts();
    assertNotNull(store.load(acme, facts));
    return facts.changes;
  }

  @Test
  void what_is_appended_is_what_is_loaded() {
    append(store, acme, Sample.everything(acme));

    List<Change> expected = new ArrayList<>(Sample.everything(acme));
    expected.removeIf(change -> !Sample.isLoaded(change));
    assertEquals(Set.copyOf(expected), Set.copyOf(loaded()));
    assertEquals(expected.size(), loaded().size());
  }

  @Test
  void changing_and_removing_every_kind_of_fact_leaves_what_it_should() {
    append(store, acme, Sample.everything(acme));
    var disabled = Sample.ANALYST.withStatus(Status.DISABLED);
    var renamed = new OrganizationFacts("New", null);
    var costs = Sample.COSTS_FACTS.withDraft(true).withCompanyDefault(Level.EDITOR);
    var viewer = new Entry(Level.VIEWER, null);
    var readdressed = Sample.REQUEST.addressedTo(BOB);
    append(
        store,
        acme,
        new OrganizationChanged(Sample.ACME, renamed),
        new UserChanged(BOB, Sample.ANALYST, disabled),
        new TeamChanged(NORTH, new TeamFacts("North"), new TeamFacts("Far North")),
        new WorkspaceChanged(LAB, new WorkspaceFacts("Lab"), new WorkspaceFacts("Labs")),
        new DashboardChanged(COSTS, Sample.COSTS_FACTS, costs),
        new EntryChanged(COSTS, BOB, Sample.UNTIL_SUMMER, viewer),
        new EntryChanged(COSTS, SALES, Sample.BARRED, viewer),
        new AgentChanged(Sample.AGENT, new AgentFacts("Support"), new AgentFacts("Tier 2")),
        new GrantChanged(grant(acme, "g1"), Sample.GROUP_GRANT, null),
        new RequestChanged(request(acme, "r1"), Sample.REQUEST, readdressed));
    append(
        store,
        acme,
        new SubscriptionChanged(PLANS, BOB, false),
        new MembershipChanged(SALES, BOB, false),
        new EntryChanged(PLANS, BOB, Sample.BARRED, null),
        new EntryChanged(COSTS, SALES, viewer, null),
        new DashboardChanged(PLANS, Sample.PLANS_FACTS, null),
        new MembershipChanged(SALES, NORTH, false),
        new TeamChanged(SALES, new TeamFacts("Sales"), null));

    assertEquals(
        Set.of(
            new OrganizationChanged(null, renamed),
            user(ADA, Sample.ADMIN),
            user(BOB, disabled),
            new TeamChanged(NORTH, null, new TeamFacts("Far North")),
            new WorkspaceChanged(LAB, null, new WorkspaceFacts("Labs")),
            dashboard(COSTS, costs),
            new EntryChanged(COSTS, BOB, null, viewer),
            new AgentChanged(Sample.AGENT, null, new AgentFacts("Tier 2")),
            new GrantChanged(grant(acme, "g2"), null, Sample.AGENT_GRANT),
            new RequestChanged(request(acme, "r1"), null, readdressed),
            new SubscriptionChanged(COSTS, BOB, true)),
        Set.copyOf(loaded()));

    append(
        store,
        acme,
        new EntryChanged(COSTS, BOB, viewer, null),
        new DashboardChanged(COSTS, costs, null),
        new AgentChanged(Sample.AGENT, new AgentFacts("Tier 2"), null),
        new GrantChanged(grant(acme, "g2"), Sample.AGENT_GRANT, null),
        new WorkspaceChanged(LAB, new WorkspaceFacts("Labs"), null),
        new TeamChanged(NORTH, new TeamFacts("Far North"), null),
        new RequestChanged(request(acme, "r1"), readdressed, readdressed.cancelled()),
        new SubscriptionChanged(COSTS, BOB, false),
        new UserChanged(BOB, disabled, null));
    assertEquals(
        List.of(new OrganizationChanged(null, renamed), user(ADA, Sample.ADMIN)), loaded());
  }

  @Test
  void the_head_keeps_revision_hash_time_fingerprint_and_counts() {
    Position position = append(store, acme, Sample.everything(acme));

    Head head = store.load(acme, new Facts());
    assertEquals(
        new Head(
            1, position.head(), position.endedThrough(), 1, new Counts(2, 2, 2, 1, 2, 3, 1, 2)),
        head);
    assertEquals(position, head.position());
  }

  @Test
  void all_that_one_person_owned_goes_to_another_at_once() {
    append(store, acme, Sample.everything(acme));
    append(store, acme, new EstateInherited(ADA, BOB, List.of(COSTS, PLANS)));

    assertTrue(loaded().contains(dashboard(COSTS, Sample.COSTS_FACTS.withOwner(BOB))));
    assertTrue(loaded().contains(dashboard(PLANS, Sample.PLANS_FACTS.withOwner(BOB))));
    assertThrows(
        StoreFault.class,
        () -> append(store, acme, new EstateInherited(ADA, BOB, List.of(COSTS, PLANS))));
  }

  @Test
  void revisions_after_a_point_are_those_appended_since() {
    append(store, acme, Sample.everything(acme));
    List<Change> second = List.of(dashboard(new DashboardId("d2"), Sample.PLANS_FACTS));
    List<Change> third =
        List.of(
            new EntryChanged(new DashboardId("d2"), BOB, null, Sample.BARRED),
            new EntryChanged(new DashboardId("d2"), SALES, null, Sample.UNTIL_SUMMER));
    Position two = append(store, acme, second);
    Position three = append(store, acme, third);

    List<Revision> since = List.of(new Revision(two, second), new Revision(three, third));
    assertEquals(since, store.revisions(acme, 1, 10));
    assertEquals(since.subList(0, 1), store.revisions(acme, 1, 1));
    assertEquals(since, store.write(acme, transaction -> transaction.revisionsAfter(1)));
    assertEquals(
        Sample.everything(acme).size(), store.revisions(acme, 0, 1).getFirst().changes().size());
    assertEquals(List.of(), store.revisions(acme, 3, 10));
  }

  @Test
  void several_revisions_in_one_transaction_are_committed_together() {
    append(store, acme, creation());
    store.write(
        acme,
        transaction -> {
          transaction.append(AUTHOR, transaction.now(), List.of(user(ADA, Sample.ADMIN)), 20);
          assertTrue(transaction.rows().users(Set.of(ADA)).containsKey(ADA));
          assertEquals(2, transaction.revisionsAfter(0).size());
          List<Change> more = List.of(dashboard(COSTS, Sample.COSTS_FACTS));
          return transaction.append(AUTHOR, transaction.now(), more, 30);
        });

    Head head = store.load(acme, new Facts());
    assertEquals(3, head.revision());
    assertEquals(30, head.fingerprint());
    assertTrue(
        store.verifyChain(acme) instanceof ChainCheck.Intact(long revision, _) && revision == 3);
  }

  @Test
  void a_statement_that_misses_its_row_rolls_everything_back() {
    append(store, acme, creation());
    Head before = store.load(acme, new Facts());

    Change missing = new EntryChanged(COSTS, BOB, Sample.BARRED, null);
    assertThrows(StoreFault.class, () -> append(store, acme, user(ADA, Sample.ADMIN), missing));

    assertEquals(before, store.load(acme, new Facts()));
    assertEquals(1, loaded().size());
    assertTrue(store.verifyChain(acme) instanceof ChainCheck.Intact);
  }

  @Test
  void what_the_work_throws_rolls_everything_back_and_is_thrown_on() {
    append(store, acme, creation());
    var thrown = new IllegalStateException("changed my mind");

    var caught =
        assertThrows(
            IllegalStateException.class,
            () ->
                store.write(
                    acme,
                    transaction -> {
                      transaction.append(
                          AUTHOR, transaction.now(), List.of(user(ADA, Sample.ADMIN)), 2);
                      transaction.rows();
                      throw thrown;
                    }));
    assertSame(thrown, caught);
    assertEquals(1, loaded().size());
  }

  @Test
  void eight_writers_at_once_make_dense_revisions_and_a_whole_chain() throws Exception {
    append(store, acme, creation());
    try (var writers = Executors.newFixedThreadPool(8)) {
      List<Future<Position>> positions = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        var user = new UserId("u" + i);
        positions.add(writers.submit(() -> append(store, acme, user(user, Sample.ANALYST))));
      }
      List<Long> revisions = new ArrayList<>();
      for (Future<Position> position : positions) {
        revisions.add(position.get().revision());
      }
      assertEquals(
          LongStream.rangeClosed(2, 81).boxed().toList(), revisions.stream().sorted().toList());
    }
    assertTrue(
        store.verifyChain(acme) instanceof ChainCheck.Intact(long revision, _) && revision == 81);
    List<Revision> log = store.revisions(acme, 0, 1_000);
    for (int i = 1; i < log.size(); i++) {
      assertFalse(log.get(i).at().isBefore(log.get(i - 1).at()));
    }
  }

  @Test
  void of_eight_that_create_the_same_organization_one_does_and_the_others_find_it()
      throws Exception {
    var together = new CountDownLatch(8);
    try (var writers = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> created = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        created.add(
            writers.submit(() -> {
              together.countDown();
              together.await();
              return createUnlessThere();
            }));
      }
      int count = 0;
      for (Future<Boolean> one : created) {
        count += one.get() ? 1 : 0;
      }
      assertEquals(1, count);
    }
    assertEquals(1, store.load(acme, new Facts()).revision());
  }

  private boolean createUnlessThere() {
    return store.write(
        acme,
        transaction -> {
          if (transaction.head() != null) {
            return false;
          }
          transaction.append(AUTHOR, transaction.now(), List.of(creation()), 1);
          return true;
        });
  }

  @Test
  void a_snapshot_loaded_while_others_write_is_one_revision() throws Exception {
    append(store, acme, creation());
    try (var writer = Executors.newSingleThreadExecutor()) {
      Future<?> writing =
          writer.submit(() -> {
            for (int i = 0; i < 200; i++) {
              var dashboard = new DashboardId("d" + i);
              append(
                  store,
                  acme,
                  dashboard(dashboard, Sample.PLANS_FACTS),
                  new EntryChanged(dashboard, BOB, null, Sample.BARRED));
            }
          });
      while (!writing.isDone()) {
        var facts = new Facts();
        Head head = store.load(acme, facts);
        assertEquals(1 + 2 * (head.revision() - 1), facts.changes.size());
        assertEquals(head.revision(), head.fingerprint());
      }
      writing.get();
    }
  }

  @Test
  void a_large_organization_is_streamed_to_the_same_facts() {
    append(store, acme, creation(), dashboard(COSTS, Sample.COSTS_FACTS));
    TestDatabase.execute(
        """
        INSERT INTO user_entry
        SELECT '%1$s', d, 'u' || i, 1, NULL FROM unnest(ARRAY['costs', 'plans']) d, generate_series(1, 15000) i;
        UPDATE organization SET entries = 30000 WHERE id = '%1$s'
        """
            .formatted(acme));
    assertEquals(30_002, loaded().size());
    assertEquals(
        new EntryChanged(PLANS, new UserId("u9999"), null, new Entry(Level.VIEWER, null)),
        loaded().getLast());
  }

  @Test
  void rows_that_are_not_as_many_as_counted_are_not_loaded() {
    append(store, acme, creation(), user(ADA, Sample.ADMIN));
    TestDatabase.execute("DELETE FROM user_account WHERE organization_id = '" + acme + "'");
    assertThrows(StoreFault.class, () -> store.load(acme, new Facts()));
  }

  @Test
  void an_unknown_organization_has_no_head_no_revisions_and_no_chain() {
    assertNull(store.load(acme, new Facts()));
    assertNull(store.write(acme, OrganizationTransaction::head));
    assertEquals(List.of(), store.revisions(acme, 0, 10));
    assertNull(store.verifyChain(acme));
    assertThrows(
        IllegalArgumentException.class, () -> append(store, acme, user(ADA, Sample.ADMIN)));
  }

  @Test
  void an_altered_record_is_named() {
    append(store, acme, creation());
    append(store, acme, user(ADA, Sample.ADMIN), user(BOB, Sample.ANALYST));
    append(store, acme, dashboard(COSTS, Sample.COSTS_FACTS));
    TestDatabase.execute(
        "UPDATE log_record SET body = body || '\\x20'::bytea"
            + " WHERE revision = 2 AND number = 1 AND organization_id = '%s'".formatted(acme));

    assertTrue(
        store.verifyChain(acme) instanceof ChainCheck.Broken(long revision, int number, _)
            && revision == 2
            && number == 1);
  }

  @Test
  void a_missing_record_is_named_by_what_follows_it() {
    append(store, acme, creation());
    append(store, acme, user(ADA, Sample.ADMIN));
    append(store, acme, user(BOB, Sample.ANALYST));
    TestDatabase.execute(
        "DELETE FROM log_record WHERE revision = 2 AND organization_id = '%s'".formatted(acme));
    assertTrue(
        store.verifyChain(acme) instanceof ChainCheck.Broken(long revision, _, _) && revision == 3);
  }

  @Test
  void a_log_cut_off_at_its_end_does_not_match_the_head() {
    append(store, acme, creation());
    append(store, acme, user(ADA, Sample.ADMIN));
    TestDatabase.execute(
        "DELETE FROM log_record WHERE revision = 2 AND organization_id = '%s'".formatted(acme));
    assertTrue(
        store.verifyChain(acme) instanceof ChainCheck.Broken(long revision, _, _) && revision == 1);
  }

  @Test
  void personal_values_can_be_erased_without_breaking_the_chain() {
    append(store, acme, creation(), user(ADA, Sample.ADMIN));
    append(store, acme, new ProfileChanged(ADA, null, Sample.ADA_PROFILE));
    append(store, acme, new UserChanged(ADA, Sample.ADMIN, null));
    Person ada = Person.here(ADA);
    PersonalData kept = store.write(acme, transaction -> transaction.personalData(ada));
    assertEquals(List.of("after.email", "after.name", "after.title"), kept.fields());
    assertThrows(
        StoreFault.class,
        () -> append(store, acme, new PersonalDataErased(ada, kept.fields(), 2, false)));
    append(store, acme, new PersonalDataErased(ada, kept.fields(), kept.values(), false));
    assertTrue(store.write(acme, transaction -> transaction.personalData(ada)).isNothing());
    assertNull(store.write(acme, transaction -> transaction.rows().user(ADA).profile()));
    assertTrue(store.verifyChain(acme) instanceof ChainCheck.Intact);
    assertEquals(4, store.revisions(acme, 0, 10).size());
  }

  @Test
  void an_answer_is_kept_with_what_it_answers_and_purged_by_age() {
    byte[] hash = new byte[32];
    byte[] answer = {1, 2, 3};
    Instant at =
        store.write(
            acme,
            transaction -> {
              transaction.append(AUTHOR, transaction.now(), List.of(creation()), 1);
              transaction.keepResponse("svc", "key", new StoredResponse(hash, answer));
              return transaction.now();
            });

    assertArrayEquals(answer, store.response(acme, "svc", "key").response());
    assertArrayEquals(
        hash, store.write(acme, transaction -> transaction.response("svc", "key")).requestHash());
    assertNull(store.response(acme, "other", "key"));
    assertNull(store.response(newOrganization(), "svc", "key"));
    assertEquals(0, store.purgeResponses(acme, at));
    assertEquals(1, store.purgeResponses(acme, at.plusMillis(1)));
    assertNull(store.response(acme, "svc", "key"));
  }

  @Test
  void an_address_is_unique_whatever_its_case_among_users_who_are_not_deleted() {
    append(store, acme, creation(), user(ADA, Sample.ADMIN), user(BOB, Sample.ANALYST));
    append(store, acme, profile(ADA, "Ada", "Ada@Example.org"));

    var same = new EmailAddress("aDA@eXAMPLE.ORG");
    assertThrows(StoreFault.class, () -> append(store, acme, profile(BOB, "Bob", same.value())));
    assertEquals(ADA, store.write(acme, t -> t.rows().userByEmail(same)).id());

    append(store, acme, new UserChanged(ADA, Sample.ADMIN, null));
    assertNull(store.write(acme, t -> t.rows().userByEmail(same)));
    append(store, acme, profile(BOB, "Bob", same.value()));
    assertEquals(BOB, store.write(acme, t -> t.rows().userByEmail(same)).id());
  }

  @Test
  void what_is_deleted_keeps_its_id_for_good_and_a_user_name_and_address() {
    append(store, acme, Sample.everything(acme));
    append(
        store,
        acme,
        new UserChanged(ADA, Sample.ADMIN, null),
        new TeamChanged(SALES, new TeamFacts("Sales"), null),
        new WorkspaceChanged(LAB, new WorkspaceFacts("Lab"), null),
        new DashboardChanged(COSTS, Sample.COSTS_FACTS, null));

    store.write(
        acme,
        transaction -> {
          OrganizationRows rows = transaction.rows();
          assertEquals(Status.DELETED, rows.user(ADA).status());
          assertEquals(Sample.ADA_PROFILE, rows.user(ADA).profile());
          assertNull(rows.user(ADA).facts());
          assertEquals(Sample.ANALYST, rows.user(BOB).facts());
          assertTrue(rows.teams(Set.of(SALES)).get(SALES).deleted());
          assertFalse(rows.teams(Set.of(NORTH)).get(NORTH).deleted());
          assertTrue(rows.workspaces(Set.of(LAB)).get(LAB).deleted());
          assertTrue(rows.dashboards(Set.of(COSTS, PLANS)).get(COSTS).deleted());
          assertEquals(
              Set.of(grant(acme, "g1")),
              rows.usedGrants(Set.of(grant(acme, "g1"), grant(acme, "no"))));
          assertEquals(Set.of(), rows.users(Set.of(new UserId("never"))).keySet());
          return null;
        });
    assertThrows(StoreFault.class, () -> append(store, acme, user(ADA, Sample.ADMIN)));
    assertThrows(StoreFault.class, () -> append(store, acme, dashboard(COSTS, Sample.COSTS_FACTS)));
  }

  @Test
  void time_never_goes_back_and_has_microseconds() {
    var clock = new java.util.concurrent.atomic.AtomicReference<>(Sample.T0.plusNanos(999));
    try (Database database =
        Database.open(TestDatabase.settings().withConnections(1, 1).withTime(_ -> clock.get()))) {
      OrganizationStore timed = database.organizations();
      assertEquals(Sample.T0, append(timed, acme, creation()).endedThrough());
      clock.set(Sample.T0.minusSeconds(60));
      assertEquals(Sample.T0, append(timed, acme, user(ADA, Sample.ADMIN)).endedThrough());
      clock.set(Sample.T0.plusSeconds(60));
      assertEquals(
          Sample.T0.plusSeconds(60), append(timed, acme, user(BOB, Sample.ANALYST)).endedThrough());
    }
  }

  @Test
  void the_clock_is_read_after_the_lock_was_taken() throws Exception {
    append(store, acme, creation());
    var holding = new CountDownLatch(1);
    try (var other = Executors.newSingleThreadExecutor()) {
      Future<Position> first =
          other.submit(() ->
              store.write(
                  acme,
                  transaction -> {
                    holding.countDown();
                    awaitWaiter();
                    return transaction.append(
                        AUTHOR, transaction.now(), List.of(user(ADA, Sample.ADMIN)), 2);
                  }));
      holding.await();
      Instant waited =
          store.write(
              acme,
              transaction -> {
                assertEquals(2, transaction.head().revision());
                assertEquals(1, transaction.revisionsAfter(1).size());
                return transaction.now();
              });
      assertTrue(waited.isAfter(first.get().endedThrough()));
    }
  }

  /** Until another transaction waits for a lock on a row. */
  private static void awaitWaiter() {
    try (var connection =
            java.sql.DriverManager.getConnection(
                TestDatabase.settings().url(), TestDatabase.settings().user(), "");
        var statement = connection.createStatement()) {
      boolean waiting = false;
      while (!waiting) {
        try (var row = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
          row.next();
          waiting = row.getInt(1) > 0;
        }
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void several_organizations_are_written_in_one_transaction_with_a_revision_each() {
    OrganizationId other = newOrganization();
    append(store, acme, creation());
    append(store, other, new OrganizationChanged(null, new OrganizationFacts("Under", acme)));

    List<Position> positions =
        store.writeAll(
            List.of(acme, other),
            transactions ->
                transactions.stream()
                    .map(transaction ->
                        transaction.append(
                            AUTHOR, transaction.now(), List.of(user(ADA, Sample.ADMIN)), 2))
                    .toList());
    assertEquals(List.of(2L, 2L), positions.stream().map(Position::revision).toList());
    assertEquals(2, store.load(other, new Facts()).revision());
    assertEquals(acme, TestDatabase.shared().directory().organization(other).root());
  }

  @Test
  void an_admin_demoted_and_a_role_given_are_kept() {
    append(store, acme, creation(), user(ADA, Sample.ADMIN));
    var manager = Sample.ADMIN.withRole(Role.MANAGER, Sample.T0);
    append(store, acme, new UserChanged(ADA, Sample.ADMIN, manager));
    assertTrue(loaded().contains(user(ADA, manager)));
  }
}
