package dev.sightline.model;

/**
 * Names a workspace within its organization.
 *
 * @param value {@code [A-Za-z0-9_.@+-]{1,128}}, case-sensitive, never used again
 */
public record WorkspaceId(String value) implements Comparable<WorkspaceId> {
  public WorkspaceId {
    Ids.requireWellFormed(value, "workspace id");
  }

  @Override
  public int compareTo(WorkspaceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
