package dev.sightline.model;

/**
 * Names an organization, unique everywhere.
 *
 * @param value {@code [A-Za-z0-9_.@+-]{1,128}}, case-sensitive, never used again
 */
public record OrganizationId(String value) implements Comparable<OrganizationId> {
  public OrganizationId {
    Ids.requireWellFormed(value, "organization id");
  }

  @Override
  public int compareTo(OrganizationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
