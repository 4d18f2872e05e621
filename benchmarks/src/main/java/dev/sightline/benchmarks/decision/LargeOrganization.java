package dev.sightline.benchmarks.decision;

import dev.sightline.change.DashboardFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.GraphBuilder;
import dev.sightline.graph.Micros;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * 10,000 users, 10,000 dashboards and 1,000,000 entries, the same at each start. A hundred entries
 * a dashboard, ten of them of teams; one in fifty ends some day. 500 teams, each but the first in
 * another, five at a time; everybody is in three. One user in a hundred is an admin, one dashboard
 * in twenty a draft.
 */
final class LargeOrganization {
  static final int USERS = 10_000;
  static final int DASHBOARDS = 10_000;
  static final int ENTRIES = 1_000_000;

  private static final int TEAMS = 500;
  private static final int TEAMS_IN_ONE = 5;
  private static final int TEAMS_OF_ONE = 3;
  private static final int TEAM_ENTRIES = 10;
  private static final int USER_ENTRIES = ENTRIES / DASHBOARDS - TEAM_ENTRIES;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long A_DAY = 86_400_000_000L;
  private static final UserFacts ANALYST =
      new UserFacts(Role.ANALYST, Status.ACTIVE, NOW, null, false, false);
  private static final UserFacts ADMIN =
      new UserFacts(Role.ADMIN, Status.ACTIVE, NOW, NOW, false, false);

  private final SplittableRandom random = new SplittableRandom(20_260_101);
  private final GraphBuilder graph = new GraphBuilder(new OrganizationId("large"));

  private LargeOrganization() {}

  static OrgGraph graph() {
    return new LargeOrganization().built();
  }

  static String user(int number) {
    return "user-%05d".formatted(number);
  }

  static String dashboard(int number) {
    return "dashboard-%05d".formatted(number);
  }

  private OrgGraph built() {
    graph.organization(new OrganizationFacts("Large", null));
    for (int user = 0; user < USERS; user++) {
      graph.user(new UserId(user(user)), user % 100 == 0 ? ADMIN : ANALYST);
    }
    for (int team = 0; team < TEAMS; team++) {
      graph.team(new TeamId("team-" + team));
    }
    for (int team = 1; team < TEAMS; team++) {
      graph.teamMember((team - 1) / TEAMS_IN_ONE, team);
    }
    for (int user = 0; user < USERS; user++) {
      for (int team : distinct(TEAMS_OF_ONE, TEAMS)) {
        graph.userMember(team, user);
      }
    }
    for (int dashboard = 0; dashboard < DASHBOARDS; dashboard++) {
      add(dashboard);
    }
    return graph.build(new Position(1, LogHash.EMPTY, NOW));
  }

  private void add(int number) {
    int owner = random.nextInt(USERS);
    Level companyDefault = random.nextInt(2) == 0 ? Level.NONE : Level.VIEWER;
    boolean draft = random.nextInt(20) == 0;
    int dashboard =
        graph.dashboard(
            new DashboardId(dashboard(number)),
            new DashboardFacts(
                "Dashboard " + number, new UserId(user(owner)), companyDefault, draft, null));
    for (int user : distinct(USER_ENTRIES, USERS)) {
      graph.userEntry(dashboard, user, level(), end());
    }
    for (int team : distinct(TEAM_ENTRIES, TEAMS)) {
      graph.teamEntry(dashboard, team, level(), end());
    }
  }

  private int level() {
    return random.nextInt(Level.OWNER.ordinal());
  }

  private long end() {
    return random.nextInt(50) == 0
        ? Micros.of(NOW) + A_DAY + random.nextLong(365 * A_DAY)
        : Micros.NEVER;
  }

  private Set<Integer> distinct(int count, int bound) {
    Set<Integer> drawn = new HashSet<>();
    while (drawn.size() < count) {
      drawn.add(random.nextInt(bound));
    }
    return drawn;
  }
}
