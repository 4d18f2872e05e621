package dev.sightline.cli.output;

import dev.sightline.v1.Level;

/** Colours, or none. Meaning never hangs on colour alone. */
public final class Style {
  private static final String RESET = "\u001b[0m";

  private final boolean colored;

  private Style(boolean colored) {
    this.colored = colored;
  }

  /** In colour, or plain. */
  public static Style of(boolean colored) {
    return new Style(colored);
  }

  public String bold(String text) {
    return wrap("\u001b[1m", text);
  }

  public String faint(String text) {
    return wrap("\u001b[2m", text);
  }

  public String good(String text) {
    return wrap("\u001b[32m", text);
  }

  public String bad(String text) {
    return wrap("\u001b[31m", text);
  }

  public String notable(String text) {
    return wrap("\u001b[33m", text);
  }

  /** Yes or no, of a check. */
  public String answer(boolean allowed) {
    return allowed ? good("yes") : bad("no");
  }

  /** A level by its short name. */
  public String level(Level level) {
    return switch (level) {
      case LEVEL_NONE -> bad(Names.of(level));
      case LEVEL_VIEWER -> Names.of(level);
      case LEVEL_EDITOR -> good(Names.of(level));
      case LEVEL_OWNER -> bold(good(Names.of(level)));
      case LEVEL_UNSPECIFIED, UNRECOGNIZED -> faint(Names.of(level));
    };
  }

  /** How many columns a text takes, its colours not counted. */
  static int width(String text) {
    int columns = 0;
    boolean escaped = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c == '\u001b') {
        escaped = true;
      } else if (escaped) {
        escaped = c != 'm';
      } else {
        columns++;
      }
    }
    return columns;
  }

  private String wrap(String start, String text) {
    return colored && !text.isEmpty() ? start + text + RESET : text;
  }
}
