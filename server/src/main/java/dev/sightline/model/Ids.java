package dev.sightline.model;

/** The one spelling of ids. */
public final class Ids {
  /** The longest id, in characters, an agent's prefix not counted. */
  public static final int MAX_LENGTH = 128;

  /** What the id of every support agent begins with, and no other id. */
  public static final String AGENT_PREFIX = "support:";

  private Ids() {}

  /** Whether {@code value} is {@code [A-Za-z0-9_.@+-]{1,128}}. */
  public static boolean isWellFormed(String value) {
    return isWellFormed(value, 0);
  }

  /** Whether {@code value} is {@code support:} and a well-formed id. */
  public static boolean isWellFormedAgent(String value) {
    return value.startsWith(AGENT_PREFIX) && isWellFormed(value, AGENT_PREFIX.length());
  }

  private static boolean isWellFormed(String value, int from) {
    int length = value.length() - from;
    if (length < 1 || length > MAX_LENGTH) {
      return false;
    }
    for (int i = from; i < value.length(); i++) {
      if (!isIdCharacter(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '@'
        || c == '+'
        || c == '-';
  }

  static void requireWellFormed(String value, String what) {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(what + " is not [A-Za-z0-9_.@+-]{1,128}: " + value);
    }
  }
}
