package dev.sightline.benchmarks.figures;

/**
 * What a figure should come to.
 *
 * @param unit empty for a ratio
 */
public record Goal(Bound bound, double limit, String unit) {
  /** On which side of the limit it is good. */
  public enum Bound {
    AT_LEAST("≥"),
    AT_MOST("≤");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  public static Goal ratioAtLeast(double limit) {
    return new Goal(Bound.AT_LEAST, limit, "");
  }

  public static Goal ratioAtMost(double limit) {
    return new Goal(Bound.AT_MOST, limit, "");
  }

  /** For what is better subtracted than divided. */
  public static Goal atMost(double limit, String unit) {
    return new Goal(Bound.AT_MOST, limit, unit);
  }

  public boolean isMetBy(double value) {
    return switch (bound) {
      case AT_LEAST -> value >= limit;
      case AT_MOST -> value <= limit;
    };
  }

  @Override
  public String toString() {
    return bound.sign + " " + new Amount(limit, unit);
  }
}
