package dev.sightline.benchmarks;

import dev.sightline.benchmarks.decision.DecisionPlan;
import dev.sightline.benchmarks.load.LoadPlan;
import dev.sightline.benchmarks.load.WatchLoadPlan;

/** How thorough a run is. */
record Mode(DecisionPlan decision, LoadPlan load, WatchLoadPlan watch) {
  /** Some four minutes: tells whether something is badly wrong. */
  private static final Mode SHORT =
      new Mode(DecisionPlan.SHORT, LoadPlan.SHORT, WatchLoadPlan.SHORT);

  /** Some thirty minutes: more rounds, and ten times as many watches. */
  private static final Mode LONG = new Mode(DecisionPlan.LONG, LoadPlan.LONG, WatchLoadPlan.LONG);

  static Mode named(String name) {
    return switch (name) {
      case "short" -> SHORT;
      case "long" -> LONG;
      default ->
          throw new IllegalArgumentException("The mode is %s, not short or long.".formatted(name));
    };
  }
}
