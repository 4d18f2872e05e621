package dev.sightline.benchmarks.load;

import dev.sightline.benchmarks.figures.Figure;
import dev.sightline.benchmarks.figures.Figure.Compared;
import dev.sightline.benchmarks.figures.Goal;
import java.util.List;

/** What the rounds say about P1 and P2. */
final class LoadFigures {
  private LoadFigures() {}

  static List<Figure> of(List<LoadRound> rounds, List<PacedRound> paced) {
    Compared<PacedRound> latencies = Figure.over(paced, "µs");
    return List.of(
        Figure.<LoadRound>over(rounds, "calls/s")
            .ratio(
                "P1 CanView, 64 in flight",
                round -> round.canView().callsPerSecond(),
                "Echo",
                round -> round.echo().callsPerSecond(),
                Goal.ratioAtLeast(0.95)),
        Figure.<LoadRound>over(rounds, "µs")
            .difference(
                "P1 CanView, server CPU per call",
                round -> round.canView().cpuMicrosPerCall(),
                "Echo",
                round -> round.echo().cpuMicrosPerCall(),
                Goal.atMost(1, "µs")),
        latencies.ratio(
            "P1 CanView, p99 at half of Echo's peak",
            round -> PacedRound.p99Micros(round.canView()),
            "Echo",
            round -> PacedRound.p99Micros(round.echo()),
            Goal.ratioAtMost(1.10)),
        latencies.ratio(
            "CanView, p50 at half of Echo's peak",
            round -> PacedRound.p50Micros(round.canView()),
            "Echo",
            round -> PacedRound.p50Micros(round.echo()),
            Goal.ratioAtMost(1.10)),
        Figure.<LoadRound>over(rounds, "calls/s")
            .ratio(
                "Echo, 64 in flight",
                round -> round.echo().callsPerSecond(),
                "Echo of a bare grpc-java server",
                round -> round.bare().callsPerSecond(),
                Goal.ratioAtLeast(0.9)),
        Figure.<LoadRound>over(rounds, "checks/CPU s")
            .ratio(
                "P2 BatchCheck of 100, 16 in flight",
                round -> round.batchCheck().checksPerCpuSecond(),
                "CanView",
                round -> round.canView().checksPerCpuSecond(),
                Goal.ratioAtLeast(30)),
        Figure.<LoadRound>over(rounds, "checks/CPU s")
            .ratio(
                "P2 StreamChecks, 64 in flight on a stream",
                round -> round.streamChecks().checksPerCpuSecond(),
                "CanView",
                round -> round.canView().checksPerCpuSecond(),
                Goal.ratioAtLeast(5)));
  }
}
