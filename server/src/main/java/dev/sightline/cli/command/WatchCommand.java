package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.cli.watch.Cursors;
import dev.sightline.cli.watch.EventLines;
import dev.sightline.cli.watch.Watcher;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells level changes as they happen. */
@Command(
    name = "watch",
    description = {
      "Tell every change of a level as it happens, a line for each, until Ctrl-C.",
      "'-' begins a line where somebody lost access or some of it, '+' one where somebody gained."
          + " --json: a line for each event, with its cursor.",
      "A watch that breaks off goes on by itself from where it was: nothing is missed or told"
          + " twice."
    },
    footer = {
      "",
      "Examples: sightline watch acme",
      "          sightline watch acme --revocations --user ada --json | while read -r event; do …",
      "          sightline watch --realm acme --from acme=AAAB… --from acme-west=AAAC…"
    })
final class WatchCommand extends RemoteCommand {
  /** Heartbeats come so much more often than the server may be silent. */
  private static final int HEARTBEATS = 3;

  private static final long LONGEST_HEARTBEAT_MICROS = 3_600_000_000L;

  /** More cursors than these are no use to a person. */
  private static final int MOST_CURSORS = 10;

  private static final long MOST_SECONDS_TO_END = 2;

  @Mixin private WatchScope scope = new WatchScope();

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "End after N events, for scripts. What one step changes is one event (or several, where"
              + " it is more than a thousand levels).")
  private long count;

  WatchCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void checkUsage() {
    scope.check();
    if (count < 0) {
      throw CommandFailure.usage("--count: " + count + ", expected 1 or more.");
    }
  }

  @Override
  ExitCode run(Server server, Output output) {
    var cursors = new Cursors(scope.start(heartbeatMicros()));
    var watcher =
        new Watcher(
            new Watcher.Connection(server.channel(), server::retry, timeout()),
            cursors,
            new EventLines(output, scope.isSeveral()),
            new Said(server),
            count);
    untilInterrupted(watcher, cursors);
    return ExitCode.DONE;
  }

  private long heartbeatMicros() {
    long micros = Durations.micros(timeout()) / HEARTBEATS;
    return Math.clamp(micros, 50_000, LONGEST_HEARTBEAT_MICROS);
  }

  /** Ctrl-C ends the process; what is being written is written, and where to go on is said. */
  private void untilInterrupted(Watcher watcher, Cursors cursors) {
    Thread watching = Thread.currentThread();
    var ended = new CountDownLatch(1);
    var ending = new Thread(() -> end(watching, ended), "end-watch");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      watcher.watch();
    } catch (InterruptedException e) {
      // That is how a watch is meant to end.
    } finally {
      sayWhereToGoOn(cursors);
      ended.countDown();
      forget(ending);
    }
  }

  private static void end(Thread watching, CountDownLatch ended) {
    watching.interrupt();
    try {
      var _ = ended.await(MOST_SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread ending) {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  private void sayWhereToGoOn(Cursors cursors) {
    var written = cursors.written();
    if (!written.isEmpty() && written.size() <= MOST_CURSORS) {
      say(
          "To go on from here: "
              + written.entrySet().stream()
                  .map(one -> "--from " + one.getKey() + "=" + one.getValue())
                  .collect(Collectors.joining(" ")));
    }
  }

  private void say(String notice) {
    progress().done(notice);
  }

  /** What people are told beside the events. */
  private final class Said implements Watcher.Notices {
    private final Server server;

    Said(Server server) {
      this.server = server;
    }

    @Override
    public void watching() {
      say("Watching " + scope.described() + ". Ctrl-C ends it.");
    }

    @Override
    public void lost(StatusRuntimeException why) {
      CommandFailure failure = failure(server, why);
      String known = failure.reason().isEmpty() ? failure.status() : failure.reason();
      say("Lost " + server.address() + " (" + known + "); trying again until it is back.");
    }

    @Override
    public void goingOn() {
      say("Back again; going on from where it broke off.");
    }
  }
}
