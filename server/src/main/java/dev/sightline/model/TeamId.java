package dev.sightline.model;

/**
 * Names a team within its organization.
 *
 * @param value {@code [A-Za-z0-9_.@+-]{1,128}}, case-sensitive, never used again
 */
public record TeamId(String value) implements Subject, Comparable<TeamId> {
  public TeamId {
    Ids.requireWellFormed(value, "team id");
  }

  @Override
  public int compareTo(TeamId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
