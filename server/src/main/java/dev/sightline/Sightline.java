package dev.sightline;

import dev.sightline.cli.CommandLineInterface;
import dev.sightline.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.logging.LogManager;

/** The program. */
public final class Sightline {
  private Sightline() {}

  public static void main(String[] arguments) throws IOException {
    configureLogging();
    boolean interactive = System.console() != null && System.console().isTerminal();
    var terminal =
        new Terminal(
            System.getenv(),
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            interactive);
    var program = new CommandLineInterface(terminal, new Serving(), new Verifying());
    System.exit(program.run(arguments));
  }

  /** Whoever names a configuration of their own gets that one. */
  private static void configureLogging() throws IOException {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    try (InputStream ours = Sightline.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(Objects.requireNonNull(ours));
    }
  }
}
