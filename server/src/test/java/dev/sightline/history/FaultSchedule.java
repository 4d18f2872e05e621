package dev.sightline.history;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** One fault after the other, with quiet times between them, in an order that the seed decides. */
final class FaultSchedule {
  private final List<Fault> faults;
  private final Random random;
  private final FaultLog log;
  private final Stage stage;
  private final Consumer<String> progress;
  private volatile boolean stopped;

  FaultSchedule(HistorySettings settings, FaultLog log, Stage stage, Consumer<String> progress) {
    this.faults = Faults.named(settings.faults());
    this.random = new Random(settings.seed() * 41);
    this.log = log;
    this.stage = stage;
    this.progress = progress;
  }

  void stop() {
    stopped = true;
  }

  void run() {
    List<Fault> left = new ArrayList<>();
    try {
      while (!stopped && !faults.isEmpty()) {
        if (left.isEmpty()) {
          left.addAll(faults);
          Collections.shuffle(left, random);
        }
        stage.pass(stage.bounds(1.5 + random.nextDouble()));
        if (!stopped) {
          happen(left.removeLast());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void happen(Fault fault) throws IOException, SQLException, InterruptedException {
    progress.accept(fault.name());
    log.begins(fault.name());
    try {
      fault.happen(stage, random);
    } finally {
      log.ends();
    }
  }
}
