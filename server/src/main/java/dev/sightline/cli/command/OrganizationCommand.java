package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.Terminal;
import picocli.CommandLine.Option;

/** A command about one organization. */
abstract class OrganizationCommand extends RemoteCommand {
  @Option(
      names = {"-o", "--organization"},
      paramLabel = "ID",
      description = "The organization. Env: SIGHTLINE_ORGANIZATION.")
  private String organization = "";

  OrganizationCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void checkUsage() {
    if (organization.isEmpty()) {
      throw CommandFailure.usage(
          "Say which organization: --organization ID, or set SIGHTLINE_ORGANIZATION.");
    }
  }

  String organization() {
    return organization;
  }
}
