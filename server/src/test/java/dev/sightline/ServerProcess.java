package dev.sightline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real service as a process of its own, with a database of its own. */
final class ServerProcess {
  private static final Pattern SERVES = Pattern.compile("serves gRPC on [^ ]*:(\\d+)\\.");

  private final Process process;
  private final Path folder;
  final int port;

  private ServerProcess(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  static ServerProcess start(Path folder, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    for (String property : List.of("ot.epg.working-dir", "java.util.logging.config.file")) {
      if (System.getProperty(property) != null) {
        command.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.sightline.Sightline"));
    command.addAll(List.of("serve", "--insecure-local", "--port", "0", "--no-http"));
    command.addAll(List.of("--data", folder.toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.to(errors(folder).toFile())).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher serves = SERVES.matcher(line);
      if (serves.find()) {
        return new ServerProcess(process, folder, Integer.parseInt(serves.group(1)));
      }
    }
    throw new AssertionError("the service did not start:\n" + Files.readString(errors(folder)));
  }

  /** SIGKILL, to the service and to all of its PostgreSQL's processes. */
  void kill() throws IOException, InterruptedException {
    Path pidFile = folder.resolve("postgresql/postmaster.pid");
    List<ProcessHandle> processes = new ArrayList<>();
    if (Files.exists(pidFile)) {
      long postmaster = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      ProcessHandle.of(postmaster)
          .ifPresent(handle -> {
            processes.add(handle);
            handle.descendants().forEach(processes::add);
          });
    }
    process.destroyForcibly();
    processes.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
    processes.forEach(handle -> handle.onExit().join());
  }

  /** What the last process on this folder said of errors. */
  static Path errors(Path folder) {
    return folder.resolve("errors.txt");
  }

  /** Where the database of a running process is. */
  static String databaseUrl(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("postgresql/postmaster.pid"));
    return "jdbc:postgresql://localhost:" + lines.get(3).strip() + "/postgres";
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
