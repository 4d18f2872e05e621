package dev.sightline.model;

/**
 * Names a dashboard within its organization.
 *
 * @param value {@code [A-Za-z0-9_.@+-]{1,128}}, case-sensitive, never used again
 */
public record DashboardId(String value) implements Comparable<DashboardId> {
  public DashboardId {
    Ids.requireWellFormed(value, "dashboard id");
  }

  @Override
  public int compareTo(DashboardId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
