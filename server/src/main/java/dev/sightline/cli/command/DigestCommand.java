package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.Digest;
import dev.sightline.v1.DigestDashboard;
import dev.sightline.v1.ResolveDigestsRequest;
import dev.sightline.v1.ResolveDigestsResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What digests hold now. */
@Command(
    name = "digest",
    description = "What the digests of some users hold, or of all whose digest holds something.",
    footer = {"", "Example: sightline digest -o acme fay cal"})
final class DigestCommand extends QuestionCommand {
  @Parameters(paramLabel = "USER", arity = "0..*", description = "Readers; none: everybody.")
  private List<String> users = new ArrayList<>();

  DigestCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run(Server server, Output output) {
    var table = new Table("READER", "DASHBOARD", "NAME");
    Iterator<ResolveDigestsResponse> messages =
        server
            .digests()
            .resolveDigests(
                ResolveDigestsRequest.newBuilder()
                    .setOrganizationId(organization())
                    .addAllUserIds(users)
                    .setConsistency(consistency())
                    .build());
    while (messages.hasNext()) {
      for (Digest digest : messages.next().getDigestsList()) {
        output.item(digest);
        for (DigestDashboard dashboard : digest.getDashboardsList()) {
          table.row(digest.getUserId(), dashboard.getDashboardId(), dashboard.getName());
        }
      }
    }
    output.table(table, "There is nothing in " + (users.isEmpty() ? "any" : "their") + " digest.");
    return ExitCode.DONE;
  }
}
