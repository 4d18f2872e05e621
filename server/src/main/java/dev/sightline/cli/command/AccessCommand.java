package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.GetAccessRequest;
import dev.sightline.v1.GetAccessResponse;
import dev.sightline.v1.Level;
import dev.sightline.v1.SearchPeopleRequest;
import dev.sightline.v1.SearchPeopleResponse;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.ShareDashboardResponse;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may do what with a dashboard, as people manage it. */
@Command(name = "access", description = "Show and change who may see and edit a dashboard.")
final class AccessCommand {
  private AccessCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new AccessCommand())
        .addSubcommand(new Show(terminal))
        .addSubcommand(new AccessChange.SetEntries(terminal))
        .addSubcommand(new AccessChange.Remove(terminal))
        .addSubcommand(new AccessChange.Default(terminal))
        .addSubcommand(new Share(terminal))
        .addSubcommand(new People(terminal));
  }

  @Command(
      name = "show",
      description = "Show what the access panel shows: owner, company default, entries.")
  static final class Show extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      GetAccessResponse response =
          server
              .dashboards()
              .getAccess(
                  GetAccessRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .build());
      output.document(response);
      output.line(DashboardText.of(response.getDashboard(), output.style()));
      output.table(EntryTable.of(response.getEntriesList(), output.style()), "No entries.");
      output.line(output.style().faint("etag " + response.getEtag()));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "share",
      description = "Let somebody in by e-mail address; never lowers what they have.",
      footer = {"", "Example: sightline access share sales ada@acme.test viewer --as bob"})
  static final class Share extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    @Parameters(index = "1", paramLabel = "EMAIL", description = "Whose address.")
    private String email = "";

    @Parameters(
        index = "2",
        arity = "0..1",
        paramLabel = "LEVEL",
        description = "viewer (default) or editor.")
    private Level level = Level.LEVEL_VIEWER;

    Share(Terminal terminal) {
      super(terminal);
    }

    @Override
    void checkUsage() {
      super.checkUsage();
      if (level != Level.LEVEL_VIEWER && level != Level.LEVEL_EDITOR) {
        throw CommandFailure.usage(
            "'" + Names.of(level) + "' cannot be shared, expected viewer or editor.");
      }
    }

    @Override
    ExitCode run(Server server, Output output) {
      ShareDashboardResponse response =
          server
              .dashboards()
              .shareDashboard(
                  ShareDashboardRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setEmail(email)
                      .setLevel(level)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          response.getUserId()
              + " has an entry of "
              + output.style().level(response.getLevel())
              + " on "
              + dashboard
              + ".");
    }
  }

  @Command(name = "people", description = "Find people to share with, by name or e-mail address.")
  static final class People extends ActingCommand {
    @Parameters(index = "0", paramLabel = "TEXT", description = "A part of the name or address.")
    private String query = "";

    @Option(names = "--limit", paramLabel = "N", description = "The most to show, 1 to 50.")
    private int limit;

    People(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      SearchPeopleResponse response =
          server
              .dashboards()
              .searchPeople(
                  SearchPeopleRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setQuery(query)
                      .setLimit(limit)
                      .build());
      var table = new Table("USER", "NAME", "E-MAIL", "ROLE", "STATUS");
      response
          .getPeopleList()
          .forEach(person -> {
            output.item(person);
            table.row(
                person.getUserId(),
                person.getName(),
                person.getEmail(),
                Names.of(person.getRole()),
                Names.of(person.getStatus()));
          });
      output.table(table, "Nobody here is called '" + query + "'.");
      return ExitCode.DONE;
    }
  }
}
