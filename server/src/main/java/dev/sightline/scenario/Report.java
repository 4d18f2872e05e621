package dev.sightline.scenario;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
   * @param brokenOff how many of them broke off at a change that the service cannot make yet
   * @param played how many steps were played
   * @param differed how many of those came out otherwise than they say
   * @param left how many steps came after those at which files broke off, those included
   * @param notPlayed how often which operation was passed over or broke a file off
   */
  public record Totals(
      int files,
      int unreadable,
      int brokenOff,
      int played,
      int differed,
      int left,
      SortedMap<String, Integer> notPlayed) {
    public Totals {
      notPlayed = Collections.unmodifiableSortedMap(new TreeMap<>(notPlayed));
    }
  }

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
    int brokenOff = 0;
    int steps = 0;
    int differed = 0;
    int left = 0;
    var notPlayed = new TreeMap<String, Integer>();
    for (var outcome : outcomes) {
      switch (outcome) {
        case Outcome.Unreadable _ -> unreadable++;
        case Outcome.Played played -> {
          steps += played.played();
          differed += played.differences().size();
          played.notPlayed().forEach((name, count) -> notPlayed.merge(name, count, Integer::sum));
          var end = played.end();
          if (end != null) {
            brokenOff++;
            left += end.left();
            notPlayed.merge(end.operation(), 1, Integer::sum);
          }
        }
      }
    }
    return new Totals(outcomes.size(), unreadable, brokenOff, steps, differed, left, notPlayed);
  }
}
