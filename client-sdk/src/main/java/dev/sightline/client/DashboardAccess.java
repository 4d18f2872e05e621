package dev.sightline.client;

import java.util.List;

/**
 * What the access panel shows.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="access"}
 *
 * @param dashboard the dashboard, with its owner and company default
 * @param entries those that have not ended, users first, each kind by id
 * @param etag stands for exactly this access; see {@link AccessChange#ifStill}
 * @param position where in the organization's log it was read
 */
public record DashboardAccess(
    Dashboard dashboard, List<AccessEntry> entries, String etag, Position position) {
  /** Copies what could change. */
  public DashboardAccess {
    entries = List.copyOf(entries);
  }
}
