package dev.sightline.cli.command;

import dev.sightline.cli.output.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Vendor support, as operators, agents' services and administrators do it. */
@Command(
    name = "support",
    description = "Vendor support: agents, what they ask for, and what they are let into.",
    footer = {
      "",
      "An admin of the realm's root decides. On a portal below it, say --as ROOT/ADMIN:",
      "",
      "Example: sightline support grant -o acme-west --as acme/ada --group Support --role editor"
    })
final class SupportCommand {
  private SupportCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new SupportCommand())
        .addSubcommand(SupportAgentCommand.commands(terminal))
        .addSubcommand(new SupportRequests.Ask(terminal))
        .addSubcommand(new SupportRequests.Pending(terminal))
        .addSubcommand(new SupportRequests.Dismiss(terminal))
        .addSubcommand(new SupportGranting.Allow(terminal))
        .addSubcommand(new SupportGranting.Grant(terminal))
        .addSubcommand(new SupportRevoking.Revoke(terminal))
        .addSubcommand(new SupportRevoking.RevokeAll(terminal))
        .addSubcommand(SupportPolicyCommand.commands(terminal))
        .addSubcommand(new SupportLooking.Portals(terminal))
        .addSubcommand(new SupportLooking.History(terminal))
        .addSubcommand(new SupportLooking.Who(terminal))
        .addSubcommand(new SupportLooking.Log(terminal))
        .addSubcommand(new SupportLooking.Diagnose(terminal));
  }
}
