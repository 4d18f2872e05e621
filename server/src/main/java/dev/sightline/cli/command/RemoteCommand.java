package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Progress;
import dev.sightline.cli.output.Terminal;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks a server. */
abstract class RemoteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Mixin private OutputOptions answers = new OutputOptions();

  RemoteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public final Integer call() throws IOException, InterruptedException {
    checkUsage();
    try (Server server = connection.connect()) {
      return calling(server).code();
    }
  }

  private ExitCode calling(Server server) throws IOException, InterruptedException {
    try {
      return run(server, answers.output(terminal));
    } catch (StatusRuntimeException e) {
      throw failure(server, e);
    }
  }

  /** What a failed call means. */
  CommandFailure failure(Server server, StatusRuntimeException e) {
    return new ServerFailure(server.address(), timeout()).of(e);
  }

  /** How long the server may take for an answer. */
  Duration timeout() {
    return connection.timeout();
  }

  /** Refuses what can be seen to be wrong before any server is asked. */
  void checkUsage() {}

  /** Asks, and says what the answer was. */
  abstract ExitCode run(Server server, Output output) throws IOException, InterruptedException;

  /** How far long work is, on the error stream. */
  Progress progress() {
    return new Progress(terminal.err(), terminal.interactive());
  }

  /**
   * Asks the person in front of it whether they mean it; without one, {@code --yes} must be said.
   */
  void confirm(boolean saidYes, String question) throws IOException {
    if (saidYes) {
      return;
    }
    if (!terminal.interactive()) {
      throw CommandFailure.usage(question + " Say --yes if so; nobody can be asked here.");
    }
    terminal.err().print(question + " [y/N] ");
    terminal.err().flush();
    String answer = terminal.in().readLine();
    if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
      throw CommandFailure.usage("Nothing was done.");
    }
  }
}
