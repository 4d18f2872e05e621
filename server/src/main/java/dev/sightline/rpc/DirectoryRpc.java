package dev.sightline.rpc;

import dev.sightline.auth.Callers;
import dev.sightline.change.Instants;
import dev.sightline.change.Profile;
import dev.sightline.change.UserFacts;
import dev.sightline.command.ActiveResponseCommands;
import dev.sightline.command.OrganizationCommands;
import dev.sightline.command.TeamCommands;
import dev.sightline.command.UserCommands;
import dev.sightline.command.UserCommands.UserResult;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import dev.sightline.v1.AcceptInvitationRequest;
import dev.sightline.v1.AcceptInvitationResponse;
import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AddTeamMemberResponse;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.AddUserResponse;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.ChangeRoleResponse;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateOrganizationResponse;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateTeamResponse;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.CreateWorkspaceResponse;
import dev.sightline.v1.DeleteTeamRequest;
import dev.sightline.v1.DeleteTeamResponse;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DeleteUserResponse;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.DisableUserResponse;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.EnableUserResponse;
import dev.sightline.v1.EnrollSecondFactorRequest;
import dev.sightline.v1.EnrollSecondFactorResponse;
import dev.sightline.v1.GetOrganizationRequest;
import dev.sightline.v1.GetOrganizationResponse;
import dev.sightline.v1.GetUserRequest;
import dev.sightline.v1.GetUserResponse;
import dev.sightline.v1.InviteUserRequest;
import dev.sightline.v1.InviteUserResponse;
import dev.sightline.v1.ListOrganizationsRequest;
import dev.sightline.v1.ListOrganizationsResponse;
import dev.sightline.v1.ListTeamsRequest;
import dev.sightline.v1.ListTeamsResponse;
import dev.sightline.v1.ListUsersRequest;
import dev.sightline.v1.ListUsersResponse;
import dev.sightline.v1.ListWorkspacesRequest;
import dev.sightline.v1.ListWorkspacesResponse;
import dev.sightline.v1.NewUser;
import dev.sightline.v1.RemoveSecondFactorRequest;
import dev.sightline.v1.RemoveSecondFactorResponse;
import dev.sightline.v1.RemoveTeamMemberRequest;
import dev.sightline.v1.RemoveTeamMemberResponse;
import dev.sightline.v1.RenameTeamRequest;
import dev.sightline.v1.RenameTeamResponse;
import dev.sightline.v1.ResendInvitationRequest;
import dev.sightline.v1.ResendInvitationResponse;
import dev.sightline.v1.Role;
import dev.sightline.v1.SetActiveResponseRequest;
import dev.sightline.v1.SetActiveResponseResponse;
import dev.sightline.v1.UpdateUserRequest;
import dev.sightline.v1.UpdateUserResponse;
import dev.sightline.v1.User;
import dev.sightline.v1.Workspace;
import io.grpc.stub.StreamObserver;

/** Organizations, people, teams and workspaces. */
final class DirectoryRpc extends DirectoryServiceGrpc.DirectoryServiceImplBase {
  private final Calls calls;
  private final WriteCalls writes;
  private final DirectoryLists lists;
  private final InvitationCalls invitations;
  private final TeamCalls teams;

  DirectoryRpc(Calls calls, WriteCalls writes, DirectoryLists lists, InvitationCalls invitations) {
    this.calls = calls;
    this.writes = writes;
    this.lists = lists;
    this.invitations = invitations;
    this.teams = new TeamCalls(writes);
  }

  @Override
  public void createOrganization(
      CreateOrganizationRequest request, StreamObserver<CreateOrganizationResponse> observer) {
    try {
      OrganizationId id = newOrganization(request);
      OrganizationId parent =
          request.getParentId().isEmpty()
              ? null
              : Requests.id("parent_id", request.getParentId(), OrganizationId::new);
      String name = Requests.name("name", request.getName());
      var command = new OrganizationCommands.Create(name, parent, firstAdmin(request.getAdmin()));
      writes.operate(
          observer,
          request,
          id,
          command,
          (result, written) ->
              CreateOrganizationResponse.newBuilder()
                  .setWritten(WriteCalls.written(written))
                  .setOrganization(
                      DirectoryLists.organization(
                          id, result.facts().name(), result.facts().parent(), result.root()))
                  .setAdmin(user(result.admin()))
                  .build(),
          CreateOrganizationResponse.parser());
    } catch (RuntimeException e) {
      observer.onError(Calls.status(e));
    }
  }

  /** An id made up here is the same for the same key: a repeated request makes no second one. */
  private static OrganizationId newOrganization(CreateOrganizationRequest request) {
    String key = Requests.idempotencyKey(request.getIdempotencyKey());
    boolean repeatable = request.getOrganizationId().isEmpty() && !key.isEmpty();
    return repeatable
        ? new OrganizationId(NewIds.of(Callers.current().tokenId(), key))
        : Requests.newId("organization_id", request.getOrganizationId(), OrganizationId::new);
  }

  @Override
  public void getOrganization(
      GetOrganizationRequest request, StreamObserver<GetOrganizationResponse> observer) {
    calls.answer(observer, () -> lists.organization(request));
  }

  @Override
  public void listOrganizations(
      ListOrganizationsRequest request, StreamObserver<ListOrganizationsResponse> observer) {
    var caller = Callers.current();
    calls.answer(observer, () -> lists.organizations(request, caller));
  }

  @Override
  public void addUser(AddUserRequest request, StreamObserver<AddUserResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> new UserCommands.Add(actor, newUser("user", request.getUser())),
        (result, written) ->
            AddUserResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUser(user(result))
                .build(),
        AddUserResponse.parser());
  }

  @Override
  public void inviteUser(InviteUserRequest request, StreamObserver<InviteUserResponse> observer) {
    invitations.invite(request, observer);
  }

  @Override
  public void resendInvitation(
      ResendInvitationRequest request, StreamObserver<ResendInvitationResponse> observer) {
    invitations.resend(request, observer);
  }

  @Override
  public void acceptInvitation(
      AcceptInvitationRequest request, StreamObserver<AcceptInvitationResponse> observer) {
    invitations.accept(request, observer);
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> observer) {
    calls.answer(observer, () -> lists.user(request));
  }

  @Override
  public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> observer) {
    String caller = Callers.current().tokenId();
    calls.answer(observer, () -> lists.users(request, caller));
  }

  @Override
  public void updateUser(UpdateUserRequest request, StreamObserver<UpdateUserResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new UserCommands.Update(
                actor,
                Requests.user("user_id", request.getUserId()),
                request.hasName() ? Requests.name("name", request.getName()) : null,
                request.hasEmail() ? Requests.email("email", request.getEmail()) : null,
                request.hasTitle() ? Requests.title("title", request.getTitle()) : null),
        (result, written) ->
            UpdateUserResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUser(user(result))
                .build(),
        UpdateUserResponse.parser());
  }

  @Override
  public void changeRole(ChangeRoleRequest request, StreamObserver<ChangeRoleResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new UserCommands.ChangeRole(
                actor,
                Requests.user("user_id", request.getUserId()),
                Enums.role(request.getRole())),
        (result, written) ->
            ChangeRoleResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUser(user(result))
                .build(),
        ChangeRoleResponse.parser());
  }

  @Override
  public void disableUser(
      DisableUserRequest request, StreamObserver<DisableUserResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> new UserCommands.Disable(actor, Requests.user("user_id", request.getUserId())),
        (result, written) ->
            DisableUserResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUser(user(result))
                .build(),
        DisableUserResponse.parser());
  }

  @Override
  public void enableUser(EnableUserRequest request, StreamObserver<EnableUserResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> new UserCommands.Enable(actor, Requests.user("user_id", request.getUserId())),
        (result, written) ->
            EnableUserResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUser(user(result))
                .build(),
        EnableUserResponse.parser());
  }

  @Override
  public void deleteUser(DeleteUserRequest request, StreamObserver<DeleteUserResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> new UserCommands.Delete(actor, Requests.user("user_id", request.getUserId())),
        (result, written) ->
            DeleteUserResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setHeirId(result.heir() == null ? "" : result.heir().value())
                .setInheritedDashboards(result.inheritedDashboards())
                .build(),
        DeleteUserResponse.parser());
  }

  @Override
  public void setActiveResponse(
      SetActiveResponseRequest request, StreamObserver<SetActiveResponseResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new ActiveResponseCommands.SetActiveResponse(
                actor, Requests.user("user_id", request.getUserId()), request.getGranted()),
        (result, written) ->
            SetActiveResponseResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUser(user(result))
                .build(),
        SetActiveResponseResponse.parser());
  }

  @Override
  public void enrollSecondFactor(
      EnrollSecondFactorRequest request, StreamObserver<EnrollSecondFactorResponse> observer) {
    writes.write(
        observer,
        request,
        ActiveResponseCommands.EnrollSecondFactor::new,
        (result, written) ->
            EnrollSecondFactorResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUser(user(result))
                .build(),
        EnrollSecondFactorResponse.parser());
  }

  @Override
  public void removeSecondFactor(
      RemoveSecondFactorRequest request, StreamObserver<RemoveSecondFactorResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new ActiveResponseCommands.RemoveSecondFactor(
                actor, Requests.user("user_id", request.getUserId())),
        (result, written) ->
            RemoveSecondFactorResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUser(user(result))
                .build(),
        RemoveSecondFactorResponse.parser());
  }

  @Override
  public void createTeam(CreateTeamRequest request, StreamObserver<CreateTeamResponse> observer) {
    teams.create(request, observer);
  }

  @Override
  public void renameTeam(RenameTeamRequest request, StreamObserver<RenameTeamResponse> observer) {
    teams.rename(request, observer);
  }

  @Override
  public void deleteTeam(DeleteTeamRequest request, StreamObserver<DeleteTeamResponse> observer) {
    teams.delete(request, observer);
  }

  @Override
  public void addTeamMember(
      AddTeamMemberRequest request, StreamObserver<AddTeamMemberResponse> observer) {
    teams.addMember(request, observer);
  }

  @Override
  public void removeTeamMember(
      RemoveTeamMemberRequest request, StreamObserver<RemoveTeamMemberResponse> observer) {
    teams.removeMember(request, observer);
  }

  @Override
  public void listTeams(ListTeamsRequest request, StreamObserver<ListTeamsResponse> observer) {
    String caller = Callers.current().tokenId();
    calls.answer(observer, () -> lists.teams(request, caller));
  }

  @Override
  public void createWorkspace(
      CreateWorkspaceRequest request, StreamObserver<CreateWorkspaceResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new TeamCommands.CreateWorkspace(
                actor,
                Requests.newId("workspace_id", request.getWorkspaceId(), WorkspaceId::new),
                Requests.name("name", request.getName())),
        (workspace, written) ->
            CreateWorkspaceResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setWorkspace(
                    Workspace.newBuilder().setId(workspace.value()).setName(request.getName()))
                .build(),
        CreateWorkspaceResponse.parser());
  }

  @Override
  public void listWorkspaces(
      ListWorkspacesRequest request, StreamObserver<ListWorkspacesResponse> observer) {
    calls.answer(observer, () -> lists.workspaces(request));
  }

  private static UserCommands.NewUser firstAdmin(NewUser user) {
    return switch (user.getRole()) {
      case ROLE_UNSPECIFIED, ROLE_ADMIN ->
          newUser("admin", user.toBuilder().setRole(Role.ROLE_ADMIN).build());
      case ROLE_ANALYST, ROLE_MANAGER, UNRECOGNIZED ->
          throw Enums.unknown("admin.role", user.getRole(), "ROLE_ADMIN, or left out");
    };
  }

  static UserCommands.NewUser newUser(String field, NewUser user) {
    return new UserCommands.NewUser(
        newUserId(field + ".id", user.getId()),
        new Profile(
            Requests.name(field + ".name", user.getName()),
            Requests.email(field + ".email", user.getEmail()),
            Requests.title(field + ".title", user.getTitle())),
        Enums.roleOrAnalyst(user.getRole()));
  }

  /** A user's id never begins like an agent's: the colon is no character of it. */
  private static UserId newUserId(String field, String id) {
    return Requests.newId(field, id, UserId::new);
  }

  static User user(UserResult result) {
    return user(result.user(), result.facts(), result.profile());
  }

  static User user(UserId id, UserFacts facts, Profile profile) {
    return User.newBuilder()
        .setId(id.value())
        .setName(profile.name())
        .setEmail(profile.email().value())
        .setTitle(profile.title())
        .setRole(Enums.toProto(facts.role()))
        .setStatus(Enums.toProto(facts.status()))
        .setCreatedAtMicros(Instants.micros(facts.createdAt()))
        .setAdminSinceMicros(facts.adminSince() == null ? 0 : Instants.micros(facts.adminSince()))
        .setActiveResponse(facts.activeResponse())
        .setSecondFactor(facts.secondFactor())
        .build();
  }
}
