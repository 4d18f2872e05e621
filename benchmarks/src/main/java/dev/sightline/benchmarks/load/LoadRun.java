package dev.sightline.benchmarks.load;

import dev.sightline.benchmarks.figures.Figure;
import dev.sightline.benchmarks.figures.Sample;
import dev.sightline.store.ScratchDatabases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Loads a server that asks for tokens, and a bare one beside it. */
public final class LoadRun {
  private final LoadPlan plan;
  private final WatchLoadPlan watchPlan;
  private final Path jvmOptions;
  private final Consumer<String> progress;

  /**
   * @param jvmOptions the file of the options that Sightline is shipped with
   */
  public LoadRun(
      LoadPlan plan, WatchLoadPlan watchPlan, Path jvmOptions, Consumer<String> progress) {
    this.plan = plan;
    this.watchPlan = watchPlan;
    this.jvmOptions = jvmOptions;
    this.progress = progress;
  }

  public List<Figure> figures() throws IOException, InterruptedException {
    progress.accept("Starting the servers");
    try (var databases = ScratchDatabases.start(progress);
        var database = databases.create();
        Target bare = Target.start(BareProcess.class, jvmOptions);
        Target sightline = SightlineProcess.start(database.settings(), jvmOptions)) {
      var operator = new Operator(sightline.operator());
      operator.bringIn(List.of(Portal.records()));
      List<Figure> figures =
          new ArrayList<>(figures(new Contest(bare, sightline, operator.tokenForChecks())));
      String watching = operator.tokenForWatching();
      figures.addAll(figures(new WatchContest(bare, sightline, watching, watchPlan)));
      try (Target other = SightlineProcess.start(database.settings(), jvmOptions)) {
        figures.addAll(figures(new NodesContest(sightline, other, watching, watchPlan)));
      }
      figures.addAll(digestFigures(sightline, operator));
      return figures;
    }
  }

  private List<Figure> digestFigures(Target sightline, Operator operator)
      throws InterruptedException {
    progress.accept("Bringing %,d readers in".formatted(Readership.READERS));
    Readership readership = Readership.drawn();
    operator.bringIn(readership.messages());
    var contest =
        new DigestContest(sightline.connection(operator.tokenForDigests()), readership.checks());
    contest.compare();
    progress.accept("Digests, %d rounds".formatted(plan.rounds()));
    var _ = contest.round();
    List<DigestRound> rounds = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      rounds.add(contest.round());
    }
    return DigestFigures.of(rounds);
  }

  private List<Figure> figures(WatchContest contest) throws IOException, InterruptedException {
    progress.accept("Revocations, %d rounds".formatted(watchPlan.revocationRounds()));
    List<RevocationRound> revocations = contest.revocations();
    progress.accept("Memory of %,d watches".formatted(watchPlan.watches()));
    List<MemoryRound> memory = contest.memory();
    progress.accept("Revocations that concern %,d watches".formatted(watchPlan.watches()));
    return WatchFigures.of(watchPlan, revocations, contest.tellings(), memory);
  }

  private List<Figure> figures(NodesContest contest) {
    progress.accept(
        "Revocations on another node, %d rounds".formatted(watchPlan.revocationRounds()));
    return WatchFigures.of(contest.rounds());
  }

  private List<Figure> figures(Contest contest) throws IOException, InterruptedException {
    progress.accept("Warming up");
    var _ = contest.round(plan.warmUp());

    List<LoadRound> rounds = new ArrayList<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      progress.accept("Full load, round %d of %d".formatted(round, plan.rounds()));
      rounds.add(contest.round(plan.turn()));
    }

    double half = Sample.of(rounds, round -> round.echo().callsPerSecond()).median() / 2;
    List<PacedRound> paced = new ArrayList<>();
    for (int round = 1; round <= plan.pacedRounds(); round++) {
      progress.accept(
          "Half load, %.0f calls/s, round %d of %d".formatted(half, round, plan.pacedRounds()));
      paced.add(contest.pacedRound(half, plan.pacedTurn()));
    }
    return LoadFigures.of(rounds, paced);
  }
}
