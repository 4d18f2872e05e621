package dev.sightline.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an embedded PostgreSQL, held by one service at a time. The hold is a lock of the
 * operating system's on a file, so it ends with the process, however that ends; a PostgreSQL that
 * is still running while nobody holds the folder is a leftover.
 */
final class DataFolder {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  /** No operating system hands out this process id. */
  private static final String NO_PROCESS = Integer.toString(Integer.MAX_VALUE);

  private final Path data;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataFolder(Path data, FileChannel lockFile, FileLock lock) {
    this.data = data;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  static DataFolder claim(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    refuseUnpackFolder(folder);
    try {
      Files.createDirectories(folder);
      FileChannel file =
          FileChannel.open(
              folder.resolve("sightline.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = tryLock(file);
      if (lock == null) {
        file.close();
        throw new StartRefused(
            "Another Sightline service uses the data folder "
                + folder
                + "; stop it, or name another folder.");
      }
      return new DataFolder(folder.resolve("postgresql"), file, lock);
    } catch (IOException e) {
      throw new StartRefused("The data folder " + folder + " cannot be used: " + e, e);
    }
  }

  /** The library that unpacks the binaries deletes whatever looks like its own old data there. */
  private static void refuseUnpackFolder(Path folder) {
    String unpack = System.getProperty("ot.epg.working-dir");
    if (unpack != null && Path.of(unpack).toAbsolutePath().normalize().equals(folder)) {
      throw new StartRefused(
          "The data folder "
              + folder
              + " is the folder that PostgreSQL's binaries are unpacked into; name another.");
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  Path data() {
    return data;
  }

  boolean isNew() {
    return Files.notExists(data.resolve("PG_VERSION"));
  }

  void requireVersion(int major) throws IOException {
    if (isNew()) {
      return;
    }
    String found = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!found.equals(Integer.toString(major))) {
      throw new StartRefused(
          "The data folder "
              + data
              + " was written by PostgreSQL "
              + found
              + " but this program brings "
              + major
              + "; start the program that wrote it, or move the data with pg_upgrade.");
    }
  }

  /** Stops the PostgreSQL that a killed service has left behind, if there is one. */
  void stopLeftover(Consumer<String> progress) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (Files.notExists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    ProcessHandle process =
        lines.isEmpty()
            ? null
            : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElse(null);
    if (process != null && isPostgres(process)) {
      progress.accept("Stopping the PostgreSQL that a killed service has left in " + data + ".");
      interrupt(process);
      await("the PostgreSQL left behind to stop", () -> Files.notExists(pidFile));
    } else if (process != null) {
      disown(pidFile, lines);
    }
    await("PostgreSQL's orphaned processes to end", () -> !hasProcesses());
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.isAlive()
        && process.info().command().map(command -> command.contains("postgres")).orElse(false);
  }

  /** Asks for a fast shutdown, which SIGINT means to PostgreSQL; Java itself knows only SIGTERM. */
  private static void interrupt(ProcessHandle process) throws IOException {
    try {
      new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping PostgreSQL", e);
    }
  }

  /**
   * The process id belongs to something else by now. PostgreSQL would refuse to start; without the
   * file it would not look whether the shared memory that the file names is still in use.
   */
  private static void disown(Path pidFile, List<String> lines) throws IOException {
    var changed = new java.util.ArrayList<>(lines);
    changed.set(0, NO_PROCESS);
    Files.write(pidFile, changed);
  }

  /** Whether a process works in the folder; where the system does not tell, none does. */
  private boolean hasProcesses() {
    return ProcessHandle.allProcesses().anyMatch(process -> data.equals(workingFolder(process)));
  }

  private static @Nullable Path workingFolder(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  private void await(String what, java.util.function.BooleanSupplier done) {
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new StartRefused(
            "Waited "
                + STOP_LIMIT.toSeconds()
                + " s in vain for "
                + what
                + " in "
                + data
                + "; stop it by hand.");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  void release() {
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
