package dev.sightline.history;

import dev.sightline.history.Line.Traffic;
import dev.sightline.history.Line.Way;
import dev.sightline.history.NodeProcess.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What happens to nodes and to clients. */
final class NodeFaults {
  private NodeFaults() {}

  /** A node dies, and another is started in its place. */
  record Killed() implements Fault {
    @Override
    public String name() {
      return "node-killed";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random)
        throws IOException, InterruptedException {
      int node = random.nextInt(Cluster.NODES);
      stage.cluster().killNode(node);
      stage.pass(stage.bounds(random.nextDouble()));
      stage.cluster().startNode(node, Launch.PLAIN);
    }
  }

  /**
   * A node stands still for longer than the bound, with whatever it was about to answer; it is
   * asked much, so there is something.
   */
  record Paused() implements Fault {
    @Override
    public String name() {
      return "node-paused";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random)
        throws IOException, InterruptedException {
      int node = random.nextInt(Cluster.NODES);
      stage.rushed().set(node);
      try (var _ = stage.writeMuch((node + 1) % Cluster.NODES)) {
        stage.pass(stage.bounds(0.2 + 0.1 * random.nextDouble()));
        stage.cluster().node(node).pause();
        stage.pass(stage.bounds(1.6 + random.nextDouble()));
        stage.cluster().node(node).goOn();
      }
      stage.pass(stage.bounds(0.5));
      stage.rushed().set(-1);
    }
  }

  /**
   * A node is new, and its database is slow to answer: so it is long in loading, while much is
   * changed.
   */
  record SlowAtStart() implements Fault {
    @Override
    public String name() {
      return "database-slow-at-start";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random)
        throws IOException, InterruptedException {
      int node = random.nextInt(Cluster.NODES);
      Line line = stage.cluster().toDatabase(node);
      stage.cluster().killNode(node);
      stage.cluster().startUnreached(node, Launch.PLAIN);
      long slow = stage.bounds(0.4 + 0.4 * random.nextDouble());
      line.set(Way.BACK, new Traffic.Delayed(Duration.ofMillis(slow)));
      stage.cluster().toNode(node).leadTo(stage.cluster().node(node).port());
      try (var _ = stage.write((node + 1) % Cluster.NODES, 0.05);
          var _ = stage.askAnew(node, random)) {
        stage.pass(stage.bounds(6));
      }
      line.restore();
      stage.pass(stage.bounds(0.5));
    }
  }

  /**
   * A client stands still for longer than the bound, with whatever it remembers, while much is
   * changed.
   */
  record ClientPaused() implements Fault {
    @Override
    public String name() {
      return "client-paused";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random)
        throws IOException, InterruptedException {
      try (var _ = stage.write(random.nextInt(Cluster.NODES), 0.05)) {
        stage.remote().pause();
        stage.pass(stage.bounds(1.2 + random.nextDouble()));
        stage.remote().goOn();
      }
      stage.pass(stage.bounds(0.5));
    }
  }

  /** A node hears nothing of what others tell it, for as long as it lives. */
  record Deaf() implements Fault {
    private static final Mutant HEARS_NOTHING =
        Mutant.ofNode(
            "hears-nothing",
            "store/Signals.java",
            "hearer.accept(one.getParameter());",
            "Thread.onSpinWait();");

    @Override
    public String name() {
      return "hints-lost";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random)
        throws IOException, InterruptedException {
      int node = random.nextInt(Cluster.NODES);
      Path classes = stage.cluster().folder().resolve(HEARS_NOTHING.name());
      if (Files.notExists(classes)) {
        HEARS_NOTHING.compile(classes);
      }
      stage.cluster().killNode(node);
      stage.cluster().startNode(node, new Launch(List.of(classes), List.of()));
      try (var _ = stage.askAnew(node, random)) {
        stage.pass(stage.bounds(6));
      }
    }
  }

  /** A node's machine thinks that it is another hour. */
  record ClockApart() implements Fault {
    @Override
    public String name() {
      return "clock-apart";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random)
        throws IOException, InterruptedException {
      int node = random.nextInt(Cluster.NODES);
      long seconds = random.nextInt(-7_200, 7_200);
      stage.cluster().killNode(node);
      stage
          .cluster()
          .startNode(
              node, new Launch(List.of(), OtherClock.options(stage.cluster().folder(), seconds)));
      try (var _ = stage.askAnew(node, random)) {
        stage.pass(stage.bounds(4));
      }
    }
  }
}
