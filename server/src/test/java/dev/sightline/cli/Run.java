package dev.sightline.cli;

import dev.sightline.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run of the program with everything it wrote. */
record Run(int exit, String out, String err, List<ServeOptions> served, List<Path> verified) {
  static Run of(String... arguments) {
    return of(Map.of(), arguments);
  }

  static Run of(Map<String, String> environment, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var served = new ArrayList<ServeOptions>();
    var verified = new ArrayList<Path>();
    var terminal =
        new Terminal(
            environment,
            new BufferedReader(new StringReader("")),
            new PrintWriter(out),
            new PrintWriter(err),
            false);
    ServerLauncher launcher =
        (options, writer, errors) -> {
          served.add(options);
          return 0;
        };
    ScenarioRunner runner =
        (files, json, writer, errors) -> {
          verified.addAll(files);
          return 1;
        };
    int exit = new CommandLineInterface(terminal, launcher, runner).run(arguments);
    return new Run(exit, out.toString(), err.toString(), served, verified);
  }
}
