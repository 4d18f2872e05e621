package dev.sightline.model;

/**
 * Names a support grant, unique everywhere.
 *
 * @param value {@code [A-Za-z0-9_.@+-]{1,128}}, case-sensitive, never used again
 */
public record GrantId(String value) implements Comparable<GrantId> {
  public GrantId {
    Ids.requireWellFormed(value, "grant id");
  }

  @Override
  public int compareTo(GrantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
