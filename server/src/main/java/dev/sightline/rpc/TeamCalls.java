package dev.sightline.rpc;

import dev.sightline.command.TeamCommands;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.TeamId;
import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AddTeamMemberResponse;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateTeamResponse;
import dev.sightline.v1.DeleteTeamRequest;
import dev.sightline.v1.DeleteTeamResponse;
import dev.sightline.v1.RemoveTeamMemberRequest;
import dev.sightline.v1.RemoveTeamMemberResponse;
import dev.sightline.v1.RenameTeamRequest;
import dev.sightline.v1.RenameTeamResponse;
import dev.sightline.v1.Team;
import io.grpc.stub.StreamObserver;

/** What admins do about teams. */
final class TeamCalls {
  private final WriteCalls writes;

  TeamCalls(WriteCalls writes) {
    this.writes = writes;
  }

  void create(CreateTeamRequest request, StreamObserver<CreateTeamResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new TeamCommands.CreateTeam(
                actor,
                Requests.newId("team_id", request.getTeamId(), TeamId::new),
                Requests.name("name", request.getName())),
        (team, written) ->
            CreateTeamResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setTeam(Team.newBuilder().setId(team.value()).setName(request.getName()))
                .build(),
        CreateTeamResponse.parser());
  }

  void rename(RenameTeamRequest request, StreamObserver<RenameTeamResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new TeamCommands.RenameTeam(
                actor,
                Requests.team("team_id", request.getTeamId()),
                Requests.name("name", request.getName())),
        (_, written) ->
            RenameTeamResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        RenameTeamResponse.parser());
  }

  void delete(DeleteTeamRequest request, StreamObserver<DeleteTeamResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> new TeamCommands.DeleteTeam(actor, Requests.team("team_id", request.getTeamId())),
        (_, written) ->
            DeleteTeamResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        DeleteTeamResponse.parser());
  }

  void addMember(AddTeamMemberRequest request, StreamObserver<AddTeamMemberResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new TeamCommands.AddMember(
                actor,
                Requests.team("team_id", request.getTeamId()),
                switch (request.getMemberCase()) {
                  case USER_ID -> Requests.user("user_id", request.getUserId());
                  case MEMBER_TEAM_ID -> Requests.team("member_team_id", request.getMemberTeamId());
                  case MEMBER_NOT_SET -> throw noMember();
                }),
        (_, written) ->
            AddTeamMemberResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        AddTeamMemberResponse.parser());
  }

  void removeMember(
      RemoveTeamMemberRequest request, StreamObserver<RemoveTeamMemberResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new TeamCommands.RemoveMember(
                actor,
                Requests.team("team_id", request.getTeamId()),
                switch (request.getMemberCase()) {
                  case USER_ID -> Requests.user("user_id", request.getUserId());
                  case MEMBER_TEAM_ID -> Requests.team("member_team_id", request.getMemberTeamId());
                  case MEMBER_NOT_SET -> throw noMember();
                }),
        (_, written) ->
            RemoveTeamMemberResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        RemoveTeamMemberResponse.parser());
  }

  private static io.grpc.StatusRuntimeException noMember() {
    return Requests.invalid(
        Reason.MALFORMED_REQUEST, "member", "name a user_id or a member_team_id; there is none");
  }
}
