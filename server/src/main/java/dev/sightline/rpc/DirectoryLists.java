package dev.sightline.rpc;

import dev.sightline.auth.Binding;
import dev.sightline.auth.Caller;
import dev.sightline.auth.PageCursors;
import dev.sightline.cache.Fresh;
import dev.sightline.change.Instants;
import dev.sightline.command.Actor;
import dev.sightline.command.Stages;
import dev.sightline.graph.GraphCounts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.Page;
import dev.sightline.store.Rows.OrganizationRow;
import dev.sightline.store.Rows.TeamRow;
import dev.sightline.store.Rows.UserRow;
import dev.sightline.v1.GetOrganizationRequest;
import dev.sightline.v1.GetOrganizationResponse;
import dev.sightline.v1.GetUserRequest;
import dev.sightline.v1.GetUserResponse;
import dev.sightline.v1.ListOrganizationsRequest;
import dev.sightline.v1.ListOrganizationsResponse;
import dev.sightline.v1.ListTeamsRequest;
import dev.sightline.v1.ListTeamsResponse;
import dev.sightline.v1.ListUsersRequest;
import dev.sightline.v1.ListUsersResponse;
import dev.sightline.v1.ListWorkspacesRequest;
import dev.sightline.v1.ListWorkspacesResponse;
import dev.sightline.v1.Organization;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.Team;
import dev.sightline.v1.User;
import dev.sightline.v1.Workspace;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What there is to read of organizations, people, teams and workspaces. */
final class DirectoryLists {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Calls calls;
  private final Proof proof;
  private final DirectoryReads directory;
  private final PageCursors cursors;

  DirectoryLists(Calls calls, Proof proof, DirectoryReads directory, PageCursors cursors) {
    this.calls = calls;
    this.proof = proof;
    this.directory = directory;
    this.cursors = cursors;
  }

  GetOrganizationResponse organization(GetOrganizationRequest request) throws Exception {
    OrganizationId id = Requests.organization(request.getOrganizationId());
    return calls.fresh(
        id,
        Calls.fullyConsistent(),
        fresh -> {
          DashboardRpc.refuse(Stages.organization(fresh.graph()));
          OrganizationRow row = directory.organization(id);
          if (row == null) {
            throw Statuses.exception(Stages.unknownOrganization(id));
          }
          return GetOrganizationResponse.newBuilder()
              .setOrganization(organization(id, row.name(), row.parent(), row.root()))
              .setCounts(counts(fresh.graph().counts()))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  ListOrganizationsResponse organizations(ListOrganizationsRequest request, Caller caller) {
    int size = pageSize(request.getPageSize());
    var list = Pages.listOf(caller.tokenId(), request.toBuilder().clearPageSize().clearPageToken());
    Page page = page(Pages.after(cursors, list, request.getPageToken()), size + 1);
    List<OrganizationRow> rows = withinReach(caller.binding(), page);
    ListOrganizationsResponse.Builder response = ListOrganizationsResponse.newBuilder();
    rows.stream()
        .limit(size)
        .forEach(row ->
            response.addOrganizations(
                organization(row.id(), row.name(), row.parent(), row.root())));
    String goesOnAfter = rows.size() > size ? rows.get(size - 1).id().value() : "";
    return response.setNextPageToken(Pages.token(cursors, list, goesOnAfter)).build();
  }

  private List<OrganizationRow> withinReach(Binding binding, Page page) {
    return switch (binding) {
      case Binding.All() -> directory.organizations(page);
      case Binding.Realm(OrganizationId root) -> directory.realm(root, page);
      case Binding.OneOrganization(OrganizationId id) -> {
        OrganizationRow row = page.after() == null ? directory.organization(id) : null;
        yield row == null ? List.of() : List.of(row);
      }
    };
  }

  GetUserResponse user(GetUserRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    UserId user = Requests.user("user_id", request.getUserId());
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          boolean self = request.getActor().getUserId().equals(user.value());
          requireRole(
              fresh,
              request.hasActor() ? request.getActor() : null,
              self ? Role.ANALYST : Role.MANAGER);
          UserRow row = directory.<@Nullable UserRow>rows(organization, rows -> rows.user(user));
          if (row == null) {
            throw Statuses.exception(
                Refusal.of(
                    Reason.USER_NOT_FOUND, "There is no user " + user + ".", "user", user.value()));
          }
          return GetUserResponse.newBuilder()
              .setUser(user(row))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  ListUsersResponse users(ListUsersRequest request, String caller) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    int size = pageSize(request.getPageSize());
    var list = Pages.listOf(caller, request.toBuilder().clearPageSize().clearPageToken());
    Page page = page(Pages.after(cursors, list, request.getPageToken()), size + 1);
    Set<Status> statuses = EnumSet.allOf(Status.class);
    if (!request.getIncludeDeleted()) {
      statuses.remove(Status.DELETED);
    }
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          requireRole(fresh, request.hasActor() ? request.getActor() : null, Role.MANAGER);
          List<UserRow> rows = directory.users(organization, statuses, page);
          ListUsersResponse.Builder response = ListUsersResponse.newBuilder();
          rows.stream().limit(size).forEach(row -> response.addUsers(user(row)));
          String goesOnAfter = rows.size() > size ? rows.get(size - 1).id().value() : "";
          return response
              .setNextPageToken(Pages.token(cursors, list, goesOnAfter))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  ListTeamsResponse teams(ListTeamsRequest request, String caller) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    int size = pageSize(request.getPageSize());
    var list = Pages.listOf(caller, request.toBuilder().clearPageSize().clearPageToken());
    Page page = page(Pages.after(cursors, list, request.getPageToken()), size + 1);
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          requireRole(fresh, request.hasActor() ? request.getActor() : null, Role.MANAGER);
          List<TeamRow> rows = directory.teams(organization, page);
          ListTeamsResponse.Builder response = ListTeamsResponse.newBuilder();
          rows.stream().limit(size).forEach(row -> response.addTeams(team(fresh.graph(), row)));
          String goesOnAfter = rows.size() > size ? rows.get(size - 1).id().value() : "";
          return response
              .setNextPageToken(Pages.token(cursors, list, goesOnAfter))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  ListWorkspacesResponse workspaces(ListWorkspacesRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          requireRole(fresh, request.hasActor() ? request.getActor() : null, Role.ANALYST);
          ListWorkspacesResponse.Builder response = ListWorkspacesResponse.newBuilder();
          Exports.all(page -> directory.workspaces(organization, page), row -> row.id().value())
              .forEach(row ->
                  response.addWorkspaces(
                      Workspace.newBuilder().setId(row.id().value()).setName(row.name())));
          return response.setPosition(proof.position(fresh)).build();
        });
  }

  /** The organization is there, and the actor, where one is named, has at least this role. */
  private static void requireRole(Fresh fresh, dev.sightline.v1.@Nullable Actor actor, Role least) {
    OrgGraph graph = fresh.graph();
    if (actor == null) {
      DashboardRpc.refuse(Stages.organization(graph));
    } else {
      Actor named = Requests.actor(graph.id(), actor);
      DashboardRpc.refuse(Stages.role(graph, named, least));
    }
  }

  static Organization organization(
      OrganizationId id, String name, @Nullable OrganizationId parent, OrganizationId root) {
    return Organization.newBuilder()
        .setId(id.value())
        .setName(name)
        .setParentId(parent == null ? "" : parent.value())
        .setRootId(root.value())
        .build();
  }

  static OrganizationCounts counts(GraphCounts counts) {
    return OrganizationCounts.newBuilder()
        .setUsers(counts.users())
        .setTeams(counts.teams())
        .setMemberships(counts.memberships())
        .setDashboards(counts.dashboards())
        .setEntries(counts.entries())
        .build();
  }

  private static User user(UserRow row) {
    User.Builder user =
        User.newBuilder()
            .setId(row.id().value())
            .setRole(Enums.toProto(row.role()))
            .setStatus(Enums.toProto(row.status()))
            .setCreatedAtMicros(Instants.micros(row.createdAt()))
            .setAdminSinceMicros(row.adminSince() == null ? 0 : Instants.micros(row.adminSince()))
            .setActiveResponse(row.activeResponse())
            .setSecondFactor(row.secondFactor());
    if (row.profile() != null) {
      user.setName(row.profile().name())
          .setEmail(row.profile().email().value())
          .setTitle(row.profile().title());
    }
    return user.build();
  }

  private static Team team(OrgGraph graph, TeamRow row) {
    Team.Builder team = Team.newBuilder().setId(row.id().value()).setName(row.name());
    if (graph.facts().exists(row.id())) {
      for (Subject member : graph.facts().members(row.id())) {
        switch (member) {
          case UserId user -> team.addUserIds(user.value());
          case TeamId inner -> team.addTeamIds(inner.value());
        }
      }
    }
    return team.build();
  }

  private static Page page(String after, int limit) {
    return after.isEmpty() ? Page.first(limit) : new Page(after, limit);
  }

  private static int pageSize(int asked) {
    return Requests.within("page_size", asked, USUAL_PAGE, LARGEST_PAGE);
  }
}
