package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateDashboardResponse;
import dev.sightline.v1.DuplicateDashboardRequest;
import dev.sightline.v1.DuplicateDashboardResponse;
import dev.sightline.v1.GetDashboardRequest;
import dev.sightline.v1.GetDashboardResponse;
import dev.sightline.v1.Level;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.RenameDashboardResponse;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What people do with dashboards. */
@Command(name = "dashboard", description = "Make, change and delete dashboards.")
final class DashboardCommand {
  private DashboardCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new DashboardCommand())
        .addSubcommand(new Create(terminal))
        .addSubcommand(new Show(terminal))
        .addSubcommand(new Rename(terminal))
        .addSubcommand(new DashboardLife.Delete(terminal))
        .addSubcommand(new Duplicate(terminal))
        .addSubcommand(new DashboardLife.Draft(terminal))
        .addSubcommand(new DashboardLife.Publish(terminal))
        .addSubcommand(new DashboardLife.Move(terminal))
        .addSubcommand(new DashboardLife.Transfer(terminal))
        .addSubcommand(new DashboardSubscription.Subscribe(terminal))
        .addSubcommand(new DashboardSubscription.Unsubscribe(terminal));
  }

  @Command(
      name = "create",
      description = "Make a dashboard that belongs to the acting user.",
      footer = {"", "Example: sightline dashboard create Sales --id sales --default none --as ada"})
  static final class Create extends ActingCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The name.")
    private String name = "";

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "The id; left out: the service makes one.")
    private String id = "";

    @Option(
        names = "--default",
        paramLabel = "LEVEL",
        description = "What everybody has: none, viewer (default) or editor.")
    private Level companyDefault = Level.LEVEL_VIEWER;

    @Option(names = "--draft", description = "Begin as a draft.")
    private boolean draft;

    @Option(names = "--workspace", paramLabel = "ID", description = "The workspace to put it in.")
    private String workspace = "";

    Create(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      CreateDashboardResponse response =
          server
              .dashboards()
              .createDashboard(
                  CreateDashboardRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(id)
                      .setName(name)
                      .setCompanyDefault(companyDefault)
                      .setDraft(draft)
                      .setWorkspaceId(workspace)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "Dashboard " + response.getDashboard().getId() + " is there.");
    }
  }

  @Command(name = "show", description = "Show a dashboard as the acting user sees it.")
  static final class Show extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      GetDashboardResponse response =
          server
              .dashboards()
              .getDashboard(
                  GetDashboardRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .build());
      output.document(response);
      output.line(DashboardText.of(response.getDashboard(), output.style()));
      output.line(
          "level "
              + output.style().level(response.getLevel())
              + "; may "
              + response.getAllowedActionsList().stream()
                  .map(Names::of)
                  .collect(Collectors.joining(", ")));
      return ExitCode.DONE;
    }
  }

  @Command(name = "rename", description = "Give a dashboard another name.")
  static final class Rename extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
    private String name = "";

    Rename(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      RenameDashboardResponse response =
          server
              .dashboards()
              .renameDashboard(
                  RenameDashboardRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setName(name)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "Dashboard " + dashboard + " is called " + name + ".");
    }
  }

  @Command(name = "duplicate", description = "Make a copy of one's own, as a draft.")
  static final class Duplicate extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "The id of the copy; left out: the service makes one.")
    private String id = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The name of the copy.")
    private String name = "";

    Duplicate(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      DuplicateDashboardResponse response =
          server
              .dashboards()
              .duplicateDashboard(
                  DuplicateDashboardRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setNewDashboardId(id)
                      .setName(name)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "Dashboard " + response.getDashboard().getId() + " is a draft of your own.");
    }
  }
}
