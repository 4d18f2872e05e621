package dev.sightline;

import static dev.sightline.SupportRealm.SAM;
import static dev.sightline.v1.SupportRole.SUPPORT_ROLE_VIEWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.model.UserId;
import dev.sightline.store.ChainCheck;
import dev.sightline.store.Database;
import dev.sightline.v1.MoveAgentRequest;
import io.grpc.StatusRuntimeException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents and grants that come and go at the same time, and nodes that go in the middle of it. */
class SupportRacesTest {
  private static final int ROUNDS = 12;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private TestService service;
  private Node one;
  private Node other;
  private SupportRealm realm;
  private SupportRealm elsewhere;

  @BeforeEach
  void start() {
    service = TestService.start();
    one = service.node();
    realm = SupportRealm.made(one);
  }

  private void startOther() {
    other = service.node();
    elsewhere = realm.on(other);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void a_grant_to_a_group_and_joining_it_at_the_same_time_let_in_and_tell_once() throws Exception {
    startOther();
    for (int round = 0; round < ROUNDS; round++) {
      String group = "Group " + round;
      String agent = "support:a" + round;
      together(
          () -> realm.register(agent, group),
          () -> elsewhere.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setGroup(group)),
          () -> realm.granted(SupportRealm.grant("deep", SUPPORT_ROLE_VIEWER).setGroup(group)));
      assertTrue(realm.sees(agent, "west"), agent);
      assertTrue(elsewhere.sees(agent, "deep"), agent);
    }
    List<String> told = realm.told();
    assertEquals(2 * ROUNDS, told.size());
    assertEquals(2 * ROUNDS, new HashSet<>(told).size());
    assertInstanceOf(ChainCheck.Intact.class, service.chain("west"));
  }

  @Test
  void a_grant_to_a_group_and_leaving_it_at_the_same_time_let_nobody_in() throws Exception {
    startOther();
    for (int round = 0; round < ROUNDS; round++) {
      String group = "Group " + round;
      String agent = "support:a" + round;
      realm.register(agent, group);
      together(
          () -> move(one, agent, "Left"),
          () -> elsewhere.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setGroup(group)));
      assertFalse(realm.sees(agent, "west"), agent);
      assertFalse(elsewhere.sees(agent, "west"), agent);
    }
  }

  @Test
  void agents_who_move_to_and_fro_end_up_where_they_were_moved_last() throws Exception {
    startOther();
    realm.register(SAM, "A");
    realm.granted(SupportRealm.grant("west", SUPPORT_ROLE_VIEWER).setGroup("A"));
    for (int round = 0; round < ROUNDS; round++) {
      together(() -> move(one, SAM, "A"), () -> move(other, SAM, "B"));
      boolean inGroup = realm.register("support:r" + round, "C").getGroup().equals("C");
      assertTrue(inGroup);
      String group =
          one.support
              .getAgent(dev.sightline.v1.GetAgentRequest.newBuilder().setAgentId(SAM).build())
              .getAgent()
              .getGroup();
      assertEquals(group.equals("A"), realm.sees(SAM, "west"), group);
    }
  }

  @Test
  void decisions_on_overlapping_portals_do_not_wait_for_each_other_in_a_circle() throws Exception {
    startOther();
    realm.register(SAM, "Support");
    for (int round = 0; round < ROUNDS; round++) {
      together(
          () -> realm.allowed("west", "root", "deep"),
          () -> elsewhere.allowed("deep", "east", "west"),
          () -> elsewhere.ask(SAM, "west", "other", "root", "deep"),
          () -> realm.dismiss(SAM, "deep", "west"));
    }
    assertEquals(2 * ROUNDS, realm.history("west").size());
    assertEquals(ROUNDS, realm.history("root").size());
    for (String portal : List.of("root", "west", "east", "deep", "other")) {
      assertInstanceOf(ChainCheck.Intact.class, service.chain(portal));
    }
  }

  @Test
  void what_a_node_that_is_gone_has_begun_another_finishes() throws Exception {
    realm.allowed("west", "east");
    UserId sam = new UserId(SAM);
    try (Connection database = connect();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      lock(database, "west");
      Future<?> call =
          threads.submit(() -> {
            try {
              realm.register(SAM, "Support");
            } catch (StatusRuntimeException cutOff) {
              // The node goes before it can answer.
            }
          });
      await(() -> realm.letIn("east").contains(SAM));
      long east = revision("east");
      one.close();
      call.get();
      try (Database open = Database.open(service.settings())) {
        assertNotNull(open.supportAgents().job(sam), "it is not finished");
      }
      database.rollback();
      startOther();
      await(() -> elsewhere.letIn("west").contains(SAM));
      try (Database open = Database.open(service.settings())) {
        await(() -> open.supportAgents().job(sam) == null);
        assertNull(open.supportAgents().job(sam));
      }
      assertEquals(east, revision("east"), "where it was done it is not done again");
    }
  }

  private long revision(String organization) {
    return assertInstanceOf(ChainCheck.Intact.class, service.chain(organization)).revision();
  }

  private Connection connect() throws SQLException {
    var settings = service.settings();
    Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    connection.setAutoCommit(false);
    return connection;
  }

  private static void lock(Connection database, String organization) throws SQLException {
    try (var statement =
        database.prepareStatement("SELECT id FROM organization WHERE id = ? FOR UPDATE")) {
      statement.setString(1, organization);
      assertTrue(statement.executeQuery().next());
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadline < 0, "it does not come about");
      Thread.onSpinWait();
    }
  }

  private static void move(Node node, String agent, String group) {
    var _ =
        node.support.moveAgent(
            MoveAgentRequest.newBuilder().setAgentId(agent).setGroup(group).build());
  }

  private static void together(Runnable... calls) throws Exception {
    var begin = new CountDownLatch(1);
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Runnable call : calls) {
        running.add(
            threads.submit(() -> {
              begin.await();
              call.run();
              return null;
            }));
      }
      begin.countDown();
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
