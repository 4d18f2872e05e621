package dev.sightline.history;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.history.HistoryRun.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A short run; {@code -Dsightline.history.seconds=600 -Dsightline.history.faults=all} makes it a
 * long one.
 */
class HistoryTest {
  @Test
  void every_answer_is_right_for_some_instant_that_the_promise_allows() throws IOException {
    var settings =
        HistorySettings.of(
                Long.getLong("sightline.history.seed", 1),
                Duration.ofSeconds(Long.getLong("sightline.history.seconds", 12)),
                HistoryMain.faults(
                    System.getProperty(
                        "sightline.history.faults",
                        "client-paused,database-line-half-open,node-paused")))
            .withBound(HistoryMain.bound())
            .withNear(HistoryMain.isNear());
    Outcome outcome = HistoryRun.of(settings, _ -> {});
    assertTrue(outcome.isRight(), () -> "\n" + HistoryMain.report(settings, outcome));
    assertTrue(outcome.figures().answers() > 0, "nobody was answered");
    HistoryMain.writeFigures(settings, outcome);
  }

  @Test
  void faults_have_names_of_their_own() {
    List<String> names = Faults.names();
    assertTrue(names.size() == names.stream().distinct().count(), names::toString);
  }
}
