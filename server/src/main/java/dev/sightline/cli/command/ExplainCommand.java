package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why somebody has the level that they have, what would change it, and since when. */
@Command(
    name = "explain",
    description =
        "Why a user has the level that they have on a dashboard, what would change it, and since"
            + " when.",
    footer = {"", "Example: sightline explain -o acme ada sales"})
final class ExplainCommand extends QuestionCommand {
  @Parameters(index = "0", paramLabel = "USER", description = "The user, or support:AGENT.")
  private String user = "";

  @Parameters(index = "1", paramLabel = "DASHBOARD", description = "The dashboard.")
  private String dashboard = "";

  @Option(
      names = "--no-history",
      description = "Do not look through the log for since when, which may take some seconds.")
  private boolean noHistory;

  ExplainCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run(Server server, Output output) {
    ExplainResponse answer =
        server
            .access()
            .explain(
                ExplainRequest.newBuilder()
                    .setOrganizationId(organization())
                    .setUserId(user)
                    .setDashboardId(dashboard)
                    .setConsistency(consistency())
                    .setIncludeHistory(!noHistory)
                    .build());
    output.document(answer);
    output.line(output.style().level(answer.getLevel()) + ": " + answer.getSentence());
    detail(output, "rule", rule(answer));
    detail(output, "teams", String.join(" in ", answer.getTeamPathList()));
    detail(output, "grants", String.join(", ", answer.getGrantIdsList()));
    detail(
        output, "until", answer.getEndsAtMicros() == 0 ? "" : Names.time(answer.getEndsAtMicros()));
    detail(output, "since", answer.getHistory().getSentence());
    detail(output, "change", answer.getWhatWouldChangeIt());
    detail(
        output,
        "may",
        answer.getAllowedActionsList().stream().map(Names::of).collect(Collectors.joining(", ")));
    return ExitCode.DONE;
  }

  private static String rule(ExplainResponse answer) {
    String because = Names.of(answer.getBecause());
    return answer.getRule() == 0 ? because : answer.getRule() + ", " + because;
  }

  private static void detail(Output output, String name, String text) {
    if (!text.isEmpty()) {
      output.line(output.style().faint("  %-7s".formatted(name)) + text);
    }
  }
}
