package dev.sightline.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Plays scenario files against a server of its own; the command line knows none. */
@FunctionalInterface
public interface ScenarioRunner {
  /**
   * Plays the files and says what differed.
   *
   * @param files scenario files, and folders of them
   * @param json whether programs read the outcome
   * @return the exit code, as {@link dev.sightline.cli.output.ExitCode} numbers them: 0 if all is
   *     as the files say, 1 if anything differs, 2 if a file cannot be read
   */
  int verify(List<Path> files, boolean json, PrintWriter out, PrintWriter err) throws Exception;
}
