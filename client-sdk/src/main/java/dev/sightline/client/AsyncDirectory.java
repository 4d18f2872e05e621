package dev.sightline.client;

import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.DeleteTeamRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.GetUserRequest;
import dev.sightline.v1.ListTeamsRequest;
import dev.sightline.v1.ListUsersRequest;
import dev.sightline.v1.ListWorkspacesRequest;
import dev.sightline.v1.RemoveTeamMemberRequest;
import dev.sightline.v1.RenameTeamRequest;
import dev.sightline.v1.UpdateUserRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The calls of {@link Directory}, each returning at once with a future, as in {@link
 * AsyncOrganization}.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="async"}
 */
public final class AsyncDirectory {
  private final Acting acting;

  AsyncDirectory(Acting acting) {
    this.acting = acting;
  }

  /** As {@link Directory#withIdempotencyKey}. */
  public AsyncDirectory withIdempotencyKey(String key) {
    return new AsyncDirectory(acting.withKey(key));
  }

  /** As {@link Directory#addUser}. */
  public CompletableFuture<Result<User>> addUser(NewUser user) {
    return acting.write(
        DirectoryServiceGrpc.getAddUserMethod(),
        key ->
            AddUserRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setUser(Translation.newUser(user))
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Result<>(Translation.user(reply.getUser()), wrote.apply(reply.getWritten())));
  }

  /** As {@link Directory#user}. */
  public CompletableFuture<User> user(String user) {
    var request =
        GetUserRequest.newBuilder()
            .setOrganizationId(acting.organization())
            .setActor(acting.actor())
            .setUserId(user)
            .build();
    return acting
        .scope()
        .read(
            DirectoryServiceGrpc.getGetUserMethod(),
            request,
            reply -> {
              var _ = acting.scope().saw(reply.message().getPosition());
              return Translation.user(reply.message().getUser());
            });
  }

  /** As {@link Directory#editUser}. */
  public CompletableFuture<Result<User>> editUser(String user, UserEdit edit) {
    return acting.write(
        DirectoryServiceGrpc.getUpdateUserMethod(),
        key -> {
          var request =
              UpdateUserRequest.newBuilder()
                  .setOrganizationId(acting.organization())
                  .setActor(acting.actor())
                  .setUserId(user)
                  .setIdempotencyKey(key);
          edit.name().ifPresent(request::setName);
          edit.email().ifPresent(request::setEmail);
          edit.title().ifPresent(request::setTitle);
          return request.build();
        },
        (reply, wrote) ->
            new Result<>(Translation.user(reply.getUser()), wrote.apply(reply.getWritten())));
  }

  /** As {@link Directory#changeRole}. */
  public CompletableFuture<Result<User>> changeRole(String user, Role role) {
    return acting.write(
        DirectoryServiceGrpc.getChangeRoleMethod(),
        key ->
            ChangeRoleRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setUserId(user)
                .setRoleValue(Translation.number(role))
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Result<>(Translation.user(reply.getUser()), wrote.apply(reply.getWritten())));
  }

  /** As {@link Directory#disableUser}. */
  public CompletableFuture<Result<User>> disableUser(String user) {
    return acting.write(
        DirectoryServiceGrpc.getDisableUserMethod(),
        key ->
            DisableUserRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setUserId(user)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Result<>(Translation.user(reply.getUser()), wrote.apply(reply.getWritten())));
  }

  /** As {@link Directory#enableUser}. */
  public CompletableFuture<Result<User>> enableUser(String user) {
    return acting.write(
        DirectoryServiceGrpc.getEnableUserMethod(),
        key ->
            EnableUserRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setUserId(user)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Result<>(Translation.user(reply.getUser()), wrote.apply(reply.getWritten())));
  }

  /** As {@link Directory#deleteUser}. */
  public CompletableFuture<Inheritance> deleteUser(String user) {
    return acting.write(
        DirectoryServiceGrpc.getDeleteUserMethod(),
        key ->
            DeleteUserRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setUserId(user)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Inheritance(
                reply.getHeirId(),
                reply.getInheritedDashboards(),
                wrote.apply(reply.getWritten())));
  }

  /** As {@link Directory#users}. */
  public AsyncListing<User> users() {
    return new AsyncListing<>(userPages());
  }

  PageSource<User> userPages() {
    return token -> {
      var request =
          ListUsersRequest.newBuilder()
              .setOrganizationId(acting.organization())
              .setActor(acting.actor())
              .setPageToken(token)
              .build();
      return acting
          .scope()
          .read(
              DirectoryServiceGrpc.getListUsersMethod(),
              request,
              reply -> {
                var it = reply.message();
                return new Page<>(
                    it.getUsersList().stream().map(Translation::user).toList(),
                    acting.scope().saw(it.getPosition()),
                    it.getNextPageToken());
              });
    };
  }

  /** As {@link Directory#createTeam}. */
  public CompletableFuture<Result<Team>> createTeam(NewTeam team) {
    return acting.write(
        DirectoryServiceGrpc.getCreateTeamMethod(),
        key ->
            CreateTeamRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setTeamId(team.id())
                .setName(team.name())
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Result<>(Translation.team(reply.getTeam()), wrote.apply(reply.getWritten())));
  }

  /** As {@link Directory#renameTeam}. */
  public CompletableFuture<Written> renameTeam(String team, String name) {
    return acting.write(
        DirectoryServiceGrpc.getRenameTeamMethod(),
        key ->
            RenameTeamRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setTeamId(team)
                .setName(name)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) -> wrote.apply(reply.getWritten()));
  }

  /** As {@link Directory#deleteTeam}. */
  public CompletableFuture<Written> deleteTeam(String team) {
    return acting.write(
        DirectoryServiceGrpc.getDeleteTeamMethod(),
        key ->
            DeleteTeamRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setTeamId(team)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) -> wrote.apply(reply.getWritten()));
  }

  /** As {@link Directory#addTeamMember}. */
  public CompletableFuture<Written> addTeamMember(String team, Subject member) {
    return acting.write(
        DirectoryServiceGrpc.getAddTeamMemberMethod(),
        key -> {
          var request =
              AddTeamMemberRequest.newBuilder()
                  .setOrganizationId(acting.organization())
                  .setActor(acting.actor())
                  .setTeamId(team)
                  .setIdempotencyKey(key);
          return switch (member) {
            case Subject.OfUser(var id) -> request.setUserId(id).build();
            case Subject.OfTeam(var id) -> request.setMemberTeamId(id).build();
          };
        },
        (reply, wrote) -> wrote.apply(reply.getWritten()));
  }

  /** As {@link Directory#removeTeamMember}. */
  public CompletableFuture<Written> removeTeamMember(String team, Subject member) {
    return acting.write(
        DirectoryServiceGrpc.getRemoveTeamMemberMethod(),
        key -> {
          var request =
              RemoveTeamMemberRequest.newBuilder()
                  .setOrganizationId(acting.organization())
                  .setActor(acting.actor())
                  .setTeamId(team)
                  .setIdempotencyKey(key);
          return switch (member) {
            case Subject.OfUser(var id) -> request.setUserId(id).build();
            case Subject.OfTeam(var id) -> request.setMemberTeamId(id).build();
          };
        },
        (reply, wrote) -> wrote.apply(reply.getWritten()));
  }

  /** As {@link Directory#teams}. */
  public AsyncListing<Team> teams() {
    return new AsyncListing<>(teamPages());
  }

  PageSource<Team> teamPages() {
    return token -> {
      var request =
          ListTeamsRequest.newBuilder()
              .setOrganizationId(acting.organization())
              .setActor(acting.actor())
              .setPageToken(token)
              .build();
      return acting
          .scope()
          .read(
              DirectoryServiceGrpc.getListTeamsMethod(),
              request,
              reply -> {
                var it = reply.message();
                return new Page<>(
                    it.getTeamsList().stream().map(Translation::team).toList(),
                    acting.scope().saw(it.getPosition()),
                    it.getNextPageToken());
              });
    };
  }

  /** As {@link Directory#createWorkspace}. */
  public CompletableFuture<Result<Workspace>> createWorkspace(NewWorkspace workspace) {
    return acting.write(
        DirectoryServiceGrpc.getCreateWorkspaceMethod(),
        key ->
            CreateWorkspaceRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setWorkspaceId(workspace.id())
                .setName(workspace.name())
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Result<>(
                Translation.workspace(reply.getWorkspace()), wrote.apply(reply.getWritten())));
  }

  /** As {@link Directory#workspaces}. */
  public CompletableFuture<List<Workspace>> workspaces() {
    var request =
        ListWorkspacesRequest.newBuilder()
            .setOrganizationId(acting.organization())
            .setActor(acting.actor())
            .build();
    return acting
        .scope()
        .read(
            DirectoryServiceGrpc.getListWorkspacesMethod(),
            request,
            reply -> {
              var it = reply.message();
              var _ = acting.scope().saw(it.getPosition());
              return it.getWorkspacesList().stream().map(Translation::workspace).toList();
            });
  }
}
