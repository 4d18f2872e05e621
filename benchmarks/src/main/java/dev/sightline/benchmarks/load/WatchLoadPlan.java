package dev.sightline.benchmarks.load;

/**
 * How much is watched.
 *
 * @param revocationRounds how often one watcher's rounds are done
 * @param revocations how many revocations, and as many empty calls, in each
 * @param connections how many connections watches are opened on
 * @param watches how many watches, on all connections together
 * @param memoryRounds how often they are all opened and closed, to see what they take
 * @param warmUps how often all are told something before it counts
 * @param tellings how often they are all told something that counts
 */
public record WatchLoadPlan(
    int revocationRounds,
    int revocations,
    int connections,
    int watches,
    int memoryRounds,
    int warmUps,
    int tellings) {
  public static final WatchLoadPlan SHORT = new WatchLoadPlan(3, 150, 10, 1_000, 5, 30, 15);
  public static final WatchLoadPlan LONG = new WatchLoadPlan(11, 1_000, 100, 10_000, 5, 30, 31);
}
