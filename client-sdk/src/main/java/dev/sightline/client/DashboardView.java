package dev.sightline.client;

import java.util.Set;

/**
 * A dashboard as the actor sees it.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="dashboards"}
 *
 * @param dashboard the dashboard
 * @param level the actor's level on it
 * @param allowedActions what the actor may do with it
 * @param position where in the organization's log it was read
 */
public record DashboardView(
    Dashboard dashboard, Level level, Set<Action> allowedActions, Position position) {
  /** Copies what could change. */
  public DashboardView {
    allowedActions = Set.copyOf(allowedActions);
  }
}
