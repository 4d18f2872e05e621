package dev.sightline;

import dev.sightline.RuleBook.Subject;
import dev.sightline.TestService.Node;
import dev.sightline.change.Instants;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.Role;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEnd;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.UserStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a random history begins with: an organization of a few people, teams and dashboards. */
final class HistoryBeginning {
  private HistoryBeginning() {}

  /** The organization by the rules. */
  static RuleBook book(String id, Instant start) {
    RuleBook book = new RuleBook(id, Instants.micros(start));
    people(book);
    return book;
  }

  private static void people(RuleBook book) {
    Role[] roles = {Role.ROLE_ADMIN, Role.ROLE_MANAGER, Role.ROLE_ANALYST, Role.ROLE_ANALYST};
    for (int i = 0; i < 12; i++) {
      RuleBook.User user = new RuleBook.User();
      user.name = "Person " + i;
      user.email = "Person" + i + "@example.org";
      user.role = roles[i % 4];
      user.status =
          i == 5
              ? UserStatus.USER_STATUS_INVITED
              : i == 8 ? UserStatus.USER_STATUS_DISABLED : UserStatus.USER_STATUS_ACTIVE;
      user.created = book.now - 1_000_000L * (i / 2 + 1);
      user.adminSince = user.role == Role.ROLE_ADMIN ? user.created : 0;
      book.users.put("p" + i, user);
    }
    for (int i = 0; i < 4; i++) {
      book.addTeam("t" + i, "Team " + i);
      book.teams.get("t" + i).add(Subject.user("p" + (2 * i + 1)));
      book.teams.get("t" + i).add(Subject.user("p" + (2 * i + 2)));
    }
    book.teams.get("t0").add(Subject.team("t1"));
    for (int i = 0; i < 6; i++) {
      RuleBook.Dashboard dashboard = new RuleBook.Dashboard();
      dashboard.name = "Dashboard " + i;
      dashboard.owner = "p" + i;
      dashboard.draft = i == 3;
      book.addDashboard("b" + i, dashboard);
    }
  }

  /** Brings it into the service as its first revision. */
  static void bringIn(Node node, RuleBook book) {
    ImportRequest.Builder records =
        ImportRequest.newBuilder()
            .addRecords(
                TransferRecord.newBuilder()
                    .setHeader(
                        TransferHeader.newBuilder().setOrganizationId(book.id).setName("Org")));
    book.users.forEach((id, user) ->
        records.addRecords(
            TransferRecord.newBuilder()
                .setUser(
                    TransferUser.newBuilder()
                        .setId(id)
                        .setName(user.name)
                        .setEmail(user.email)
                        .setRole(user.role)
                        .setStatus(user.status)
                        .setCreatedAtMicros(user.created)
                        .setAdminSinceMicros(user.adminSince))));
    book.teamNames.forEach((id, name) ->
        records.addRecords(
            TransferRecord.newBuilder()
                .setTeam(TransferTeam.newBuilder().setId(id).setName(name))));
    int memberships = 0;
    for (Map.Entry<String, Set<Subject>> team : book.teams.entrySet()) {
      for (Subject member : team.getValue()) {
        memberships++;
        var membership = TransferMembership.newBuilder().setTeamId(team.getKey());
        records.addRecords(
            TransferRecord.newBuilder()
                .setMembership(
                    member.team()
                        ? membership.setMemberTeamId(member.id())
                        : membership.setUserId(member.id())));
      }
    }
    book.dashboards.forEach((id, dashboard) ->
        records.addRecords(
            TransferRecord.newBuilder()
                .setDashboard(
                    TransferDashboard.newBuilder()
                        .setDashboard(
                            Dashboard.newBuilder()
                                .setId(id)
                                .setName(dashboard.name)
                                .setOwnerId(dashboard.owner)
                                .setCompanyDefault(dashboard.companyDefault)
                                .setDraft(dashboard.draft)))));
    records.addRecords(
        TransferRecord.newBuilder()
            .setEnd(
                TransferEnd.newBuilder()
                    .setCounts(
                        OrganizationCounts.newBuilder()
                            .setUsers(book.users.size())
                            .setTeams(book.teams.size())
                            .setDashboards(book.dashboards.size())
                            .setMemberships(memberships))));
    Imports.send(node, List.of(records.build()));
  }
}
