package dev.sightline.scenario;

import java.time.Instant;
import java.util.List;

/** What came of a file. */
public sealed interface Outcome {
  /** The file, as it was named. */
  String file();

  /**
   * It was played to its end.
   *
   * @param title what it shows; may be empty
   * @param played how many steps were played, those that differed included
   * @param differences the steps that came out otherwise than they say
   */
  record Played(String file, String title, int played, List<Difference> differences)
      implements Outcome {
    public Played {
      differences = List.copyOf(differences);
    }
  }

  /** It could not be played at all. */
  record Unreadable(String file, List<Problem> problems) implements Outcome {
    public Unreadable {
      problems = List.copyOf(problems);
    }
  }

  /**
   * A step that came out otherwise than it says.
   *
   * @param file where the step is written
   * @param step its number there, from 1
   * @param line its line there, from 1
   * @param at what the clock said
   * @param text the step on one line
   * @param expected what it says
   * @param got what came of it
   * @param details what is missing, what is too much
   * @param before the last changes before it
   */
  record Difference(
      String file,
      int step,
      int line,
      Instant at,
      String text,
      String expected,
      String got,
      List<String> details,
      List<String> before) {
    public Difference {
      details = List.copyOf(details);
      before = List.copyOf(before);
    }
  }
}
