package dev.sightline.history;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The client in a process of its own, as seen from here. It finds all nodes under one name, which a
 * hosts file of its own leads to them.
 */
final class RemoteClient implements AutoCloseable {
  private static final String NAME = "nodes.history.test";

  private final Process process;

  private RemoteClient(Process process) {
    this.process = process;
  }

  static RemoteClient start(
      Path folder, int port, HistorySettings settings, List<People> people, Asker.Sink sink)
      throws IOException {
    List<String> hosts = new ArrayList<>();
    for (int node = 0; node < Cluster.NODES; node++) {
      hosts.add(Cluster.address(node) + " " + NAME);
    }
    Path file = Files.write(folder.resolve("hosts"), hosts);
    List<String> command =
        Java.command(settings.clientBefore(), List.of("-Djdk.net.hosts.file=" + file));
    command.addAll(
        List.of(
            HistoryClient.class.getName(),
            NAME + ":" + port,
            Integer.toString(people.size()),
            Long.toString(settings.seed()),
            Long.toString(settings.pause().toNanos()),
            Boolean.toString(settings.near())));
    Process process =
        new ProcessBuilder(command)
            .redirectError(Redirect.appendTo(folder.resolve("client.txt").toFile()))
            .start();
    var client = new RemoteClient(process);
    client.tell(people);
    Thread.ofPlatform().name("remote client").daemon().start(() -> client.hear(sink));
    return client;
  }

  /** Who is there to ask about. */
  void tell(List<People> people) throws IOException {
    String line =
        String.join(" ", people.stream().map(each -> each.population().text()).toList()) + "\n";
    process.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private void hear(Asker.Sink sink) {
    var in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    try {
      while (Calls.read(in, sink)) {
        // Each is handed on.
      }
    } catch (EOFException e) {
      // Killed while it wrote.
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
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

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
