package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.CreateWorkspaceResponse;
import dev.sightline.v1.ListWorkspacesRequest;
import dev.sightline.v1.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What admins do with workspaces. */
@Command(name = "workspace", description = "Make and list workspaces.")
final class WorkspaceCommand {
  private WorkspaceCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new WorkspaceCommand())
        .addSubcommand(new Create(terminal))
        .addSubcommand(new ListWorkspaces(terminal));
  }

  @Command(name = "create", description = "Make a workspace.")
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
      CreateWorkspaceResponse response =
          server
              .directory()
              .createWorkspace(
                  CreateWorkspaceRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setWorkspaceId(id)
                      .setName(name)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "Workspace " + response.getWorkspace().getId() + " is there.");
    }
  }

  @Command(name = "list", description = "List the workspaces.")
  static final class ListWorkspaces extends LookingCommand {

    ListWorkspaces(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request = ListWorkspacesRequest.newBuilder().setOrganizationId(organization());
      actor().ifPresent(request::setActor);
      var table = new Table("WORKSPACE", "NAME");
      for (Workspace workspace :
          server.directory().listWorkspaces(request.build()).getWorkspacesList()) {
        output.item(workspace);
        table.row(workspace.getId(), workspace.getName());
      }
      output.table(table, "There are no workspaces.");
      return ExitCode.DONE;
    }
  }
}
