package dev.sightline.benchmarks.figures;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The same thing measured once a round. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Sample(double[] values) {
  public Sample {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    values = values.clone();
  }

  public static <T> Sample of(List<T> rounds, ToDoubleFunction<T> measured) {
    return new Sample(rounds.stream().mapToDouble(measured).toArray());
  }

  public double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public double lowest() {
    return sorted()[0];
  }

  public double highest() {
    return sorted()[values.length - 1];
  }

  private double[] sorted() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
