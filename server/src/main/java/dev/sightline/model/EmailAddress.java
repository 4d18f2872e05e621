package dev.sightline.model;

/**
 * An e-mail address as it was written. Two addresses name the same mailbox when their {@link
 * #canonical} forms are equal: addresses compare without regard to case.
 *
 * @param value one {@code @} with something on both sides, no white space or control character, at
 *     most 254 characters (RFC 5321, 4.5.3.1.3)
 */
public record EmailAddress(String value) {
  /** The longest address, in characters. */
  public static final int MAX_LENGTH = 254;

  public EmailAddress {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("not an e-mail address");
    }
  }

  /** Whether {@code value} can be an address; whether it has a mailbox, only mail can tell. */
  public static boolean isWellFormed(String value) {
    int at = value.indexOf('@');
    return value.length() <= MAX_LENGTH
        && at > 0
        && at == value.lastIndexOf('@')
        && at < value.length() - 1
        && value
            .codePoints()
            .noneMatch(c ->
                Character.isWhitespace(c)
                    || Character.isISOControl(c)
                    || c == '<'
                    || c == '>'
                    || c == ','
                    || c == ';');
  }

  /**
   * The form that is compared and kept unique: upper case, then lower case, character by character,
   * as {@link String#equalsIgnoreCase} compares.
   */
  public String canonical() {
    return value
        .codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
