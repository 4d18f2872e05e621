package dev.sightline.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How other processes of Java are started: as this one was, but small and quick to start. */
final class Java {
  private Java() {}

  static List<String> command(List<Path> before, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    for (String property :
        List.of("java.util.logging.config.file", "org.jooq.no-logo", "org.jooq.no-tips")) {
      if (System.getProperty(property) != null) {
        command.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    command.addAll(options);
    String first =
        before.stream().map(it -> it + java.io.File.pathSeparator).collect(Collectors.joining());
    command.addAll(List.of("-cp", first + System.getProperty("java.class.path")));
    return command;
  }
}
