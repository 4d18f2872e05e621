package dev.sightline.cli.output;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What surrounds the program.
 *
 * @param environment the environment's variables
 * @param in what people type
 * @param out for answers; nothing else
 * @param err for errors and progress
 * @param interactive whether a person sits in front of it: may be asked, and sees colours
 */
public record Terminal(
    Map<String, String> environment,
    BufferedReader in,
    PrintWriter out,
    PrintWriter err,
    boolean interactive) {
  public Terminal {
    environment = Map.copyOf(environment);
  }

  /** Whether to write in colour. */
  public boolean colored(ColorMode mode) {
    return switch (mode) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    };
  }
}
