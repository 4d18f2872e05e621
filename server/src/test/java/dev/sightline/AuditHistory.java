package dev.sightline;

import dev.sightline.TestService.Node;
import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AuditFilter;
import dev.sightline.v1.AuditFormat;
import dev.sightline.v1.AuditRecord;
import dev.sightline.v1.AuditServiceGrpc;
import dev.sightline.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.ExportAuditRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.RemoveTeamMemberRequest;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.SearchAuditRequest;
import dev.sightline.v1.TransferOwnershipRequest;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateUserRequest;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random history of an organization, and its log as the service tells it. */
final class AuditHistory {
  static final List<String> USERS = List.of("ada", "bo", "cy", "di", "ed", "fay", "gus", "hal");
  static final List<String> TEAMS = List.of("t1", "t2", "t3");
  static final List<String> DASHBOARDS = List.of("d1", "d2", "d3", "d4", "d5");

  private final Node node;
  private final String organization;
  private final Random random;

  AuditHistory(Node node, String organization, Random random) {
    this.node = node;
    this.organization = organization;
    this.random = random;
  }

  static AuditServiceBlockingStub audit(Node node) {
    return AuditServiceGrpc.newBlockingStub(node.channel);
  }

  /** Makes the organization, and so many changes; what is refused changes nothing. */
  void play(int changes) {
    Orgs.create(node, organization, "ada");
    for (String user : USERS.subList(1, USERS.size())) {
      Orgs.add(
          node, organization, "ada", user, user.equals("bo") ? Role.ROLE_ADMIN : Role.ROLE_ANALYST);
    }
    for (String team : TEAMS) {
      var _ =
          node.directory.createTeam(
              CreateTeamRequest.newBuilder()
                  .setOrganizationId(organization)
                  .setActor(Orgs.actor("ada"))
                  .setTeamId(team)
                  .setName("=Team " + team)
                  .build());
    }
    var _ =
        node.directory.createWorkspace(
            CreateWorkspaceRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("bo"))
                .setWorkspaceId("w1")
                .setName("Lab, \"the\" old")
                .build());
    for (String dashboard : DASHBOARDS) {
      Orgs.dashboard(node, organization, one(USERS), dashboard, Level.LEVEL_VIEWER);
    }
    for (int i = 0; i < changes; i++) {
      try {
        change(i);
      } catch (StatusRuntimeException e) {
        // Refused: there are many reasons for it in a history at random.
      }
    }
  }

  private String one(List<String> among) {
    return among.get(random.nextInt(among.size()));
  }

  private void change(int i) {
    var actor =
        Orgs.actor(random.nextInt(3) == 0 ? one(USERS) : random.nextBoolean() ? "ada" : "bo");
    var _ =
        switch (random.nextInt(12)) {
          case 0, 1, 2, 3 -> node.dashboards.updateAccess(access().setActor(actor).build());
          case 4 ->
              node.directory.addTeamMember(
                  AddTeamMemberRequest.newBuilder()
                      .setOrganizationId(organization)
                      .setActor(actor)
                      .setTeamId(one(TEAMS))
                      .setUserId(one(USERS))
                      .build());
          case 5 ->
              node.directory.removeTeamMember(
                  RemoveTeamMemberRequest.newBuilder()
                      .setOrganizationId(organization)
                      .setActor(actor)
                      .setTeamId(one(TEAMS))
                      .setUserId(one(USERS))
                      .build());
          case 6 ->
              node.directory.addTeamMember(
                  AddTeamMemberRequest.newBuilder()
                      .setOrganizationId(organization)
                      .setActor(actor)
                      .setTeamId(one(TEAMS))
                      .setMemberTeamId(one(TEAMS))
                      .build());
          case 7 ->
              node.dashboards.renameDashboard(
                  RenameDashboardRequest.newBuilder()
                      .setOrganizationId(organization)
                      .setActor(actor)
                      .setDashboardId(one(DASHBOARDS))
                      .setName("+1 „Größe“ " + i)
                      .build());
          case 8 ->
              node.dashboards.transferOwnership(
                  TransferOwnershipRequest.newBuilder()
                      .setOrganizationId(organization)
                      .setActor(actor)
                      .setDashboardId(one(DASHBOARDS))
                      .setNewOwnerId(one(USERS))
                      .build());
          case 9 ->
              node.directory.updateUser(
                  UpdateUserRequest.newBuilder()
                      .setOrganizationId(organization)
                      .setActor(actor)
                      .setUserId(one(USERS))
                      .setName("@Renamed " + i)
                      .build());
          case 10 ->
              node.directory.changeRole(
                  ChangeRoleRequest.newBuilder()
                      .setOrganizationId(organization)
                      .setActor(Orgs.actor("ada"))
                      .setUserId(one(USERS.subList(2, USERS.size())))
                      .setRole(Role.ROLE_MANAGER)
                      .build());
          default -> away();
        };
  }

  private UpdateAccessRequest.Builder access() {
    var request =
        UpdateAccessRequest.newBuilder()
            .setOrganizationId(organization)
            .setDashboardId(one(DASHBOARDS));
    for (int i = random.nextInt(3); i >= 0; i--) {
      if (random.nextInt(3) == 0) {
        request.addRemove(EntryToRemove.newBuilder().setUserId(one(USERS)));
      } else if (random.nextBoolean()) {
        request.addSet(EntryToSet.newBuilder().setUserId(one(USERS)).setLevel(Level.LEVEL_EDITOR));
      } else {
        request.addSet(EntryToSet.newBuilder().setTeamId(one(TEAMS)).setLevel(Level.LEVEL_NONE));
      }
    }
    return request;
  }

  /** Somebody is shut out or, in a quarter of the cases, deleted. */
  private Object away() {
    String user = one(USERS.subList(2, USERS.size()));
    return random.nextInt(4) == 0
        ? delete(user)
        : node.directory.disableUser(
            DisableUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .build());
  }

  Object delete(String user) {
    return node.directory.deleteUser(
        DeleteUserRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor("ada"))
            .setUserId(user)
            .build());
  }

  /** All that a search finds, page by page. */
  List<AuditRecord> search(AuditFilter filter, boolean oldestFirst, int pageSize) {
    List<AuditRecord> found = new ArrayList<>();
    var request =
        SearchAuditRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor("ada"))
            .setFilter(filter)
            .setOldestFirst(oldestFirst)
            .setPageSize(pageSize);
    do {
      var page = audit(node).searchAudit(request.build());
      found.addAll(page.getRecordsList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return found;
  }

  /** All records, oldest first. */
  List<AuditRecord> all() {
    return search(AuditFilter.getDefaultInstance(), true, 1_000);
  }

  String export(AuditFormat format, boolean personal, long from, long through) {
    var bytes = new ByteArrayOutputStream();
    audit(node)
        .exportAudit(
            ExportAuditRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setFormat(format)
                .setIncludePersonal(personal)
                .setFromRevision(from)
                .setThroughRevision(through)
                .build())
        .forEachRemaining(part -> {
          try {
            part.getPart().writeTo(bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
