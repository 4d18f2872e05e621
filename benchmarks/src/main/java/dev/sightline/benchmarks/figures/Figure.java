package dev.sightline.benchmarks.figures;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One line of the table.
 *
 * @param measured the median over the rounds
 * @param comparedWith what it was measured beside, in the same rounds
 * @param yardstick the median of that
 * @param result what the goal is about, round by round: neither is worth much alone on a machine
 *     that others use, too
 */
public record Figure(
    String name, Amount measured, String comparedWith, Amount yardstick, Sample result, Goal goal) {
  public boolean isMet() {
    return goal.isMetBy(result.median());
  }

  /** Begins a figure over the same rounds as its yardstick. */
  public static <T> Compared<T> over(List<T> rounds, String unit) {
    return new Compared<>(rounds, unit);
  }

  /** Makes figures of rounds in which a thing and its yardstick were both measured. */
  public record Compared<T>(List<T> rounds, String unit) {
    public Figure ratio(
        String name,
        ToDoubleFunction<T> measured,
        String comparedWith,
        ToDoubleFunction<T> yardstick,
        Goal goal) {
      return figure(
          name,
          measured,
          comparedWith,
          yardstick,
          round -> measured.applyAsDouble(round) / yardstick.applyAsDouble(round),
          goal);
    }

    public Figure difference(
        String name,
        ToDoubleFunction<T> measured,
        String comparedWith,
        ToDoubleFunction<T> yardstick,
        Goal goal) {
      return figure(
          name,
          measured,
          comparedWith,
          yardstick,
          round -> measured.applyAsDouble(round) - yardstick.applyAsDouble(round),
          goal);
    }

    /** For what has a goal of its own, beside which the yardstick only gives the scale. */
    public Figure alone(
        String name,
        ToDoubleFunction<T> measured,
        String comparedWith,
        ToDoubleFunction<T> yardstick,
        Goal goal) {
      return figure(name, measured, comparedWith, yardstick, measured, goal);
    }

    private Figure figure(
        String name,
        ToDoubleFunction<T> measured,
        String comparedWith,
        ToDoubleFunction<T> yardstick,
        ToDoubleFunction<T> result,
        Goal goal) {
      return new Figure(
          name,
          new Amount(Sample.of(rounds, measured).median(), unit),
          comparedWith,
          new Amount(Sample.of(rounds, yardstick).median(), unit),
          Sample.of(rounds, result),
          goal);
    }
  }
}
