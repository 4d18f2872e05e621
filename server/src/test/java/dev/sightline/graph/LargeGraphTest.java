package dev.sightline.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sightline.change.Change;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.change.UserFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What only shows when tables grow, rows are hashed and chunks are many. */
class LargeGraphTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
  private static final int USERS = 6_000;
  private static final int DASHBOARDS = 5_000;
  private static final int TEAMS = 40;
  private static final DashboardId BUSY = dashboard(7);

  private final Random random = new Random(11);

  private static UserId user(int number) {
    return new UserId("user-" + number);
  }

  private static DashboardId dashboard(int number) {
    return new DashboardId("dashboard-" + number);
  }

  private static TeamId team(int number) {
    return new TeamId("team-" + number);
  }

  private OrgGraph loaded() {
    GraphBuilder builder = new GraphBuilder(new OrganizationId("large"));
    builder.organization(new OrganizationFacts("Large", null));
    UserFacts facts = new UserFacts(Role.ANALYST, Status.ACTIVE, NOW, null, false, false);
    for (int i = 0; i < USERS; i++) {
      builder.user(user(i), facts);
    }
    for (int i = 0; i < TEAMS; i++) {
      builder.team(team(i));
      builder.member(team(i), user(i));
      if (i > 0) {
        builder.member(team((i - 1) / 2), team(i));
      }
    }
    for (int i = 0; i < DASHBOARDS; i++) {
      builder.dashboard(
          dashboard(i), new DashboardFacts("Name", user(USERS - 1), Level.VIEWER, false, null));
    }
    Set<Integer> teams = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      int team = random.nextInt(TEAMS);
      if (teams.add(team)) {
        builder.entry(BUSY, team(team), new Entry(Level.ofOrdinal(team % 3), null));
      }
    }
    return builder.build(new Position(1, new LogHash("1".repeat(64)), NOW));
  }

  private static Revision revision(OrgGraph graph, Change... changes) {
    LogHash head = new LogHash("%064x".formatted(graph.revision() + 1));
    return new Revision(new Position(graph.revision() + 1, head, NOW), List.of(changes));
  }

  @Test
  void every_id_is_found_and_no_other() {
    OrgGraph graph = loaded();
    for (int i = 0; i < USERS; i++) {
      assertEquals(user(i), graph.person(graph.personOrdinal("user-" + i)));
      assertEquals(-1, graph.personOrdinal("nobody-" + i));
    }
    for (int i = 0; i < DASHBOARDS; i++) {
      byte[] id = ("dashboard-" + i).getBytes(StandardCharsets.US_ASCII);
      assertEquals(dashboard(i), graph.dashboard(graph.dashboardOrdinal(id, 0, id.length)));
    }
  }

  @Test
  void a_dashboard_with_thousands_of_entries_keeps_each_of_them() {
    OrgGraph graph = loaded();
    Map<UserId, Entry> expected = new HashMap<>();
    for (int i = 0; i < 6_000; i++) {
      UserId user = user(random.nextInt(3_000));
      Entry before = expected.get(user);
      Entry after = before != null && random.nextBoolean() ? null : entry();
      graph = graph.applied(revision(graph, new Change.EntryChanged(BUSY, user, before, after)));
      expected.put(user, after);
      if (after == null) {
        expected.remove(user);
      }
    }
    GraphFacts facts = graph.facts();
    for (int i = 0; i < USERS; i++) {
      assertEquals(expected.get(user(i)), facts.entry(BUSY, user(i)));
    }
    long first =
        expected.values().stream().mapToLong(e -> Micros.ofEnd(e.end())).min().orElseThrow();
    assertEquals(first, graph.nextEnd());
  }

  private Entry entry() {
    Level level = Level.ofOrdinal(random.nextInt(3));
    return new Entry(
        level, random.nextInt(4) == 0 ? null : NOW.plusSeconds(1 + random.nextInt(900)));
  }

  @Test
  void thousands_of_ends_come_one_after_the_other() {
    OrgGraph graph = loaded();
    List<Change> changes = new ArrayList<>();
    Set<Instant> ends = new HashSet<>();
    for (int i = 0; i < 4_000; i++) {
      Instant end = NOW.plusSeconds(1 + random.nextInt(1_500));
      ends.add(end);
      changes.add(new Change.EntryChanged(dashboard(i), user(i), null, new Entry(Level.NONE, end)));
    }
    graph = graph.applied(revision(graph, changes.toArray(Change[]::new)));
    int told = 0;
    int steps = 0;
    for (LevelChanges step : TimeSteps.of(graph, Micros.of(NOW.plusSeconds(2_000)))) {
      told += (int) step.stream().count();
      steps++;
    }
    assertEquals(ends.size(), steps);
    assertEquals(4_000, told);
  }

  @Test
  void many_team_entries_are_decided_like_few() {
    OrgGraph graph = loaded();
    for (int i = 0; i < TEAMS; i++) {
      int highest = -1;
      for (int above = i; ; above = (above - 1) / 2) {
        Entry entry = graph.facts().entry(BUSY, team(above));
        highest = entry == null ? highest : Math.max(highest, entry.level().ordinal());
        if (above == 0) {
          break;
        }
      }
      Level expected = highest < 0 ? Level.VIEWER : Level.ofOrdinal(highest);
      assertEquals(expected, AccessRules.level(AccessRules.decide(graph, user(i), BUSY)));
    }
  }

  @Test
  void users_and_dashboards_added_one_by_one_are_found() {
    OrgGraph graph = loaded();
    UserFacts facts = new UserFacts(Role.ANALYST, Status.ACTIVE, NOW, null, false, false);
    for (int i = USERS; i < USERS + 1_500; i++) {
      graph = graph.applied(revision(graph, new Change.UserChanged(user(i), null, facts)));
    }
    for (int i = 0; i < USERS + 1_500; i++) {
      assertEquals(user(i), graph.person(graph.personOrdinal("user-" + i)));
    }
    int everybody =
        Audience.of(graph, graph.dashboardOrdinal("dashboard-1"), Purpose.SEARCH).size();
    assertEquals(USERS + 1_500, everybody);
  }

  @Test
  void a_decision_allocates_nothing() {
    OrgGraph graph = loaded();
    byte[] user = "user-5".getBytes(StandardCharsets.US_ASCII);
    byte[] dashboard = "dashboard-7".getBytes(StandardCharsets.US_ASCII);
    decideMany(graph, user, dashboard, 20_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long sum = decideMany(graph, user, dashboard, 100_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(sum != 0);
    assertTrue(allocated < 10_000, () -> allocated + " bytes in 100,000 decisions");
  }

  private static long decideMany(OrgGraph graph, byte[] user, byte[] dashboard, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      int person = graph.personOrdinal(user, 0, user.length);
      int what = graph.dashboardOrdinal(dashboard, 0, dashboard.length);
      sum += AccessRules.decide(graph, person, what);
      sum += AccessRules.decide(graph, i % USERS, what);
      sum += AccessRules.validUntil(graph, person, what) & 1;
      sum += graph.personOrdinal("user-77");
    }
    return sum;
  }
}
