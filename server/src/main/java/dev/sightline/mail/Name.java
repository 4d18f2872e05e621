package dev.sightline.mail;

import java.text.Bidi;
import java.util.regex.Pattern;

/**
 * What people have called themselves or something of theirs, as it stands in a sentence of ours:
 * whichever way it is written, it turns nothing around it. Templates call what is public.
 *
 * @param given as they typed it
 */
record Name(String given) {
  private static final int LONGEST_IN_LINE = 80;
  private static final Pattern TURNS = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]+");
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
  private static final char ISOLATED = '\u2068';
  private static final char AGAIN = '\u2069';

  /** For HTML, which isolates it with {@code bdi}. */
  public String html() {
    return TURNS.matcher(given).replaceAll("");
  }

  /** For HTML where the first look falls: not too long. */
  public String heading() {
    return inLine();
  }

  /** For plain text. */
  public String text() {
    return isolated(html());
  }

  /** For a subject: one line, not too long. */
  String subject() {
    return isolated(inLine());
  }

  private String inLine() {
    String line = BREAKS.matcher(html()).replaceAll(" ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST_IN_LINE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_IN_LINE - 1)).strip() + "…";
  }

  /** Only where there is something to isolate: not everything that shows mail knows how. */
  private static String isolated(String text) {
    return Bidi.requiresBidi(text.toCharArray(), 0, text.length()) ? ISOLATED + text + AGAIN : text;
  }
}
