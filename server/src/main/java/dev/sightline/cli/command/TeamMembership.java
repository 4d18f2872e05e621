package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AddTeamMemberResponse;
import dev.sightline.v1.ListTeamsRequest;
import dev.sightline.v1.ListTeamsResponse;
import dev.sightline.v1.RemoveTeamMemberRequest;
import dev.sightline.v1.RemoveTeamMemberResponse;
import dev.sightline.v1.Team;
import java.util.ArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Who is in a team. */
final class TeamMembership {
  private static final int MOST_SHOWN = 5;

  private TeamMembership() {}

  @Command(
      name = "add",
      description = "Put a user or a team into a team.",
      footer = {"", "Example: sightline team add operations team:on-call --as root"})
  static final class Add extends ActingCommand {
    @Parameters(index = "0", paramLabel = "TEAM", description = "The team.")
    private String team = "";

    @Parameters(index = "1", paramLabel = "MEMBER", description = "A user, or team:TEAM.")
    private SubjectArgument member = SubjectArgument.NOBODY;

    Add(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request =
          AddTeamMemberRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setTeamId(team)
              .setIdempotencyKey(newKey());
      if (member.isTeam()) {
        request.setMemberTeamId(member.id());
      } else {
        request.setUserId(member.id());
      }
      AddTeamMemberResponse response = server.directory().addTeamMember(request.build());
      return written(output, response, response.getWritten(), member + " is in team " + team + ".");
    }
  }

  @Command(name = "remove", description = "Take a user or a team out of a team.")
  static final class Remove extends ActingCommand {
    @Parameters(index = "0", paramLabel = "TEAM", description = "The team.")
    private String team = "";

    @Parameters(index = "1", paramLabel = "MEMBER", description = "A user, or team:TEAM.")
    private SubjectArgument member = SubjectArgument.NOBODY;

    Remove(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request =
          RemoveTeamMemberRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setTeamId(team)
              .setIdempotencyKey(newKey());
      if (member.isTeam()) {
        request.setMemberTeamId(member.id());
      } else {
        request.setUserId(member.id());
      }
      RemoveTeamMemberResponse response = server.directory().removeTeamMember(request.build());
      return written(
          output, response, response.getWritten(), member + " is not in team " + team + ".");
    }
  }

  @Command(name = "list", description = "List the teams with their direct members.")
  static final class ListTeams extends LookingCommand {

    ListTeams(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var table = new Table("TEAM", "NAME", ">USERS", ">TEAMS", "MEMBERS");
      Pages.each(
          token -> server.directory().listTeams(request(token)),
          ListTeamsResponse::getNextPageToken,
          page ->
              page.getTeamsList()
                  .forEach(team -> {
                    output.item(team);
                    row(table, team);
                  }));
      output.table(table, "There are no teams.");
      return ExitCode.DONE;
    }

    private ListTeamsRequest request(String token) {
      var request =
          ListTeamsRequest.newBuilder()
              .setOrganizationId(organization())
              .setPageSize(1_000)
              .setPageToken(token);
      actor().ifPresent(request::setActor);
      return request.build();
    }

    private static void row(Table table, Team team) {
      var members = new ArrayList<String>(team.getUserIdsList());
      team.getTeamIdsList().forEach(id -> members.add("team:" + id));
      String shown = String.join(", ", members.subList(0, Math.min(MOST_SHOWN, members.size())));
      table.row(
          team.getId(),
          team.getName(),
          Names.count(team.getUserIdsCount()),
          Names.count(team.getTeamIdsCount()),
          members.size() > MOST_SHOWN ? shown + ", …" : shown);
    }
  }
}
