package dev.sightline.benchmarks.figures;

import java.util.Locale;

/**
 * A number with what it counts.
 *
 * @param unit such as {@code calls/s}
 */
public record Amount(double value, String unit) {
  @Override
  public String toString() {
    String format = Math.abs(value) >= 1_000 ? "%,.0f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, value, unit).strip();
  }
}
