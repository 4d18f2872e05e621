package dev.sightline.cli;

import java.io.PrintWriter;

/** Runs a server; the command line knows none. */
@FunctionalInterface
public interface ServerLauncher {
  /**
   * Serves until the process is told to end.
   *
   * @param out for what people want to read: where it listens, and the demo
   * @param err for what went wrong
   * @return the exit code, as {@link dev.sightline.cli.output.ExitCode} numbers them
   */
  int serve(ServeOptions options, PrintWriter out, PrintWriter err) throws Exception;
}
