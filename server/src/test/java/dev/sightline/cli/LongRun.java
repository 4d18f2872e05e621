package dev.sightline.cli;

import dev.sightline.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A run of the program that goes on until it is ended, with the lines that it writes. */
final class LongRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Lines out = new Lines();
  private final Lines err = new Lines();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final Thread thread;

  private LongRun(Map<String, String> environment, String... arguments) {
    var terminal =
        new Terminal(
            environment,
            new BufferedReader(new StringReader("")),
            new PrintWriter(out),
            new PrintWriter(err),
            false);
    var program =
        new CommandLineInterface(terminal, (options, o, e) -> 0, (files, json, o, e) -> 0);
    thread =
        Thread.ofPlatform().name("long-run").start(() -> exit.complete(program.run(arguments)));
  }

  static LongRun of(String... arguments) {
    return of(Map.of(), arguments);
  }

  static LongRun of(Map<String, String> environment, String... arguments) {
    return new LongRun(environment, arguments);
  }

  /** The next line of answers. */
  String line() throws InterruptedException {
    return out.next();
  }

  List<String> lines(int count) throws InterruptedException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      lines.add(line());
    }
    return lines;
  }

  /** Every further line of answers; it must have ended. */
  List<String> rest() {
    var rest = new ArrayList<String>();
    out.whole.drainTo(rest);
    return rest;
  }

  /** The next line on the error stream. */
  String notice() throws InterruptedException {
    return err.next();
  }

  /** Waits for its end. */
  int exit() {
    return exit.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Ends it as Ctrl-C does, short of ending the process. */
  void interrupt() {
    thread.interrupt();
  }

  /** Nobody reads its answers any more. */
  void closePipe() {
    out.broken = true;
  }

  @Override
  public void close() {
    interrupt();
    exit();
  }

  /** Hands out whole lines as they are flushed. */
  private static final class Lines extends Writer {
    private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
    private final StringBuilder written = new StringBuilder();
    private volatile boolean broken;

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
      if (broken) {
        throw new IOException("broken pipe");
      }
      written.append(characters, offset, length);
    }

    @Override
    public void flush() {
      int end;
      while ((end = written.indexOf("\n")) >= 0) {
        whole.add(written.substring(0, end));
        written.delete(0, end + 1);
      }
    }

    @Override
    public void close() {}

    private String next() throws InterruptedException {
      String line = whole.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("no line within " + PATIENCE);
      }
      return line;
    }
  }
}
