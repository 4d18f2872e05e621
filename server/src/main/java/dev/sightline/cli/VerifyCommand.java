package dev.sightline.cli;

import dev.sightline.cli.command.OutputOptions;
import dev.sightline.cli.output.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Plays scenario files. */
@Command(
    name = "verify",
    description = {
      "Play scenario files against a server of its own and say what differed.",
      "Exit code 0: everything was as the files say, 1: something differed."
    },
    footer = {"", "Example: sightline verify scenarios/*.yaml"})
final class VerifyCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ScenarioRunner runner;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Scenario files, or folders of them.")
  private List<Path> files = List.of();

  @Mixin private OutputOptions output = new OutputOptions();

  VerifyCommand(Terminal terminal, ScenarioRunner runner) {
    this.terminal = terminal;
    this.runner = runner;
  }

  @Override
  public Integer call() throws Exception {
    return runner.verify(files, output.json(), terminal.out(), terminal.err());
  }
}
