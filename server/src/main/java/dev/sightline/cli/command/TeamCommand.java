package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateTeamResponse;
import dev.sightline.v1.DeleteTeamRequest;
import dev.sightline.v1.DeleteTeamResponse;
import dev.sightline.v1.RenameTeamRequest;
import dev.sightline.v1.RenameTeamResponse;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What admins do with teams. */
@Command(name = "team", description = "Make, change and list teams.")
final class TeamCommand {
  private TeamCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new TeamCommand())
        .addSubcommand(new Create(terminal))
        .addSubcommand(new Rename(terminal))
        .addSubcommand(new Delete(terminal))
        .addSubcommand(new TeamMembership.Add(terminal))
        .addSubcommand(new TeamMembership.Remove(terminal))
        .addSubcommand(new TeamMembership.ListTeams(terminal));
  }

  @Command(name = "create", description = "Make a team.")
  static final class Create extends ActingCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The name.")
    private String name = "";

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "The id; left out: the service makes one.")
    private String id = "";

    Create(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      CreateTeamResponse response =
          server
              .directory()
              .createTeam(
                  CreateTeamRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setTeamId(id)
                      .setName(name)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "Team " + response.getTeam().getId() + " is there.");
    }
  }

  @Command(name = "rename", description = "Give a team another name.")
  static final class Rename extends ActingCommand {
    @Parameters(index = "0", paramLabel = "TEAM", description = "The team.")
    private String team = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
    private String name = "";

    Rename(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      RenameTeamResponse response =
          server
              .directory()
              .renameTeam(
                  RenameTeamRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setTeamId(team)
                      .setName(name)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output, response, response.getWritten(), "Team " + team + " is called " + name + ".");
    }
  }

  @Command(
      name = "delete",
      description = "Delete a team for good, with its entries and memberships.")
  static final class Delete extends ActingCommand {
    @Parameters(index = "0", paramLabel = "TEAM", description = "The team.")
    private String team = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    Delete(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) throws IOException {
      confirm(yes, "Delete team " + team + " for good, with its entries and memberships?");
      DeleteTeamResponse response =
          server
              .directory()
              .deleteTeam(
                  DeleteTeamRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setTeamId(team)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(output, response, response.getWritten(), "Team " + team + " is deleted.");
    }
  }
}
