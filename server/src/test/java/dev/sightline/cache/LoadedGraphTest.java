package dev.sightline.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sightline.TestDatabases;
import dev.sightline.change.Change;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.Revision;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.RequestId;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import dev.sightline.store.Author;
import dev.sightline.store.Database;
import dev.sightline.store.Proofs.ProvenHead;
import dev.sightline.store.ScratchDatabases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node that starts anew makes of the rows of what goes on around access. */
class LoadedGraphTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final UserId ADA = new UserId("ada");
  private static final UserId BOB = new UserId("bob");
  private static final DashboardId COSTS = new DashboardId("costs");
  private static final DashboardId PLANS = new DashboardId("plans");
  private static final RequestId ASKED = new RequestId("asked");
  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final UserFacts ANALYST =
      new UserFacts(Role.ANALYST, Status.ACTIVE, T0, null, false, false);
  private static final DashboardFacts FACTS =
      new DashboardFacts("Name", ADA, Level.VIEWER, false, null);
  private static final RequestFacts REQUEST =
      RequestFacts.pending(PLANS, BOB, ADA, T0, T0.plusSeconds(60));

  private final ScratchDatabases.Scratch scratch = TestDatabases.shared().create();
  private final Database database = Database.open(scratch.settings().withConnections(2, 2));
  private final GraphLoader loader = new GraphLoader(database.organizations(), database.proofs());
  private OrgGraph graph = OrgGraph.empty(ACME);

  @AfterEach
  void close() {
    database.close();
    scratch.close();
  }

  private void append(Change... changes) {
    List<Change> list = List.of(changes);
    graph =
        database
            .organizations()
            .write(
                ACME,
                transaction -> {
                  Instant now = transaction.now();
                  Position next = new Position(graph.revision() + 1, graph.position().head(), now);
                  long fingerprint = graph.applied(new Revision(next, list)).fingerprint();
                  Position reached =
                      transaction.append(new Author(null, null, "tests"), now, list, fingerprint);
                  return graph.applied(new Revision(reached, list));
                });
  }

  private void haveSubscriptions() {
    append(
        new OrganizationChanged(null, new OrganizationFacts("Acme", null)),
        new UserChanged(ADA, null, ANALYST),
        new UserChanged(BOB, null, ANALYST),
        new DashboardChanged(COSTS, null, FACTS),
        new DashboardChanged(PLANS, null, FACTS),
        new SubscriptionChanged(PLANS, BOB, true),
        new SubscriptionChanged(COSTS, BOB, true),
        new SubscriptionChanged(COSTS, ADA, true),
        new RequestChanged(ASKED, null, REQUEST));
  }

  private OrgGraph loaded() {
    OrgGraph loaded = loader.load(ACME);
    assertEquals(graph.fingerprint(), loaded.fingerprint());
    assertEquals(graph.position(), loaded.position());
    assertEquals(graph.facts().subscribers(), loaded.facts().subscribers());
    assertEquals(graph.facts().pendingRequests(), loaded.facts().pendingRequests());
    for (UserId user : graph.facts().users()) {
      assertEquals(graph.facts().subscriptions(user), loaded.facts().subscriptions(user));
      assertEquals(graph.facts().allSubscriptions(user), loaded.facts().allSubscriptions(user));
    }
    return loaded;
  }

  @Test
  void what_is_caught_up_knows_every_position_that_it_has_come_by() {
    haveSubscriptions();
    OrgGraph old = loaded();
    List<Position> positions = new ArrayList<>(List.of(old.position()));
    for (boolean subscribed : new boolean[] {false, true, false}) {
      append(new SubscriptionChanged(COSTS, ADA, subscribed));
      positions.add(graph.position());
    }
    ProvenHead head =
        new ProvenHead(graph.revision(), graph.position().head(), graph.fingerprint());
    assertEquals(positions, Objects.requireNonNull(loader.caughtUp(old, head)).positions());
  }

  @Test
  void subscriptions_and_pending_requests_are_those_that_were_written() {
    haveSubscriptions();
    assertEquals(List.of(COSTS, PLANS), loaded().facts().subscriptions(BOB));
    assertEquals(List.of(ADA, BOB), loaded().facts().subscribers());
    assertEquals(Map.of(ASKED, REQUEST), loaded().facts().pendingRequests());

    append(
        new SubscriptionChanged(COSTS, ADA, false),
        new RequestChanged(ASKED, REQUEST, REQUEST.declined(ADA, T0)));
    assertEquals(List.of(BOB), loaded().facts().subscribers());
    assertEquals(Map.of(), loaded().facts().pendingRequests());
  }

  @Test
  void a_subscription_to_a_dashboard_that_is_deleted_is_there_to_end_with_the_user() {
    haveSubscriptions();
    append(new DashboardChanged(COSTS, FACTS, null));
    OrgGraph loaded = loaded();
    assertEquals(List.of(PLANS), loaded.facts().subscriptions(BOB));
    assertEquals(List.of(COSTS, PLANS), loaded.facts().allSubscriptions(BOB));
    assertEquals(List.of(BOB), loaded.facts().subscribers());

    Change gone = new UserChanged(BOB, ANALYST, null);
    assertThrows(IllegalStateException.class, () -> append(gone));
    append(
        new SubscriptionChanged(COSTS, BOB, false),
        new SubscriptionChanged(PLANS, BOB, false),
        gone);
    assertEquals(List.of(), loaded().facts().subscribers());
  }

  @Test
  void a_freshly_loaded_graph_can_be_rewound_to_when_what_is_deleted_was_there() {
    haveSubscriptions();
    Position before = graph.position();
    long fingerprint = graph.fingerprint();
    append(
        new DashboardChanged(COSTS, FACTS, null),
        new SubscriptionChanged(PLANS, BOB, false),
        new SubscriptionChanged(COSTS, BOB, false),
        new UserChanged(BOB, ANALYST, null));
    Revision last = database.organizations().revisions(ACME, 1, 1).getFirst();
    OrgGraph rewound = loaded().rewound(last, before);
    assertEquals(fingerprint, rewound.fingerprint());
    assertEquals(List.of(COSTS, PLANS), rewound.facts().subscriptions(BOB));
  }
}
