package dev.sightline.client;

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
import dev.sightline.v1.RemoveTeamMemberRequest;
import dev.sightline.v1.RemoveTeamMemberResponse;
import dev.sightline.v1.RenameTeamRequest;
import dev.sightline.v1.RenameTeamResponse;
import dev.sightline.v1.UpdateUserRequest;
import dev.sightline.v1.UpdateUserResponse;
import io.grpc.stub.StreamObserver;

/** Does what it is asked to. */
final class TestDirectory extends DirectoryServiceGrpc.DirectoryServiceImplBase {
  private final TestService service;

  TestDirectory(TestService service) {
    this.service = service;
  }

  private static <T> void reply(StreamObserver<T> observer, T response) {
    observer.onNext(response);
    observer.onCompleted();
  }

  private static dev.sightline.v1.User user(String id) {
    return dev.sightline.v1.User.newBuilder()
        .setId(id)
        .setName("Ann")
        .setEmail("ann@acme.example")
        .setRole(dev.sightline.v1.Role.ROLE_ANALYST)
        .setStatus(dev.sightline.v1.UserStatus.USER_STATUS_ACTIVE)
        .setCreatedAtMicros(1)
        .build();
  }

  @Override
  public void createOrganization(
      CreateOrganizationRequest request, StreamObserver<CreateOrganizationResponse> observer) {
    reply(
        observer,
        CreateOrganizationResponse.newBuilder()
            .setWritten(service.write())
            .setOrganization(
                dev.sightline.v1.Organization.newBuilder()
                    .setId(request.getOrganizationId())
                    .setName(request.getName())
                    .setParentId(request.getParentId())
                    .setRootId("acme"))
            .build());
  }

  /** Three, one a page. */
  @Override
  public void listOrganizations(
      ListOrganizationsRequest request, StreamObserver<ListOrganizationsResponse> observer) {
    int number = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    reply(
        observer,
        ListOrganizationsResponse.newBuilder()
            .addOrganizations(dev.sightline.v1.Organization.newBuilder().setId("o" + number))
            .setNextPageToken(number == 2 ? "" : Integer.toString(number + 1))
            .build());
  }

  @Override
  public void addUser(AddUserRequest request, StreamObserver<AddUserResponse> observer) {
    reply(
        observer,
        AddUserResponse.newBuilder()
            .setWritten(service.write())
            .setUser(user(request.getUser().getId()))
            .build());
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> observer) {
    reply(
        observer,
        GetUserResponse.newBuilder()
            .setUser(user(request.getUserId()))
            .setPosition(service.position())
            .build());
  }

  @Override
  public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> observer) {
    reply(
        observer,
        ListUsersResponse.newBuilder()
            .addUsers(user("ann"))
            .addUsers(user("cal"))
            .setPosition(service.position())
            .build());
  }

  @Override
  public void updateUser(UpdateUserRequest request, StreamObserver<UpdateUserResponse> observer) {
    reply(
        observer,
        UpdateUserResponse.newBuilder()
            .setWritten(service.write())
            .setUser(user(request.getUserId()))
            .build());
  }

  @Override
  public void changeRole(ChangeRoleRequest request, StreamObserver<ChangeRoleResponse> observer) {
    reply(
        observer,
        ChangeRoleResponse.newBuilder()
            .setWritten(service.write())
            .setUser(user(request.getUserId()))
            .build());
  }

  @Override
  public void disableUser(
      DisableUserRequest request, StreamObserver<DisableUserResponse> observer) {
    reply(
        observer,
        DisableUserResponse.newBuilder()
            .setWritten(service.write())
            .setUser(user(request.getUserId()))
            .build());
  }

  @Override
  public void enableUser(EnableUserRequest request, StreamObserver<EnableUserResponse> observer) {
    reply(
        observer,
        EnableUserResponse.newBuilder()
            .setWritten(service.write())
            .setUser(user(request.getUserId()))
            .build());
  }

  @Override
  public void deleteUser(DeleteUserRequest request, StreamObserver<DeleteUserResponse> observer) {
    reply(
        observer,
        DeleteUserResponse.newBuilder()
            .setWritten(service.write())
            .setHeirId("cal")
            .setInheritedDashboards(2)
            .build());
  }

  @Override
  public void createTeam(CreateTeamRequest request, StreamObserver<CreateTeamResponse> observer) {
    reply(
        observer,
        CreateTeamResponse.newBuilder()
            .setWritten(service.write())
            .setTeam(
                dev.sightline.v1.Team.newBuilder()
                    .setId(request.getTeamId())
                    .setName(request.getName()))
            .build());
  }

  @Override
  public void renameTeam(RenameTeamRequest request, StreamObserver<RenameTeamResponse> observer) {
    reply(observer, RenameTeamResponse.newBuilder().setWritten(service.write()).build());
  }

  @Override
  public void deleteTeam(DeleteTeamRequest request, StreamObserver<DeleteTeamResponse> observer) {
    reply(observer, DeleteTeamResponse.newBuilder().setWritten(service.write()).build());
  }

  @Override
  public void addTeamMember(
      AddTeamMemberRequest request, StreamObserver<AddTeamMemberResponse> observer) {
    reply(observer, AddTeamMemberResponse.newBuilder().setWritten(service.write()).build());
  }

  @Override
  public void removeTeamMember(
      RemoveTeamMemberRequest request, StreamObserver<RemoveTeamMemberResponse> observer) {
    reply(observer, RemoveTeamMemberResponse.newBuilder().setWritten(service.write()).build());
  }

  @Override
  public void listTeams(ListTeamsRequest request, StreamObserver<ListTeamsResponse> observer) {
    reply(
        observer,
        ListTeamsResponse.newBuilder()
            .addTeams(
                dev.sightline.v1.Team.newBuilder()
                    .setId("sales")
                    .addUserIds("ann")
                    .addTeamIds("west"))
            .setPosition(service.position())
            .build());
  }

  @Override
  public void createWorkspace(
      CreateWorkspaceRequest request, StreamObserver<CreateWorkspaceResponse> observer) {
    reply(
        observer,
        CreateWorkspaceResponse.newBuilder()
            .setWritten(service.write())
            .setWorkspace(
                dev.sightline.v1.Workspace.newBuilder()
                    .setId(request.getWorkspaceId())
                    .setName(request.getName()))
            .build());
  }

  @Override
  public void listWorkspaces(
      ListWorkspacesRequest request, StreamObserver<ListWorkspacesResponse> observer) {
    reply(
        observer,
        ListWorkspacesResponse.newBuilder()
            .addWorkspaces(dev.sightline.v1.Workspace.newBuilder().setId("emea").setName("EMEA"))
            .setPosition(service.position())
            .build());
  }
}
