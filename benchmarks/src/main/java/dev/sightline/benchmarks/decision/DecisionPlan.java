package dev.sightline.benchmarks.decision;

/**
 * How often a decision is measured.
 *
 * @param rounds how often all is measured in turn, each time in JVMs of their own
 * @param warmups how many iterations of a second each JVM warms up
 * @param iterations how many iterations of a second count
 */
public record DecisionPlan(int rounds, int warmups, int iterations) {
  public static final DecisionPlan SHORT = new DecisionPlan(1, 2, 2);
  public static final DecisionPlan LONG = new DecisionPlan(7, 5, 5);
}
