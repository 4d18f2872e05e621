package dev.sightline.command;

import java.time.Duration;

/** What people may call things. Lengths are in Unicode characters (code points). */
public final class Texts {
  public static final int MAX_NAME = 200;
  public static final int MAX_TITLE = 200;

  private Texts() {}

  /** Whether it is so long, on one line, and, unless it may be empty, shows anything at all. */
  public static boolean isWithin(String text, int least, int most) {
    // No code point takes more than two chars: the length bounds the work.
    return text.length() <= 2 * most
        && text.codePointCount(0, text.length()) <= most
        && text.codePoints().noneMatch(Texts::breaksLine)
        && (least == 0 || text.codePoints().anyMatch(Texts::shows));
  }

  /** Whether it is at most so long, on any number of lines. */
  public static boolean isProse(String text, int most) {
    return text.length() <= 2 * most
        && text.codePointCount(0, text.length()) <= most
        && text.codePoints()
            .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
  }

  private static boolean breaksLine(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static boolean shows(int c) {
    return !Character.isWhitespace(c)
        && Character.getType(c) != Character.SPACE_SEPARATOR
        && Character.getType(c) != Character.FORMAT;
  }

  /** A time in words, in the largest unit that says it exactly: 3 days, 90 minutes. */
  public static String inWords(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds <= 0 || !Duration.ofSeconds(seconds).equals(duration)) {
      return duration.toString();
    }
    if (seconds % 86_400 == 0) {
      return counted(seconds / 86_400, "day");
    }
    if (seconds % 3_600 == 0) {
      return counted(seconds / 3_600, "hour");
    }
    return seconds % 60 == 0 ? counted(seconds / 60, "minute") : counted(seconds, "second");
  }

  private static String counted(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }

  /** The beginning of {@code text} that fits into a name. */
  static String cutToName(String text) {
    return text.codePointCount(0, text.length()) <= MAX_NAME
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_NAME));
  }
}
