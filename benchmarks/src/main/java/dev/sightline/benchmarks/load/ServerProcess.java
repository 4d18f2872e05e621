package dev.sightline.benchmarks.load;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, as {@link MeasuredProcess} talks; closing ends it. */
final class ServerProcess implements AutoCloseable {
  private static final int SECONDS_TO_STOP = 20;

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;
  private final int port;
  private final String secret;

  private ServerProcess(Process process) throws IOException {
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    String[] greeting = line().split(" ", -1);
    port = Integer.parseInt(greeting[0]);
    secret = greeting[1];
  }

  /**
   * Starts a class's {@code main}, and waits until it serves.
   *
   * @param jvmOptions the file of the options that Sightline is shipped with
   * @param arguments what it is told
   */
  static ServerProcess start(Class<?> main, Path jvmOptions, List<String> arguments)
      throws IOException {
    String java = ProcessHandle.current().info().command().orElse("java");
    var builder =
        new ProcessBuilder(
            java,
            "@" + jvmOptions,
            "-Xms1g",
            "-Xmx1g",
            // A full collection leaves nothing dead behind: it would be counted as in use.
            "-XX:MarkSweepDeadRatio=0",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    builder.command().addAll(arguments);
    return new ServerProcess(builder.redirectError(Redirect.INHERIT).start());
  }

  int port() {
    return port;
  }

  /** What lets its holder in, and do everything. */
  String secret() {
    return secret;
  }

  /** The CPU time that the process has used by now, all of its threads, in nanoseconds. */
  long cpuNanos() throws IOException {
    return asked(MeasuredProcess.CPU);
  }

  /** The heap that is in use by what is not garbage, in bytes. */
  long heapBytes() throws IOException {
    return asked(MeasuredProcess.HEAP);
  }

  private long asked(String question) throws IOException {
    questions.println(question);
    return Long.parseLong(line());
  }

  private String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new EOFException("the server's process has ended; what it said is above");
    }
    return line;
  }

  @Override
  public void close() {
    questions.close();
    process.onExit().completeOnTimeout(process, SECONDS_TO_STOP, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
