package dev.sightline.cli.command;

import dev.sightline.cli.output.ColorMode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Style;
import dev.sightline.cli.output.Terminal;
import picocli.CommandLine.Option;

/** How answers are written. */
public final class OutputOptions {
  @Option(
      names = "--json",
      description = "Answer in JSON, with the contract's field names; lists in a line for each.")
  private boolean json;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto, always or never. auto: on a terminal, unless NO_COLOR is set.",
      defaultValue = "auto")
  private ColorMode color = ColorMode.AUTO;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // Only its being there matters, to picocli.
  private boolean help;

  public boolean json() {
    return json;
  }

  /** Whether somebody sees colours there. */
  public boolean colored(Terminal terminal) {
    return terminal.colored(color);
  }

  /** Where answers go. */
  public Output output(Terminal terminal) {
    return new Output(terminal.out(), json, Style.of(colored(terminal)));
  }
}
