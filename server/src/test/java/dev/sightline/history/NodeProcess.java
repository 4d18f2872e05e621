package dev.sightline.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A node that runs, paused or not. */
final class NodeProcess {
  private final Process process;
  private final int port;

  private NodeProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * How nodes are started.
   *
   * @param before what is put before the class path: mutants
   * @param options more options of the virtual machine
   */
  record Launch(List<Path> before, List<String> options) {
    static final Launch PLAIN = new Launch(List.of(), List.of());

    Launch with(Launch more) {
      return new Launch(both(before, more.before), both(options, more.options));
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
      return Stream.concat(some.stream(), others.stream()).toList();
    }
  }

  static NodeProcess start(Launch launch, List<String> arguments, Path errors) throws IOException {
    List<String> command = Java.command(launch.before(), launch.options());
    command.add(HistoryNode.class.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.appendTo(errors.toFile())).start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(HistoryNode.SERVES)) {
        int port = Integer.parseInt(line.substring(HistoryNode.SERVES.length()).strip());
        Thread.ofVirtual().start(() -> drain(out));
        return new NodeProcess(process, port);
      }
    }
    throw new IOException("a node did not start:\n" + Files.readString(errors));
  }

  private static void drain(BufferedReader out) {
    try {
      while (out.readLine() != null) {
        // It would stop if nobody read.
      }
    } catch (IOException e) {
      // Gone.
    }
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void pause() throws IOException {
    Shell.signal(process, "STOP");
  }

  void goOn() throws IOException {
    Shell.signal(process, "CONT");
  }

  /** SIGKILL: nothing is said to anybody. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGTERM. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }
}
