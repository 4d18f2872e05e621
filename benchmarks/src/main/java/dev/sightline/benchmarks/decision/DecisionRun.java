package dev.sightline.benchmarks.decision;

import dev.sightline.benchmarks.figures.Figure;
import dev.sightline.benchmarks.figures.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link DecisionBenchmark}, {@link NearCacheBenchmark} and {@link ChangeBenchmark}, each of
 * their methods in a JVM of its own, round after round.
 */
public final class DecisionRun {
  private final DecisionPlan plan;
  private final Consumer<String> progress;

  public DecisionRun(DecisionPlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  public List<Figure> figures() throws RunnerException {
    List<DecisionRound> rounds = new ArrayList<>();
    List<ChangeRound> changes = new ArrayList<>();
    List<NearRound> held = new ArrayList<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      progress.accept(
          "Decisions and changes in process, round %d of %d".formatted(round, plan.rounds()));
      var results = new Results(new Runner(options()).run());
      rounds.add(DecisionRound.of(results));
      changes.add(ChangeRound.of(results));
      held.add(NearRound.of(results));
    }
    List<Figure> figures = new ArrayList<>(decisions(rounds));
    figures.addAll(NearRound.figures(held));
    figures.addAll(ChangeFigures.of(changes));
    return figures;
  }

  private static List<Figure> decisions(List<DecisionRound> rounds) {
    Figure.Compared<DecisionRound> times = Figure.over(rounds, "ns");
    return List.of(
        times.ratio(
            "P3 a decision from ordinals",
            DecisionRound::fromOrdinals,
            "a read of a primitive hash map",
            DecisionRound::primitiveMap,
            Goal.ratioAtMost(2)),
        times.ratio(
            "P3 a decision from UTF-8 ids",
            DecisionRound::fromBytes,
            "2 such reads, 2 HashMap look-ups",
            DecisionRound::readsAndLookUps,
            Goal.ratioAtMost(1)),
        times.ratio(
            "P3 a decision from fresh strings",
            DecisionRound::fromStrings,
            "2 such reads, 2 HashMap look-ups",
            DecisionRound::readsAndLookUps,
            Goal.ratioAtMost(1)),
        Figure.over(rounds, "B")
            .difference(
                "P3 allocated by a decision",
                DecisionRound::allocated,
                "nothing",
                _ -> 0,
                Goal.atMost(0, "B")));
  }

  private Options options() {
    return new OptionsBuilder()
        .include("\\." + DecisionBenchmark.class.getSimpleName() + "\\.")
        .include("\\." + ChangeBenchmark.class.getSimpleName() + "\\.")
        .include("\\." + NearCacheBenchmark.class.getSimpleName() + "\\.")
        .forks(1)
        .warmupIterations(plan.warmups())
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(plan.iterations())
        .measurementTime(TimeValue.seconds(1))
        .addProfiler(GCProfiler.class)
        .jvmArgs(
            "-XX:+UseParallelGC",
            "-Xms2g",
            "-Xmx2g",
            "-XX:+AlwaysPreTouch",
            "--sun-misc-unsafe-memory-access=allow")
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }
}
