package dev.sightline.history;

import dev.sightline.history.Line.Traffic;
import dev.sightline.history.Line.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What happens to connections. */
final class LineFaults {
  private static final String READS = "sightline-reads";

  private LineFaults() {}

  private static Way anyWay(RandomGenerator random) {
    return Way.values()[random.nextInt(Way.values().length)];
  }

  /** What is told and lost, or late, matters more than what is asked. */
  private static Way mostlyBack(RandomGenerator random) {
    return random.nextInt(4) == 0 ? Way.THERE : Way.BACK;
  }

  private static int anyNode(RandomGenerator random) {
    return random.nextInt(Cluster.NODES);
  }

  /** All of a node's connections to the database are cut, now and again. */
  record Cut() implements Fault {
    @Override
    public String name() {
      return "database-line-cut";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random) throws InterruptedException {
      Line line = stage.cluster().toDatabase(anyNode(random));
      for (int i = 0; i < 4; i++) {
        line.cut();
        stage.pass(stage.bounds(0.1 + 0.4 * random.nextDouble()));
      }
    }
  }

  /** What a node says to the database, or what it is answered, is lost: nobody is told. */
  record Swallowed() implements Fault {
    @Override
    public String name() {
      return "database-line-half-open";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random) throws InterruptedException {
      Line line = stage.cluster().toDatabase(anyNode(random));
      line.set(anyWay(random), new Traffic.Swallowed());
      stage.pass(stage.bounds(1.5 + random.nextDouble()));
      line.restore();
      stage.pass(stage.bounds(0.5));
    }
  }

  /**
   * The database is slow to answer a node, by a little less than a proof may take, and then says
   * nothing at all; meanwhile much is changed, by way of it and of another node.
   */
  record SlowThenSilent() implements Fault {
    @Override
    public String name() {
      return "database-slow-then-silent";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random) throws InterruptedException {
      int node = anyNode(random);
      Line line = stage.cluster().toDatabase(node);
      long slow = stage.bounds(0.16 + 0.06 * random.nextDouble());
      line.set(Way.BACK, new Traffic.Delayed(Duration.ofMillis(slow)));
      stage.pass(stage.bounds(random.nextDouble()));
      stage.rushed().set(node);
      try (var _ = stage.writeMuch((node + 1) % Cluster.NODES);
          var _ = stage.writeMuch(node)) {
        stage.pass(stage.bounds(1.5));
        line.set(Way.BACK, new Traffic.Swallowed());
        stage.pass(stage.bounds(0.25));
      }
      stage.pass(stage.bounds(1.25));
      stage.rushed().set(-1);
      line.restore();
      stage.pass(stage.bounds(0.5));
    }
  }

  /** One way of a node's lines to the database is delayed, while much is changed elsewhere. */
  record Delayed() implements Fault {
    @Override
    public String name() {
      return "database-line-delayed";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random) throws InterruptedException {
      int node = anyNode(random);
      Line line = stage.cluster().toDatabase(node);
      long delay = stage.bounds(0.05 + 0.5 * random.nextDouble());
      line.set(anyWay(random), new Traffic.Delayed(Duration.ofMillis(delay)));
      stage.rushed().set(node);
      try (var _ = stage.writeMuch((node + 1) % Cluster.NODES)) {
        stage.pass(stage.bounds(2 + random.nextDouble()));
      }
      stage.rushed().set(-1);
      line.restore();
      stage.pass(stage.bounds(0.5));
    }
  }

  /**
   * What a node reads of the log comes so late that what it writes itself overtakes it; proofs and
   * writes are as quick as ever.
   */
  record ReadsSlow() implements Fault {
    @Override
    public String name() {
      return "database-reads-slow";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random) throws InterruptedException {
      int node = anyNode(random);
      Line line = stage.cluster().toDatabase(node);
      long slow = stage.bounds(0.7 + 0.25 * random.nextDouble());
      line.set(
          Way.BACK, new Traffic.Delayed(Duration.ZERO, Map.of(READS, Duration.ofMillis(slow))));
      stage.rushed().set(node);
      try (var _ = stage.write((node + 1) % Cluster.NODES, 0.1);
          var _ = stage.write(node, 1.3 + 0.4 * random.nextDouble())) {
        stage.pass(stage.bounds(8));
      }
      stage.rushed().set(-1);
      line.restore();
      stage.pass(stage.bounds(0.5));
    }
  }

  /**
   * The database is slow to answer all nodes but one, by a little less than a proof may take, and
   * what they read of the log comes much later still, again and again, while what is asked about
   * most is changed.
   */
  record LogLate() implements Fault {
    @Override
    public String name() {
      return "database-log-late";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random) throws InterruptedException {
      List<Line> lines = new ArrayList<>();
      int spared = anyNode(random);
      for (int node = 0; node < Cluster.NODES; node++) {
        if (node != spared) {
          lines.add(stage.cluster().toDatabase(node));
        }
      }
      for (int i = 0; i < 4; i++) {
        Duration slow = Duration.ofMillis(stage.bounds(0.16 + 0.06 * random.nextDouble()));
        Duration late = Duration.ofMillis(stage.bounds(0.9 + 0.4 * random.nextDouble()));
        lines.forEach(line -> line.set(Way.BACK, new Traffic.Delayed(slow, Map.of(READS, late))));
        try (var _ = stage.writeFew(spared)) {
          stage.pass(stage.bounds(1.5));
        }
        lines.forEach(Line::restore);
        stage.pass(stage.bounds(0.75));
      }
    }
  }

  /**
   * What clients say to all nodes or to all but one, or are answered, comes late, while much is
   * changed.
   */
  record ClientDelayed() implements Fault {
    @Override
    public String name() {
      return "client-line-delayed";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random) throws InterruptedException {
      int spared = anyNode(random);
      List<Line> lines = new ArrayList<>(stage.cluster().toNode());
      if (random.nextBoolean()) {
        lines.remove(spared);
      }
      // So that a near-cache's lease still holds, or that it cannot.
      double delay =
          random.nextBoolean() ? 0.25 + 0.3 * random.nextDouble() : 1.2 + 0.8 * random.nextDouble();
      Way way = mostlyBack(random);
      lines.forEach(
          line -> line.set(way, new Traffic.Delayed(Duration.ofMillis(stage.bounds(delay)))));
      try (var _ = stage.writeEverywhere(spared);
          var _ = stage.writeForAWhile(spared);
          var _ = stage.write(spared, 0.05)) {
        stage.pass(stage.bounds(4 + random.nextDouble()));
      }
      lines.forEach(Line::restore);
      stage.pass(stage.bounds(0.5));
    }
  }

  /**
   * What clients say to a node, or are answered, is lost, or waits, while much is changed; then all
   * is cut.
   */
  record ClientCut() implements Fault {
    @Override
    public String name() {
      return "client-line-half-open";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random) throws InterruptedException {
      int node = anyNode(random);
      Line line = stage.cluster().toNode(node);
      List<Traffic> kinds = List.of(new Traffic.Swallowed(), new Traffic.Held());
      line.set(mostlyBack(random), kinds.get(random.nextInt(kinds.size())));
      try (var _ = stage.write((node + 1) % Cluster.NODES, 0.05)) {
        stage.pass(stage.bounds(1.5 + random.nextDouble()));
      }
      line.cut();
      line.restore();
      stage.pass(stage.bounds(0.5));
    }
  }
}
