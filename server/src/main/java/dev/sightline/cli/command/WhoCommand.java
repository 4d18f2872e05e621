package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListAudienceResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Who may view a dashboard. */
@Command(
    name = "who",
    description = "Who may view a dashboard, with which level, and why.",
    footer = {"", "Example: sightline who -o acme sales"})
final class WhoCommand extends QuestionCommand {
  private static final int PAGE_SIZE = 1_000;

  @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
  private String dashboard = "";

  WhoCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run(Server server, Output output) {
    var table = new Table("USER", "LEVEL", "BECAUSE");
    Pages.each(
        token -> server.access().listAudience(request(token)),
        ListAudienceResponse::getNextPageToken,
        page ->
            page.getMembersList()
                .forEach(member -> {
                  output.item(member);
                  table.row(
                      member.getUserId(),
                      output.style().level(member.getLevel()),
                      Names.of(member.getBecause()));
                }));
    output.table(table, "Nobody may view " + dashboard + "; there may be no such dashboard.");
    return ExitCode.DONE;
  }

  private ListAudienceRequest request(String token) {
    return ListAudienceRequest.newBuilder()
        .setOrganizationId(organization())
        .setDashboardId(dashboard)
        .setPageSize(PAGE_SIZE)
        .setPageToken(token)
        .setConsistency(consistency())
        .build();
  }
}
