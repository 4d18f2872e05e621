package dev.sightline.scenario;

import java.util.List;

/** What came of all files that were asked for. */
public record Report(List<Outcome> outcomes) {
  public Report {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * What came of all of them together.
   *
   * @param files how many there were
   * @param unreadable how many of them could not be played at all
   * @param played how many steps were played
   * @param differed how many of those came out otherwise than they say
   */
  public record Totals(int files, int unreadable, int played, int differed) {}

  /** 0: nothing differed; 1: something did; 2: a file could not be played at all. */
  public int exitStatus() {
    int status = 0;
    for (var outcome : outcomes) {
      status = Math.max(status, exitStatus(outcome));
    }
    return status;
  }

  private static int exitStatus(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unreadable _ -> 2;
      case Outcome.Played played -> played.differences().isEmpty() ? 0 : 1;
    };
  }

  public Totals totals() {
    int unreadable = 0;
    int steps = 0;
    int differed = 0;
    for (var outcome : outcomes) {
      switch (outcome) {
        case Outcome.Unreadable _ -> unreadable++;
        case Outcome.Played played -> {
          steps += played.played();
          differed += played.differences().size();
        }
      }
    }
    return new Totals(outcomes.size(), unreadable, steps, differed);
  }
}
