package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DeleteDashboardResponse;
import dev.sightline.v1.MoveDashboardRequest;
import dev.sightline.v1.MoveDashboardResponse;
import dev.sightline.v1.SetDraftRequest;
import dev.sightline.v1.SetDraftResponse;
import dev.sightline.v1.TransferOwnershipRequest;
import dev.sightline.v1.TransferOwnershipResponse;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A dashboard after it was made: seen by few or all, moved, handed over, gone. */
final class DashboardLife {
  private DashboardLife() {}

  @Command(name = "delete", description = "Delete a dashboard for good.")
  static final class Delete extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    Delete(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) throws IOException {
      confirm(yes, "Delete dashboard " + dashboard + " for good? It cannot be undone.");
      DeleteDashboardResponse response =
          server
              .dashboards()
              .deleteDashboard(
                  DeleteDashboardRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output, response, response.getWritten(), "Dashboard " + dashboard + " is deleted.");
    }
  }

  @Command(name = "draft", description = "Make a dashboard a draft.")
  static final class Draft extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    Draft(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      SetDraftResponse response =
          server
              .dashboards()
              .setDraft(
                  SetDraftRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setDraft(true)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output, response, response.getWritten(), "Dashboard " + dashboard + " is a draft.");
    }
  }

  @Command(name = "publish", description = "Publish a dashboard.")
  static final class Publish extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    Publish(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      SetDraftResponse response =
          server
              .dashboards()
              .setDraft(
                  SetDraftRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setDraft(false)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output, response, response.getWritten(), "Dashboard " + dashboard + " is published.");
    }
  }

  @Command(name = "move", description = "Move a dashboard into a workspace, or out of any.")
  static final class Move extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "WORKSPACE",
        description = "The workspace; left out: none.")
    private String workspace = "";

    Move(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      MoveDashboardResponse response =
          server
              .dashboards()
              .moveDashboard(
                  MoveDashboardRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setWorkspaceId(workspace)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "Dashboard "
              + dashboard
              + " is in "
              + (workspace.isEmpty() ? "no workspace." : workspace + "."));
    }
  }

  @Command(
      name = "transfer",
      description = "Hand a dashboard to somebody else, who must be an editor.")
  static final class Transfer extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    @Parameters(index = "1", paramLabel = "USER", description = "Who is to own it.")
    private String user = "";

    Transfer(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      TransferOwnershipResponse response =
          server
              .dashboards()
              .transferOwnership(
                  TransferOwnershipRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setNewOwnerId(user)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "Dashboard " + dashboard + " belongs to " + user + ".");
    }
  }
}
