package dev.sightline.cli.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEntry;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.TransferWorkspace;
import dev.sightline.v1.UserStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads single records of a file. */
final class RecordReader {
  private static final Set<String> WORKSPACE = Set.of("id", "name");
  private static final Set<String> USER =
      Set.of(
          "id",
          "name",
          "email",
          "title",
          "role",
          "status",
          "createdAt",
          "adminSince",
          "activeResponse",
          "secondFactor");
  private static final Set<String> TEAM = Set.of("id", "name", "parent", "members", "memberTeams");
  private static final Set<String> DASHBOARD =
      Set.of(
          "id", "name", "owner", "default", "draft", "workspace", "users", "teams", "subscribers");
  private static final Set<String> ENTRY = Set.of("level", "endsAt");
  private static final Set<String> EXPECTED = Set.of("NONE", "VIEWER", "EDITOR", "OWNER");

  private static final List<Role> ROLES =
      List.of(Role.ROLE_ANALYST, Role.ROLE_MANAGER, Role.ROLE_ADMIN);
  private static final List<UserStatus> STATUSES =
      List.of(
          UserStatus.USER_STATUS_ACTIVE,
          UserStatus.USER_STATUS_INVITED,
          UserStatus.USER_STATUS_DISABLED);
  private static final List<Level> LEVELS =
      List.of(Level.LEVEL_VIEWER, Level.LEVEL_NONE, Level.LEVEL_EDITOR);

  private final Place place;

  RecordReader(Place place) {
    this.place = place;
  }

  TransferWorkspace workspace(JsonNode node) {
    var fields = new RecordFields(place, node, WORKSPACE);
    return TransferWorkspace.newBuilder()
        .setId(fields.id("id"))
        .setName(fields.name("name"))
        .build();
  }

  TransferUser user(JsonNode node) {
    var fields = new RecordFields(place, node, USER);
    return TransferUser.newBuilder()
        .setId(fields.id("id"))
        .setName(fields.name("name"))
        .setEmail(fields.email("email"))
        .setTitle(fields.title("title"))
        .setRole(fields.oneOf("role", ROLES))
        .setStatus(fields.oneOf("status", STATUSES))
        .setCreatedAtMicros(fields.time("createdAt"))
        .setAdminSinceMicros(fields.time("adminSince"))
        .setActiveResponse(fields.flag("activeResponse"))
        .setSecondFactor(fields.flag("secondFactor"))
        .build();
  }

  TransferTeam team(JsonNode node) {
    var fields = new RecordFields(place, node, TEAM);
    return TransferTeam.newBuilder().setId(fields.id("id")).setName(fields.name("name")).build();
  }

  /** Who is in a team, and which team it is in itself. */
  List<TransferMembership> memberships(JsonNode node) {
    var fields = new RecordFields(place, node, TEAM);
    String team = fields.id("id");
    var memberships = new ArrayList<TransferMembership>();
    for (String user : fields.ids("members")) {
      memberships.add(TransferMembership.newBuilder().setTeamId(team).setUserId(user).build());
    }
    for (String member : fields.ids("memberTeams")) {
      memberships.add(inside(team, member));
    }
    String parent = fields.optionalId("parent");
    if (!parent.isEmpty()) {
      memberships.add(inside(parent, team));
    }
    return memberships;
  }

  private static TransferMembership inside(String team, String member) {
    return TransferMembership.newBuilder().setTeamId(team).setMemberTeamId(member).build();
  }

  TransferDashboard dashboard(JsonNode node) {
    var fields = new RecordFields(place, node, DASHBOARD);
    return TransferDashboard.newBuilder()
        .setDashboard(
            Dashboard.newBuilder()
                .setId(fields.id("id"))
                .setName(fields.name("name"))
                .setOwnerId(fields.id("owner"))
                .setCompanyDefault(fields.oneOf("default", LEVELS))
                .setDraft(fields.flag("draft"))
                .setWorkspaceId(fields.optionalId("workspace")))
        .build();
  }

  /** The entries of a dashboard. */
  List<TransferEntry> entries(JsonNode node) {
    var fields = new RecordFields(place, node, DASHBOARD);
    String dashboard = fields.id("id");
    var entries = new ArrayList<TransferEntry>();
    for (var user : fields.byId("users")) {
      entries.add(
          entry(dashboard, level(fields, "users", user.getValue()).setUserId(user.getKey())));
    }
    for (var team : fields.byId("teams")) {
      entries.add(
          entry(dashboard, level(fields, "teams", team.getValue()).setTeamId(team.getKey())));
    }
    return entries;
  }

  /** Who wants a dashboard in the digest. */
  List<TransferSubscription> subscriptions(JsonNode node) {
    var fields = new RecordFields(place, node, DASHBOARD);
    String dashboard = fields.id("id");
    return fields.ids("subscribers").stream()
        .map(user ->
            TransferSubscription.newBuilder().setDashboardId(dashboard).setUserId(user).build())
        .toList();
  }

  private static TransferEntry entry(String dashboard, AccessEntry.Builder entry) {
    return TransferEntry.newBuilder().setDashboardId(dashboard).setEntry(entry).build();
  }

  /** {@code "VIEWER"}, or {@code {"level": "VIEWER", "endsAt": "…"}} for an entry with an end. */
  private AccessEntry.Builder level(RecordFields fields, String field, JsonNode value) {
    if (value.isTextual()) {
      return AccessEntry.newBuilder().setLevel(fields.named(field, value.textValue(), LEVELS));
    }
    var entry = new RecordFields(place, value, ENTRY);
    return AccessEntry.newBuilder()
        .setLevel(entry.named("level", entry.text("level"), LEVELS))
        .setEndsAtMicros(entry.time("endsAt"));
  }

  LevelTotals expected(JsonNode node) {
    var fields = new RecordFields(place, node, EXPECTED);
    return new LevelTotals(
        fields.count("NONE"),
        fields.count("VIEWER"),
        fields.count("EDITOR"),
        fields.count("OWNER"));
  }
}
