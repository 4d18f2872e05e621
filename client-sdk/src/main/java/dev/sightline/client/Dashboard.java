package dev.sightline.client;

import java.util.Optional;

/**
 * A dashboard's own facts.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="dashboards"}
 *
 * @param id unique within the organization, never used again
 * @param name 1 to 200 characters
 * @param owner the id of the user who owns it
 * @param companyDefault what everybody has who is not said to have anything else
 * @param draft whether only its owner and admins see it
 * @param workspaceId the workspace that it is in; empty for none
 */
public record Dashboard(
    String id, String name, String owner, Level companyDefault, boolean draft, String workspaceId) {
  /** The workspace that it is in, if any. */
  public Optional<String> workspace() {
    return workspaceId.isEmpty() ? Optional.empty() : Optional.of(workspaceId);
  }
}
