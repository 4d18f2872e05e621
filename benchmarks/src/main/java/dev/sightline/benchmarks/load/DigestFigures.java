package dev.sightline.benchmarks.load;

import dev.sightline.benchmarks.figures.Figure;
import dev.sightline.benchmarks.figures.Figure.Compared;
import dev.sightline.benchmarks.figures.Goal;
import java.util.List;

/** What the rounds say about the digests of P4. */
final class DigestFigures {
  private DigestFigures() {}

  static List<Figure> of(List<DigestRound> rounds) {
    Compared<DigestRound> times = Figure.over(rounds, "ms");
    return List.of(
        times.ratio(
            "P4 digests of 10,000 readers × 20 subscriptions",
            round -> DigestRound.millis(round.digestNanos()),
            "a batch check for each reader",
            round -> DigestRound.millis(round.checkNanos()),
            Goal.ratioAtMost(0.5)),
        times.ratio(
            "Digests of 10,000 readers × 20 subscriptions",
            round -> DigestRound.millis(round.digestNanos()),
            "the same checks in batches of 10,000",
            round -> DigestRound.millis(round.largeNanos()),
            Goal.ratioAtMost(1)));
  }
}
