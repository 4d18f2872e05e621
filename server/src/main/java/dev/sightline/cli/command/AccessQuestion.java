package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.Action;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.CheckResponse;

/** Asks whether somebody may do something. */
abstract class AccessQuestion extends QuestionCommand {
  AccessQuestion(Terminal terminal) {
    super(terminal);
  }

  ExitCode ask(Server server, Output output, String user, String dashboard, Action action) {
    CheckResponse response =
        server
            .access()
            .check(
                CheckRequest.newBuilder()
                    .setOrganizationId(organization())
                    .setUserId(user)
                    .setDashboardId(dashboard)
                    .setAction(action)
                    .setConsistency(consistency())
                    .build());
    boolean allowed = response.getAllowed();
    output.document(response);
    output.line(
        output.style().answer(allowed)
            + ": "
            + user
            + (allowed ? " may " : " may not ")
            + Names.of(action)
            + " "
            + dashboard);
    return allowed ? ExitCode.DONE : ExitCode.NO;
  }
}
