package dev.sightline.cli;

import dev.sightline.cli.command.Commands;
import dev.sightline.cli.output.ColorMode;
import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.FailureReport;
import dev.sightline.cli.output.Style;
import dev.sightline.cli.output.Terminal;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program, from its arguments to its exit code. */
public final class CommandLineInterface {
  private final Terminal terminal;
  private final ServerLauncher launcher;
  private final ScenarioRunner runner;

  public CommandLineInterface(Terminal terminal, ServerLauncher launcher, ScenarioRunner runner) {
    this.terminal = terminal;
    this.launcher = launcher;
    this.runner = runner;
  }

  /**
   * Runs one command.
   *
   * @return the exit code, as {@link ExitCode} numbers them
   */
  public int run(String... arguments) {
    List<String> said = Arrays.asList(arguments);
    var report =
        new FailureReport(terminal.err(), said.contains("--json"), Style.of(colored(said)));
    int exit =
        commands()
            .setParameterExceptionHandler((exception, args) -> misread(exception, report))
            .setExecutionExceptionHandler((exception, command, result) -> failed(exception, report))
            .execute(arguments);
    terminal.out().flush();
    terminal.err().flush();
    return exit;
  }

  private CommandLine commands() {
    var root = new CommandLine(new RootCommand());
    root.addSubcommand(new ServeCommand(terminal, launcher));
    Commands.addTo(root, terminal);
    root.addSubcommand(new VerifyCommand(terminal, runner));
    Commands.registerConverters(root);
    root.setDefaultValueProvider(new EnvironmentDefaults(terminal.environment()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(Help.defaultColorScheme(ansi()));
    explainExitCodes(root);
    offerHelp(root);
    return root;
  }

  private Help.Ansi ansi() {
    return terminal.colored(ColorMode.AUTO) ? Help.Ansi.ON : Help.Ansi.OFF;
  }

  private static void explainExitCodes(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.meanings());
    command.getSubcommands().values().forEach(CommandLineInterface::explainExitCodes);
  }

  /** A command that only holds others has no options of its own, and yet is asked for help. */
  private static void offerHelp(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.findOption("--help") == null) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this help.")
              .build());
    }
    command.getSubcommands().values().forEach(CommandLineInterface::offerHelp);
  }

  private boolean colored(List<String> arguments) {
    if (arguments.contains("--color=always")) {
      return true;
    }
    return !arguments.contains("--color=never") && terminal.colored(ColorMode.AUTO);
  }

  private int misread(ParameterException exception, FailureReport report) {
    CommandLine command = exception.getCommandLine();
    report.print(CommandFailure.usage(exception.getMessage() + "."));
    if (!UnmatchedArgumentException.printSuggestions(exception, terminal.err())) {
      terminal.err().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE.code();
  }

  /** A failure that nobody foresaw says what it is; its trace would help nobody who reads this. */
  private static int failed(Exception exception, FailureReport report) {
    if (exception instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    CommandFailure failure =
        exception instanceof CommandFailure known
            ? known
            : CommandFailure.unexpected("This should not have happened: " + exception);
    report.print(failure);
    return failure.exit().code();
  }
}
