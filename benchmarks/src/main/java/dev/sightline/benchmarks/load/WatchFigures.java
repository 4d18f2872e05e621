package dev.sightline.benchmarks.load;

import dev.sightline.benchmarks.figures.Figure;
import dev.sightline.benchmarks.figures.Figure.Compared;
import dev.sightline.benchmarks.figures.Goal;
import java.util.List;

/** What the rounds say about P6 and P12. */
final class WatchFigures {
  private WatchFigures() {}

  static List<Figure> of(List<NodesRound> rounds) {
    return List.of(
        Figure.over(rounds, "µs")
            .ratio(
                "P6 revocation → watcher on another node, behind the answer, p99",
                round -> round.behind().p99Micros(),
                "5 Echoes there, and a proof, p99",
                NodesRound::fourEchoesAndProvenMicros,
                Goal.ratioAtMost(1)));
  }

  static List<Figure> of(
      WatchLoadPlan plan,
      List<RevocationRound> revocations,
      List<TellingRound> tellings,
      List<MemoryRound> memory) {
    Compared<RevocationRound> latencies = Figure.over(revocations, "µs");
    return List.of(
        latencies.ratio(
            "P6 revocation → watcher, behind the answer, p99",
            round -> round.behind().p99Micros(),
            "Echo, one at a time, p99",
            round -> round.echo().p99Micros(),
            Goal.ratioAtMost(2)),
        latencies.ratio(
            "P6 revocation → watcher, from the call, p99",
            round -> round.told().p99Micros(),
            "its answer, and 2 Echoes, p99",
            RevocationRound::answerAndTwoEchoesMicros,
            Goal.ratioAtMost(1)),
        Figure.over(tellings, "ms")
            .ratio(
                "P12 a revocation to %,d watches, first to last".formatted(plan.watches()),
                round -> TellingRound.millis(round.sightlineNanos()),
                "a bare server's empty messages",
                round -> TellingRound.millis(round.bareNanos()),
                Goal.ratioAtMost(1.5)),
        Figure.over(memory, "KiB")
            .alone(
                "P12 heap per open watch",
                round -> MemoryRound.kibibytes(round.sightline()),
                "a bare server's stream (for scale)",
                round -> MemoryRound.kibibytes(round.bare()),
                Goal.atMost(8, "KiB")));
  }
}
