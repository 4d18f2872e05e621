package dev.sightline;

import dev.sightline.TestService.Node;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.Role;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEnd;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferUser;
import java.util.ArrayList;
import java.util.List;

/** Organizations with many subscriptions, brought in. */
final class DigestOrganizations {
  private static final int RECORDS_A_MESSAGE = 2_000;

  private DigestOrganizations() {}

  /**
   * Active people p0, p1 …, the first of whom is the admin and owns all the dashboards d0, d1 …,
   * which everybody may view. Person p wants d(p), d(p + 1) … in the digest, beginning anew after
   * the last.
   */
  static void create(
      Node node, String organization, int people, int dashboards, int subscriptionsEach) {
    List<TransferRecord> records = new ArrayList<>();
    records.add(
        TransferRecord.newBuilder()
            .setHeader(
                TransferHeader.newBuilder().setOrganizationId(organization).setName(organization))
            .build());
    for (int i = 0; i < people; i++) {
      records.add(
          TransferRecord.newBuilder()
              .setUser(
                  TransferUser.newBuilder()
                      .setId("p" + i)
                      .setName("Person " + i)
                      .setEmail("p" + i + "@example.org")
                      .setRole(i == 0 ? Role.ROLE_ADMIN : Role.ROLE_ANALYST))
              .build());
    }
    for (int i = 0; i < dashboards; i++) {
      records.add(
          TransferRecord.newBuilder()
              .setDashboard(
                  TransferDashboard.newBuilder()
                      .setDashboard(
                          Dashboard.newBuilder()
                              .setId("d" + i)
                              .setName("Dashboard number " + i)
                              .setOwnerId("p0")
                              .setCompanyDefault(Level.LEVEL_VIEWER)))
              .build());
    }
    for (int person = 0; person < people; person++) {
      for (int i = 0; i < subscriptionsEach; i++) {
        records.add(subscribed("p" + person, "d" + (person + i) % dashboards));
      }
    }
    records.add(
        TransferRecord.newBuilder()
            .setEnd(
                TransferEnd.newBuilder()
                    .setCounts(
                        OrganizationCounts.newBuilder().setUsers(people).setDashboards(dashboards)))
            .build());
    var _ = Imports.send(node, messages(records));
  }

  private static TransferRecord subscribed(String user, String dashboard) {
    return TransferRecord.newBuilder()
        .setSubscription(
            TransferSubscription.newBuilder().setDashboardId(dashboard).setUserId(user))
        .build();
  }

  private static List<ImportRequest> messages(List<TransferRecord> records) {
    List<ImportRequest> messages = new ArrayList<>();
    for (int from = 0; from < records.size(); from += RECORDS_A_MESSAGE) {
      int end = Math.min(records.size(), from + RECORDS_A_MESSAGE);
      messages.add(ImportRequest.newBuilder().addAllRecords(records.subList(from, end)).build());
    }
    return messages;
  }
}
