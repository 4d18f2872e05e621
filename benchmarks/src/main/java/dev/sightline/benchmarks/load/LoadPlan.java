package dev.sightline.benchmarks.load;

import java.time.Duration;

/**
 * How long servers are put under load.
 *
 * @param warmUp for each kind of call, before anything counts
 * @param rounds how often all kinds take their turn at full load
 * @param turn how long each turn is
 * @param pacedRounds how often Echo and CanView take their turn at half load
 * @param pacedTurn how long each of those is
 */
public record LoadPlan(
    Duration warmUp, int rounds, Duration turn, int pacedRounds, Duration pacedTurn) {
  public static final LoadPlan SHORT =
      new LoadPlan(
          Duration.ofMillis(5_000), 7, Duration.ofMillis(1_500), 3, Duration.ofMillis(2_500));
  public static final LoadPlan LONG =
      new LoadPlan(Duration.ofSeconds(5), 21, Duration.ofSeconds(3), 15, Duration.ofSeconds(8));
}
