package dev.sightline.history;

import dev.sightline.client.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** What happens to the database. */
final class DatabaseFaults {
  private static final AtomicInteger COPIES = new AtomicInteger();

  private DatabaseFaults() {}

  private static Path newFolder(Stage stage) {
    return stage.cluster().folder().resolve("database" + COPIES.incrementAndGet());
  }

  private static void startAgain(Stage stage) {
    stage.cluster().database().start();
    stage.cluster().leadToDatabase();
  }

  /** A copy of the database, made while it is stopped; it runs again afterwards. */
  private static Path coldCopy(Stage stage) throws IOException {
    Path copy = newFolder(stage);
    stage.cluster().database().stop();
    stage.cluster().database().copyTo(copy);
    startAgain(stage);
    return copy;
  }

  /** From now on there is another log, which is the same up to where that database stands. */
  private static void fork(Stage stage, String name, Postgres other) {
    long born = System.nanoTime();
    stage
        .judge()
        .amend(() -> {
          try (Connection connection = other.connect()) {
            Map<Integer, Long> heads = Era.heads(connection, stage.judge().clock());
            stage.judge().add(stage.judge().latest().forked(name, born, heads, other));
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Reads what nobody will see any more, for the judge's sake. */
  private static void readToItsEnd(Stage stage, Era era, Postgres database)
      throws IOException, InterruptedException {
    while (!era.isOver() && !stage.judge().failure().isDone()) {
      stage.pass(20);
    }
    database.stop();
    HistoryRun.delete(database.folder());
  }

  /** It stops as in a crash, and starts again. */
  record Stopped() implements Fault {
    @Override
    public String name() {
      return "database-stopped";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random)
        throws IOException, InterruptedException {
      stage.cluster().database().stopAtOnce();
      stage.pass(stage.bounds(1.5 * random.nextDouble()));
      startAgain(stage);
      stage.pass(stage.bounds(1));
    }
  }

  /**
   * An older state of it is put back in its place. The quiet organization comes to as many
   * revisions as it had before the other nodes see it, but not to the same ones.
   */
  record PutBack() implements Fault {
    @Override
    public String name() {
      return "database-put-back";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random)
        throws IOException, SQLException, InterruptedException {
      Cluster cluster = stage.cluster();
      Path copy = coldCopy(stage);
      int writing = random.nextInt(Cluster.NODES);
      int user = 1 + random.nextInt(People.USERS - 1);
      int dashboard = 1 + random.nextInt(People.DASHBOARDS);
      stage.give(writing, user, dashboard, Level.EDITOR);
      stage.pass(stage.bounds(1 + random.nextDouble()));
      Postgres old = cluster.database();
      Era lost = stage.judge().lasting();
      cluster.toDatabase().forEach(line -> line.leadTo(0));
      old.stopAtOnce();
      lost.died(System.nanoTime());
      Postgres putBack = Postgres.start(copy);
      fork(stage, "the database put back", putBack);
      cluster.replaceDatabase(putBack);
      cluster.toDatabase(writing).leadTo(putBack.port());
      stage.give(writing, user, dashboard, Level.NONE);
      cluster.leadToDatabase();
      old.start();
      readToItsEnd(stage, lost, old);
      stage.pass(stage.bounds(1));
    }
  }

  /**
   * A standby takes its place that lags behind, while the old one can still be reached by who is
   * connected to it: so both are written to for a while.
   */
  record Promoted() implements Fault {
    @Override
    public String name() {
      return "standby-promoted";
    }

    @Override
    public void happen(Stage stage, RandomGenerator random)
        throws IOException, SQLException, InterruptedException {
      Cluster cluster = stage.cluster();
      Path copy = coldCopy(stage);
      Files.createFile(copy.resolve("postgresql/standby.signal"));
      Postgres standby = Postgres.start(copy);
      Postgres old = cluster.database();
      Era lost = stage.judge().lasting();
      Line first = cluster.toDatabase(random.nextInt(Cluster.NODES));
      first.leadTo(standby.port());
      first.cut();
      stage.pass(stage.bounds(1.5));
      fork(stage, "the standby", standby);
      standby.execute("SELECT pg_promote()");
      cluster.replaceDatabase(standby);
      cluster.leadToDatabase();
      stage.pass(stage.bounds(0.5 + random.nextDouble()));
      cluster.toDatabase().forEach(line -> line.cutTo(old.port()));
      lost.died(System.nanoTime());
      readToItsEnd(stage, lost, old);
      stage.pass(stage.bounds(1));
    }
  }
}
