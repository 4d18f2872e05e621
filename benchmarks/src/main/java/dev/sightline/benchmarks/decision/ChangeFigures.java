package dev.sightline.benchmarks.decision;

import dev.sightline.benchmarks.figures.Figure;
import dev.sightline.benchmarks.figures.Figure.Compared;
import dev.sightline.benchmarks.figures.Goal;
import java.util.List;

/** What the rounds say about P10. */
final class ChangeFigures {
  private static final String COPY = "copying 64 KiB";
  private static final Goal ONE = Goal.ratioAtMost(5);
  private static final Goal WIDE = Goal.ratioAtMost(50);

  private ChangeFigures() {}

  static List<Figure> of(List<ChangeRound> rounds) {
    Compared<ChangeRound> times = Figure.over(rounds, "µs");
    Compared<ChangeRound> allocations = Figure.over(rounds, "B");
    return List.of(
        times.ratio(
            "P10 an entry's change, and its event",
            round -> round.entry().micros(),
            COPY,
            round -> round.copy().micros(),
            ONE),
        times.ratio(
            "P10 a change for 10,000 people, and its event",
            round -> round.companyDefault().micros(),
            COPY,
            round -> round.copy().micros(),
            WIDE),
        allocations.ratio(
            "P10 allocated by an entry's change",
            round -> round.entry().bytes(),
            COPY,
            round -> round.copy().bytes(),
            ONE),
        allocations.ratio(
            "P10 allocated by a change for 10,000 people",
            round -> round.companyDefault().bytes(),
            COPY,
            round -> round.copy().bytes(),
            WIDE));
  }
}
