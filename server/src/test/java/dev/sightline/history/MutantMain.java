package dev.sightline.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the checker look for mutants: {@code -Dsightline.history.mutants} (names with commas, or
 * {@code all}), {@code .seeds} (how many), {@code .seconds} (at the most for each), {@code .faults}
 * (by default those that a mutant needs).
 */
final class MutantMain {
  private MutantMain() {}

  public static void main(String[] arguments) throws IOException {
    String names = System.getProperty("sightline.history.mutants", "all");
    List<Mutant> mutants =
        names.equals("all")
            ? Mutants.ALL
            : List.of(names.split(",")).stream().map(Mutants::named).toList();
    long from = Long.getLong("sightline.history.seed", 1);
    long seeds = Long.getLong("sightline.history.seeds", 10);
    List<String> table = new ArrayList<>();
    boolean all = true;
    for (Mutant mutant : mutants) {
      List<String> seconds = new ArrayList<>();
      int caught = 0;
      for (long seed = from; seed < from + seeds; seed++) {
        HistoryRun.Outcome outcome = hunted(mutant, seed);
        caught += outcome.isRight() ? 0 : 1;
        seconds.add(outcome.isRight() ? "-" : Long.toString(Math.round(outcome.seconds())));
      }
      table.add(
          "%-45s %2d of %2d caught, after seconds: %s"
              .formatted(mutant.name(), caught, seeds, String.join(" ", seconds)));
      all &= caught * 10 >= seeds * 9;
      System.out.println(table.getLast());
    }
    System.out.println("\n" + String.join("\n", table));
    System.exit(all ? 0 : 1);
  }

  private static HistoryRun.Outcome hunted(Mutant mutant, long seed) throws IOException {
    Path folder = Files.createTempDirectory("sightline-mutant");
    Path classes = folder.resolve(mutant.name());
    try {
      mutant.compile(classes);
      String faults = System.getProperty("sightline.history.faults");
      var settings =
          HistorySettings.of(
                  seed,
                  Duration.ofSeconds(Long.getLong("sightline.history.seconds", 300)),
                  faults == null ? mutant.faults() : HistoryMain.faults(faults))
              .withBound(HistoryMain.bound())
              .withNear(HistoryMain.isNear())
              .withStrict(mutant.needsStrictness());
      HistoryRun.Outcome outcome = HistoryRun.of(with(mutant, classes, settings), _ -> {});
      System.out.println(
          "%s, seed %d: %s after %.0f s%n%s"
              .formatted(
                  mutant.name(),
                  seed,
                  outcome.isRight() ? "not caught" : "caught",
                  outcome.seconds(),
                  outcome.story()));
      return outcome;
    } finally {
      HistoryRun.delete(folder);
    }
  }

  private static HistorySettings with(Mutant mutant, Path classes, HistorySettings settings) {
    return switch (mutant.where()) {
      case NODE -> settings.withLaunch(new NodeProcess.Launch(List.of(classes), List.of()));
      case CLIENT -> settings.withClientBefore(List.of(classes));
    };
  }
}
