package dev.sightline.model;

/**
 * Names whoever may have a level: a user within an organization, or a support agent everywhere.
 *
 * @param value {@code [A-Za-z0-9_.@+-]{1,128}} for a user, {@code support:} and such an id for an
 *     agent; case-sensitive, never used again
 */
public record UserId(String value) implements Subject, Comparable<UserId> {
  public UserId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "user id is neither [A-Za-z0-9_.@+-]{1,128} nor support: and such an id: " + value);
    }
  }

  /** Whether {@code value} names a user or an agent. */
  public static boolean isWellFormed(String value) {
    return Ids.isWellFormed(value) || Ids.isWellFormedAgent(value);
  }

  /** Whether this is a support agent rather than a user of an organization. */
  public boolean isAgent() {
    return value.startsWith(Ids.AGENT_PREFIX);
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
