package dev.sightline.benchmarks.decision;

import dev.sightline.benchmarks.figures.Figure;
import dev.sightline.benchmarks.figures.Goal;
import java.util.List;

/**
 * What one round found about answers that are held: nanoseconds, and the bytes that one allocates
 * beyond its question, whose strings both make anew.
 */
record NearRound(double hit, double lookUpsAndClock, double allocated) {
  /** A held answer allocates 16 bytes or nothing; what is less is the harness's. */
  private static final double LEAST_BYTES = 1;

  static NearRound of(Results results) {
    double bytes = results.allocated("hit") - results.allocated("lookUpsAndClock");
    return new NearRound(
        results.time("hit"), results.time("lookUpsAndClock"), bytes < LEAST_BYTES ? 0 : bytes);
  }

  static List<Figure> figures(List<NearRound> rounds) {
    return List.of(
        Figure.over(rounds, "ns")
            .ratio(
                "P5 an answer that the SDK holds",
                NearRound::hit,
                "2 HashMap look-ups, a clock read",
                NearRound::lookUpsAndClock,
                Goal.ratioAtMost(1.2)),
        Figure.over(rounds, "B")
            .difference(
                "P5 allocated by it",
                NearRound::allocated,
                "nothing",
                _ -> 0,
                Goal.atMost(0, "B")));
  }
}
