package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.Atom.NEW_ID;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Operation.change;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.DeleteTeamRequest;
import dev.sightline.v1.RemoveTeamMemberRequest;
import java.util.List;

/** Changes of teams. */
final class TeamChanges {
  private static final Parameters MEMBER =
      Parameters.of(required("team", TEXT)).orElse("user", "member_team");

  static final List<Operation> ALL =
      List.of(
          change(
              "create_team",
              Parameters.of(required("id", NEW_ID), required("name", TEXT)),
              TeamChanges::createTeam),
          change("delete_team", Parameters.of(required("team", TEXT)), TeamChanges::deleteTeam),
          change("add_team_member", MEMBER, TeamChanges::addTeamMember),
          change("remove_team_member", MEMBER, TeamChanges::removeTeamMember));

  private TeamChanges() {}

  private static Value createTeam(Call call, Arguments in) {
    var request =
        CreateTeamRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setTeamId(in.text("id"))
            .setName(in.text("name"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().createTeam(request).getWritten());
  }

  private static Value deleteTeam(Call call, Arguments in) {
    var request =
        DeleteTeamRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setTeamId(in.text("team"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().deleteTeam(request).getWritten());
  }

  private static Value addTeamMember(Call call, Arguments in) {
    var request =
        AddTeamMemberRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setTeamId(in.text("team"))
            .setIdempotencyKey(call.key());
    in.ifText("user", request::setUserId);
    in.ifText("member_team", request::setMemberTeamId);
    return call.wrote(call.directory().addTeamMember(request.build()).getWritten());
  }

  private static Value removeTeamMember(Call call, Arguments in) {
    var request =
        RemoveTeamMemberRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setTeamId(in.text("team"))
            .setIdempotencyKey(call.key());
    in.ifText("user", request::setUserId);
    in.ifText("member_team", request::setMemberTeamId);
    return call.wrote(call.directory().removeTeamMember(request.build()).getWritten());
  }
}
