package dev.sightline.scenario;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as stories write them: a whole number and one of s, m, h, d. */
final class StoryDuration {
  static final String FORM = "a whole number and s, m, h or d, as in 90s, 10m, 1h, 7d";

  /** A thousand years: what lies beyond is a slip of the pen. */
  private static final Duration LONGEST = Duration.ofDays(365_000);

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,11})([smhd])");

  private StoryDuration() {}

  static Duration parse(String text) throws Malformed {
    var written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new Malformed("`" + text + "` is no duration; a duration is " + FORM);
    }
    var duration = Duration.ofSeconds(Long.parseLong(written.group(1)) * seconds(written.group(2)));
    if (duration.compareTo(LONGEST) > 0) {
      throw new Malformed("`" + text + "` is too long; the longest duration is 365000d");
    }
    return duration;
  }

  /** A duration that was checked when its scenario was read. */
  static Duration checked(Value value) {
    try {
      return parse(value instanceof Value.Text(var text) ? text : value.toString());
    } catch (Malformed e) {
      throw new IllegalStateException("unchecked duration: " + value, e);
    }
  }

  private static long seconds(String unit) {
    return switch (unit.charAt(0)) {
      case 's' -> 1;
      case 'm' -> 60;
      case 'h' -> 3_600;
      case 'd' -> 86_400;
      default -> throw new IllegalArgumentException("not a unit of time: " + unit);
    };
  }
}
