package dev.sightline.benchmarks.load;

import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.Role;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEnd;
import dev.sightline.v1.TransferEntry;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * An organization as a foundation's portal is: 1,000 users in 60 nested teams, and 300 dashboards
 * with twelve entries each, of which one in fifty ends some day. The same at each start.
 */
final class Portal {
  static final String ID = "portal-1";
  static final int USERS = 1_000;
  static final int DASHBOARDS = 300;

  private static final int TEAMS = 60;
  private static final int TEAMS_IN_ONE = 4;
  private static final int TEAMS_OF_ONE = 2;
  private static final int USER_ENTRIES = 8;
  private static final int TEAM_ENTRIES = 4;
  private static final long FAR_END =
      TimeUnit.MILLISECONDS.toMicros(Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());

  private final SplittableRandom random = new SplittableRandom(20_260_102);
  private final ImportRequest.Builder records = ImportRequest.newBuilder();

  private Portal() {}

  /** All of it in one message. */
  static ImportRequest records() {
    return new Portal().built();
  }

  static String user(int number) {
    return "p%04d".formatted(number);
  }

  static String dashboard(int number) {
    return "dashboard-%03d".formatted(number);
  }

  private ImportRequest built() {
    var header = TransferHeader.newBuilder().setOrganizationId(ID).setName("Portal");
    add(TransferRecord.newBuilder().setHeader(header));
    addUsers();
    addTeams();
    addMemberships();
    addDashboards();
    addEntries();
    add(TransferRecord.newBuilder().setEnd(TransferEnd.newBuilder().setCounts(counts())));
    return records.build();
  }

  private void addUsers() {
    for (int user = 0; user < USERS; user++) {
      var facts =
          TransferUser.newBuilder()
              .setId(user(user))
              .setName("Person " + user)
              .setEmail(user(user) + "@example.org")
              .setRole(user < USERS / 100 ? Role.ROLE_ADMIN : Role.ROLE_ANALYST);
      add(TransferRecord.newBuilder().setUser(facts));
    }
  }

  private void addTeams() {
    for (int team = 0; team < TEAMS; team++) {
      var facts = TransferTeam.newBuilder().setId(team(team)).setName("Team " + team);
      add(TransferRecord.newBuilder().setTeam(facts));
    }
  }

  private void addMemberships() {
    for (int user = 0; user < USERS; user++) {
      for (int team : distinct(TEAMS_OF_ONE, TEAMS)) {
        addMembership(TransferMembership.newBuilder().setTeamId(team(team)).setUserId(user(user)));
      }
    }
    for (int team = 1; team < TEAMS; team++) {
      addMembership(
          TransferMembership.newBuilder()
              .setTeamId(team((team - 1) / TEAMS_IN_ONE))
              .setMemberTeamId(team(team)));
    }
  }

  private void addMembership(TransferMembership.Builder membership) {
    add(TransferRecord.newBuilder().setMembership(membership));
  }

  private void addDashboards() {
    for (int dashboard = 0; dashboard < DASHBOARDS; dashboard++) {
      var facts =
          Dashboard.newBuilder()
              .setId(dashboard(dashboard))
              .setName("Dashboard " + dashboard)
              .setOwnerId(user(owner(dashboard)))
              .setCompanyDefault(dashboard % 2 == 0 ? Level.LEVEL_NONE : Level.LEVEL_VIEWER)
              .setDraft(dashboard % 20 == 0);
      add(
          TransferRecord.newBuilder()
              .setDashboard(TransferDashboard.newBuilder().setDashboard(facts)));
    }
  }

  private void addEntries() {
    for (int dashboard = 0; dashboard < DASHBOARDS; dashboard++) {
      for (int user : distinct(USER_ENTRIES, DASHBOARDS)) {
        addEntry(dashboard, AccessEntry.newBuilder().setUserId(user(USERS - 1 - user)));
      }
      for (int team : distinct(TEAM_ENTRIES, TEAMS)) {
        addEntry(dashboard, AccessEntry.newBuilder().setTeamId(team(team)));
      }
    }
  }

  private void addEntry(int dashboard, AccessEntry.Builder entry) {
    entry.setLevelValue(Level.LEVEL_NONE_VALUE + random.nextInt(3));
    if (random.nextInt(50) == 0) {
      entry.setEndsAtMicros(FAR_END);
    }
    add(
        TransferRecord.newBuilder()
            .setEntry(
                TransferEntry.newBuilder().setDashboardId(dashboard(dashboard)).setEntry(entry)));
  }

  private void add(TransferRecord.Builder record) {
    records.addRecords(record);
  }

  private static OrganizationCounts counts() {
    return OrganizationCounts.newBuilder()
        .setUsers(USERS)
        .setTeams(TEAMS)
        .setMemberships(USERS * TEAMS_OF_ONE + TEAMS - 1)
        .setDashboards(DASHBOARDS)
        .setEntries(DASHBOARDS * (USER_ENTRIES + TEAM_ENTRIES))
        .build();
  }

  /** Never one of those who have entries: an owner has none. */
  private static int owner(int dashboard) {
    return dashboard;
  }

  private static String team(int number) {
    return "team-%02d".formatted(number);
  }

  private Set<Integer> distinct(int count, int bound) {
    Set<Integer> drawn = new HashSet<>();
    while (drawn.size() < count) {
      drawn.add(random.nextInt(bound));
    }
    return drawn;
  }
}
