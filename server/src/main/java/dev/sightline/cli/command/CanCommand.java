package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.Action;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The check, in the order in which one says it. */
@Command(
    name = "can",
    description = "Whether a user may do something, as one would say it. Exit code 0: yes, 1: no.",
    footer = {"", "Example: sightline can -o acme ada edit sales"})
final class CanCommand extends AccessQuestion {
  @Parameters(index = "0", paramLabel = "USER", description = "The user, or support:AGENT.")
  private String user = "";

  @Parameters(index = "1", paramLabel = "ACTION", description = ActionNames.DESCRIPTION)
  private Action action = Action.ACTION_VIEW;

  @Parameters(index = "2", paramLabel = "DASHBOARD", description = "The dashboard.")
  private String dashboard = "";

  CanCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run(Server server, Output output) {
    return ask(server, output, user, dashboard, action);
  }
}
