package dev.sightline.client;

import java.util.List;

/**
 * The access to a dashboard after a change.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="access"}
 *
 * @param companyDefault the company default now
 * @param entries the entries now
 * @param etag stands for exactly this access
 * @param written where the change is in
 */
public record ChangedAccess(
    Level companyDefault, List<AccessEntry> entries, String etag, Written written) {
  /** Copies what could change. */
  public ChangedAccess {
    entries = List.copyOf(entries);
  }
}
