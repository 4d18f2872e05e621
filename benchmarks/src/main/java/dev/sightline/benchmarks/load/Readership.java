package dev.sightline.benchmarks.load;

import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.Action;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.CheckItem;
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
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An organization with 10,000 readers, each of whom has subscribed to 20 of 1,000 dashboards; every
 * other dashboard is open to one team in ten alone. There are no drafts, so that a digest and the
 * checks of its subscriptions say the same. The same at each start.
 */
final class Readership {
  static final String ID = "readership";
  static final int READERS = 10_000;
  static final int SUBSCRIPTIONS = 20;

  private static final int DASHBOARDS = 1_000;
  private static final int TEAMS = 10;
  private static final int RECORDS_A_MESSAGE = 5_000;

  private final SplittableRandom random = new SplittableRandom(20_260_401);
  private final List<TransferRecord> records = new ArrayList<>();
  private final List<List<Integer>> wanted = new ArrayList<>();

  private Readership() {
    for (int reader = 0; reader < READERS; reader++) {
      Set<Integer> drawn = new LinkedHashSet<>();
      while (drawn.size() < SUBSCRIPTIONS) {
        drawn.add(random.nextInt(DASHBOARDS));
      }
      wanted.add(drawn.stream().sorted().toList());
    }
  }

  static Readership drawn() {
    return new Readership();
  }

  /** All of it, in as many messages as it takes. */
  List<ImportRequest> messages() {
    records.clear();
    var header = TransferHeader.newBuilder().setOrganizationId(ID).setName("Readership");
    add(TransferRecord.newBuilder().setHeader(header));
    addPeople();
    addDashboards();
    addSubscriptions();
    var counts =
        OrganizationCounts.newBuilder()
            .setUsers(READERS)
            .setTeams(TEAMS)
            .setMemberships(READERS)
            .setDashboards(DASHBOARDS)
            .setEntries(DASHBOARDS / 2);
    add(TransferRecord.newBuilder().setEnd(TransferEnd.newBuilder().setCounts(counts)));
    List<ImportRequest> messages = new ArrayList<>();
    for (int from = 0; from < records.size(); from += RECORDS_A_MESSAGE) {
      int end = Math.min(records.size(), from + RECORDS_A_MESSAGE);
      messages.add(ImportRequest.newBuilder().addAllRecords(records.subList(from, end)).build());
    }
    return messages;
  }

  /** For each reader, whether all that they subscribed to may be viewed. */
  List<BatchCheckRequest> checks() {
    List<BatchCheckRequest> checks = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      var batch = BatchCheckRequest.newBuilder().setOrganizationId(ID);
      for (int dashboard : wanted.get(reader)) {
        batch.addItems(
            CheckItem.newBuilder()
                .setUserId(reader(reader))
                .setDashboardId(dashboard(dashboard))
                .setAction(Action.ACTION_VIEW));
      }
      checks.add(batch.build());
    }
    return checks;
  }

  private static String reader(int number) {
    return "reader-%05d".formatted(number);
  }

  private static String dashboard(int number) {
    return "dashboard-%03d".formatted(number);
  }

  private static String team(int number) {
    return "team-%02d".formatted(number);
  }

  private void addPeople() {
    for (int reader = 0; reader < READERS; reader++) {
      add(
          TransferRecord.newBuilder()
              .setUser(
                  TransferUser.newBuilder()
                      .setId(reader(reader))
                      .setName("Person " + reader)
                      .setEmail(reader(reader) + "@example.org")
                      .setRole(reader == 0 ? Role.ROLE_ADMIN : Role.ROLE_ANALYST)));
    }
    for (int team = 0; team < TEAMS; team++) {
      add(
          TransferRecord.newBuilder()
              .setTeam(TransferTeam.newBuilder().setId(team(team)).setName("Team " + team)));
    }
    for (int reader = 0; reader < READERS; reader++) {
      add(
          TransferRecord.newBuilder()
              .setMembership(
                  TransferMembership.newBuilder()
                      .setTeamId(team(reader % TEAMS))
                      .setUserId(reader(reader))));
    }
  }

  private void addDashboards() {
    for (int dashboard = 0; dashboard < DASHBOARDS; dashboard++) {
      add(
          TransferRecord.newBuilder()
              .setDashboard(
                  TransferDashboard.newBuilder()
                      .setDashboard(
                          Dashboard.newBuilder()
                              .setId(dashboard(dashboard))
                              .setName("Revenue by region and month, number " + dashboard)
                              .setOwnerId(reader(0))
                              .setCompanyDefault(
                                  isClosed(dashboard) ? Level.LEVEL_NONE : Level.LEVEL_VIEWER))));
    }
    for (int dashboard = 0; dashboard < DASHBOARDS; dashboard++) {
      if (isClosed(dashboard)) {
        addEntry(dashboard);
      }
    }
  }

  private static boolean isClosed(int dashboard) {
    return dashboard % 2 == 0;
  }

  private void addEntry(int dashboard) {
    var entry =
        AccessEntry.newBuilder()
            .setTeamId(team(random.nextInt(TEAMS)))
            .setLevel(Level.LEVEL_VIEWER);
    add(
        TransferRecord.newBuilder()
            .setEntry(
                TransferEntry.newBuilder().setDashboardId(dashboard(dashboard)).setEntry(entry)));
  }

  private void addSubscriptions() {
    for (int reader = 0; reader < READERS; reader++) {
      for (int dashboard : wanted.get(reader)) {
        add(
            TransferRecord.newBuilder()
                .setSubscription(
                    TransferSubscription.newBuilder()
                        .setDashboardId(dashboard(dashboard))
                        .setUserId(reader(reader))));
      }
    }
  }

  private void add(TransferRecord.Builder record) {
    records.add(record.build());
  }
}
