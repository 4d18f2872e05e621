package dev.sightline.scenario;

import java.time.Instant;
import java.util.List;

/**
 * A story that can be played.
 *
 * @param file the file, as it was named
 * @param title what it shows; may be empty
 * @param start what the clock says at first
 * @param steps those of the file that is given, then its own
 */
record Scenario(String file, String title, Instant start, List<Step> steps) {
  Scenario {
    steps = List.copyOf(steps);
  }
}
