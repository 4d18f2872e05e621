package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.ListFields;
import dev.sightline.v1.ListPurpose;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.ListVisibleDashboardsResponse;
import dev.sightline.v1.VisibleDashboard;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The dashboards that somebody may view. */
@Command(
    name = "list",
    description = "The dashboards that a user may view.",
    footer = {"", "Example: sightline list -o acme ada --level --name"})
final class ListCommand extends QuestionCommand {
  private static final int PAGE_SIZE = 1_000;

  @Parameters(index = "0", paramLabel = "USER", description = "The user, or support:AGENT.")
  private String user = "";

  @Option(
      names = "--purpose",
      paramLabel = "PURPOSE",
      description = "sidebar (default), search, or digest, which leaves out drafts.",
      defaultValue = "sidebar")
  private ListPurpose purpose = ListPurpose.LIST_PURPOSE_SIDEBAR;

  @Option(names = "--level", description = "Show the user's level on each.")
  private boolean level;

  @Option(names = "--name", description = "Show the name of each.")
  private boolean name;

  @Option(names = "--pills", description = "Show the marks (draft, private) that the user sees.")
  private boolean pills;

  ListCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run(Server server, Output output) {
    var table = new Table(headings().toArray(String[]::new));
    Pages.each(
        token -> server.access().listVisibleDashboards(request(token)),
        ListVisibleDashboardsResponse::getNextPageToken,
        page ->
            page.getDashboardsList()
                .forEach(dashboard -> {
                  output.item(dashboard);
                  table.row(cells(dashboard, output).toArray(String[]::new));
                }));
    output.table(table, user + " may view no dashboard of " + organization() + ".");
    return ExitCode.DONE;
  }

  private ListVisibleDashboardsRequest request(String token) {
    return ListVisibleDashboardsRequest.newBuilder()
        .setOrganizationId(organization())
        .setUserId(user)
        .setPurpose(purpose)
        .setFields(ListFields.newBuilder().setLevel(level).setName(name).setPills(pills))
        .setPageSize(PAGE_SIZE)
        .setPageToken(token)
        .setConsistency(consistency())
        .build();
  }

  private List<String> headings() {
    return chosen("DASHBOARD", "LEVEL", "NAME", "PILLS");
  }

  private List<String> cells(VisibleDashboard dashboard, Output output) {
    return chosen(
        dashboard.getDashboardId(),
        output.style().level(dashboard.getLevel()),
        dashboard.getName(),
        output
            .style()
            .notable(
                dashboard.getPillsList().stream()
                    .map(Names::of)
                    .collect(Collectors.joining(", "))));
  }

  private List<String> chosen(String id, String levelCell, String nameCell, String pillsCell) {
    var cells = new ArrayList<String>();
    cells.add(id);
    if (level) {
      cells.add(levelCell);
    }
    if (name) {
      cells.add(nameCell);
    }
    if (pills) {
      cells.add(pillsCell);
    }
    return cells;
  }
}
