package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.Action;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Whether somebody may view a dashboard, or do something else with it. */
@Command(
    name = "check",
    description =
        "Whether a user may view a dashboard, or do something else with it. Exit code 0: yes, 1:"
            + " no.",
    footer = {"", "Example: sightline check -o acme ada sales edit"})
final class CheckCommand extends AccessQuestion {
  @Parameters(index = "0", paramLabel = "USER", description = "The user, or support:AGENT.")
  private String user = "";

  @Parameters(index = "1", paramLabel = "DASHBOARD", description = "The dashboard.")
  private String dashboard = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "ACTION",
      description = ActionNames.DESCRIPTION + " Left out: view.")
  private Action action = Action.ACTION_VIEW;

  CheckCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run(Server server, Output output) {
    return ask(server, output, user, dashboard, action);
  }
}
