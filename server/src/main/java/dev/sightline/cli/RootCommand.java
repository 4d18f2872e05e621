package dev.sightline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** What stands at the top of the help. */
@Command(
    name = "sightline",
    description = "May this person see, edit, … this dashboard, now? Asks and runs the service.",
    versionProvider = RootCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "'sightline COMMAND --help' says more. Begin with 'sightline serve --demo'.",
      "Where a server is, and who asks: SIGHTLINE_SERVER, SIGHTLINE_TOKEN, SIGHTLINE_ORGANIZATION,",
      "SIGHTLINE_ACTOR, or the options of the same meaning."
    })
final class RootCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // Only its being there matters, to picocli.
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // Only its being there matters, to picocli.
  private boolean version;

  /** The version of the archive that this class is in. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RootCommand.class.getPackage().getImplementationVersion();
      return new String[] {"sightline " + (version == null ? "(not packaged)" : version)};
    }
  }
}
