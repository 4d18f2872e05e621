package dev.sightline.scenario;

import java.util.List;

/** What came of reading a file. */
sealed interface Reading {
  /** It can be played. */
  record Playable(Scenario scenario) implements Reading {}

  /** It cannot; this is everything that is wrong with it. */
  record Unreadable(List<Problem> problems) implements Reading {
    public Unreadable {
      problems = List.copyOf(problems);
    }
  }
}
