package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateOrganizationResponse;
import dev.sightline.v1.GetOrganizationRequest;
import dev.sightline.v1.GetOrganizationResponse;
import dev.sightline.v1.ListOrganizationsRequest;
import dev.sightline.v1.ListOrganizationsResponse;
import dev.sightline.v1.NewUser;
import dev.sightline.v1.Organization;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.Role;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What operators do with organizations. */
@Command(name = "organization", description = "Make, show and list organizations.")
final class OrganizationsCommand {
  private OrganizationsCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new OrganizationsCommand())
        .addSubcommand(new Create(terminal))
        .addSubcommand(new Show(terminal))
        .addSubcommand(new ListOrganizations(terminal));
  }

  @Command(
      name = "create",
      description = "Make an organization with its first admin. An operator's right.",
      footer = {
        "",
        "Example: sightline organization create Acme 'Ada Lovelace' ada@acme.test --id acme"
            + " --admin-id ada"
      })
  static final class Create extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The name.")
    private String name = "";

    @Parameters(
        index = "1",
        paramLabel = "ADMIN-NAME",
        description = "The name of the first admin.")
    private String adminName = "";

    @Parameters(
        index = "2",
        paramLabel = "ADMIN-EMAIL",
        description = "The e-mail address of the first admin.")
    private String adminEmail = "";

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "The id; left out: the service makes one.")
    private String id = "";

    @Option(
        names = "--admin-id",
        paramLabel = "ID",
        description = "The id of the first admin; left out: the service makes one.")
    private String adminId = "";

    @Option(
        names = "--parent",
        paramLabel = "ID",
        description = "The organization above it; left out: the root of a new realm.")
    private String parent = "";

    Create(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      CreateOrganizationResponse response =
          server
              .directory()
              .createOrganization(
                  CreateOrganizationRequest.newBuilder()
                      .setOrganizationId(id)
                      .setName(name)
                      .setParentId(parent)
                      .setAdmin(
                          NewUser.newBuilder()
                              .setId(adminId)
                              .setName(adminName)
                              .setEmail(adminEmail)
                              .setRole(Role.ROLE_ADMIN))
                      .setIdempotencyKey(ActingCommand.newKey())
                      .build());
      return ActingCommand.written(
          output,
          response,
          response.getWritten(),
          "Organization "
              + response.getOrganization().getId()
              + " is there; its admin is "
              + response.getAdmin().getId()
              + ".");
    }
  }

  @Command(name = "show", description = "Show an organization and how large it is.")
  static final class Show extends OrganizationCommand {

    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      GetOrganizationResponse response =
          server
              .directory()
              .getOrganization(
                  GetOrganizationRequest.newBuilder().setOrganizationId(organization()).build());
      output.document(response);
      Organization shown = response.getOrganization();
      output.line(
          output.style().bold(shown.getName())
              + "  "
              + shown.getId()
              + (shown.getParentId().isEmpty() ? "" : ", under " + shown.getParentId()));
      OrganizationCounts counts = response.getCounts();
      output.table(
          new Table(">USERS", ">TEAMS", ">MEMBERSHIPS", ">DASHBOARDS", ">ENTRIES")
              .row(
                  Names.count(counts.getUsers()),
                  Names.count(counts.getTeams()),
                  Names.count(counts.getMemberships()),
                  Names.count(counts.getDashboards()),
                  Names.count(counts.getEntries())),
          "");
      return ExitCode.DONE;
    }
  }

  @Command(name = "list", description = "List the organizations that the token lets one see.")
  static final class ListOrganizations extends RemoteCommand {

    ListOrganizations(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var table = new Table("ORGANIZATION", "NAME", "PARENT");
      Pages.each(
          token -> server.directory().listOrganizations(request(token)),
          ListOrganizationsResponse::getNextPageToken,
          page ->
              page.getOrganizationsList()
                  .forEach(each -> {
                    output.item(each);
                    table.row(each.getId(), each.getName(), Names.orDash(each.getParentId()));
                  }));
      output.table(table, "There are no organizations that this token lets one see.");
      return ExitCode.DONE;
    }

    private static ListOrganizationsRequest request(String token) {
      return ListOrganizationsRequest.newBuilder().setPageSize(1_000).setPageToken(token).build();
    }
  }
}
