package dev.sightline.cli.transfer;

import dev.sightline.model.EmailAddress;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.Role;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.TransferWorkspace;
import dev.sightline.v1.UserStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the records of an organization fit together: nothing twice, nothing named in vain. */
final class OrganizationCheck {
  private final OrganizationData organization;
  private final Place place;
  private final Map<String, String> owners = new HashMap<>();

  OrganizationCheck(OrganizationData organization, Place place) {
    this.organization = organization;
    this.place = place;
  }

  void check() {
    Set<String> users = distinct("user", organization.users().stream().map(TransferUser::getId));
    Set<String> teams = distinct("team", organization.teams().stream().map(TransferTeam::getId));
    Set<String> workspaces =
        distinct("workspace", organization.workspaces().stream().map(TransferWorkspace::getId));
    distinct("dashboard", organization.dashboardIds().stream());
    distinct("e-mail address", organization.users().stream().map(OrganizationCheck::canonical));
    checkAdmin();
    checkMemberships(users, teams);
    checkCircles();
    checkDashboards(users, workspaces);
    checkEntries(users, teams);
    checkSubscriptions(users);
  }

  private static String canonical(TransferUser user) {
    return new EmailAddress(user.getEmail()).canonical();
  }

  private Set<String> distinct(String kind, Stream<String> names) {
    var seen = new HashSet<String>();
    names.forEach(name -> {
      if (!seen.add(name)) {
        throw place.malformed(kind + " " + name + " is there twice");
      }
    });
    return seen;
  }

  private void checkAdmin() {
    boolean hasAdmin =
        organization.users().stream()
            .anyMatch(user ->
                user.getRole() == Role.ROLE_ADMIN
                    && user.getStatus() == UserStatus.USER_STATUS_ACTIVE);
    if (!hasAdmin) {
      throw place.malformed("has no ACTIVE ADMIN, expected at least one");
    }
  }

  private void checkMemberships(Set<String> users, Set<String> teams) {
    var seen = new HashSet<TransferMembership>();
    for (TransferMembership membership : organization.memberships()) {
      String team = membership.getTeamId();
      require(teams.contains(team), "team", team, "a team's parent");
      String member = memberName(membership);
      if (membership.hasUserId()) {
        require(users.contains(membership.getUserId()), "user", member, "a member of team " + team);
      } else {
        require(
            teams.contains(membership.getMemberTeamId()),
            "team",
            member,
            "a member of team " + team);
      }
      if (!seen.add(membership)) {
        throw place.malformed(member + " is in team " + team + " twice");
      }
    }
  }

  private static String memberName(TransferMembership membership) {
    return membership.hasUserId() ? membership.getUserId() : membership.getMemberTeamId();
  }

  private void checkCircles() {
    var inside =
        organization.memberships().stream().filter(TransferMembership::hasMemberTeamId).toList();
    List<String> circle = new TeamCircles(inside).find();
    if (!circle.isEmpty()) {
      throw place.malformed("teams in a circle: " + String.join(" in ", circle));
    }
  }

  private void checkDashboards(Set<String> users, Set<String> workspaces) {
    for (var each : organization.dashboards()) {
      Dashboard dashboard = each.getDashboard();
      String owner = dashboard.getOwnerId();
      String workspace = dashboard.getWorkspaceId();
      require(users.contains(owner), "user", owner, "the owner of dashboard " + dashboard.getId());
      require(
          workspace.isEmpty() || workspaces.contains(workspace),
          "workspace",
          workspace,
          "the workspace of dashboard " + dashboard.getId());
      owners.put(dashboard.getId(), owner);
    }
  }

  private void checkEntries(Set<String> users, Set<String> teams) {
    for (var each : organization.entries()) {
      String dashboard = each.getDashboardId();
      AccessEntry entry = each.getEntry();
      if (entry.hasTeamId()) {
        require(
            teams.contains(entry.getTeamId()),
            "team",
            entry.getTeamId(),
            "an entry of dashboard " + dashboard);
        continue;
      }
      String user = entry.getUserId();
      require(users.contains(user), "user", user, "an entry of dashboard " + dashboard);
      if (user.equals(owners.get(dashboard))) {
        throw place.malformed(
            "dashboard " + dashboard + " has an entry for its owner " + user + ", expected none");
      }
    }
  }

  private void checkSubscriptions(Set<String> users) {
    var seen = new HashSet<TransferSubscription>();
    for (TransferSubscription each : organization.subscriptions()) {
      String user = each.getUserId();
      String dashboard = each.getDashboardId();
      require(users.contains(user), "user", user, "a subscriber of dashboard " + dashboard);
      if (!seen.add(each)) {
        throw place.malformed(user + " is a subscriber of dashboard " + dashboard + " twice");
      }
    }
  }

  private void require(boolean known, String kind, String id, String role) {
    if (!known) {
      throw place.malformed("there is no " + kind + " " + id + ", which is named as " + role);
    }
  }
}
