package dev.sightline.watch;

import dev.sightline.graph.LevelChange;
import dev.sightline.model.DashboardId;
import dev.sightline.model.UserId;
import java.util.Set;

/**
 * Which level changes a watcher wants.
 *
 * @param users none: everybody's
 * @param dashboards none: on all
 * @param revocationsOnly only those downwards
 * @param exact every one, however many a step makes
 */
public record Filter(
    Set<UserId> users, Set<DashboardId> dashboards, boolean revocationsOnly, boolean exact) {
  public static final Filter EVERYTHING = new Filter(Set.of(), Set.of(), false, false);

  public Filter {
    users = Set.copyOf(users);
    dashboards = Set.copyOf(dashboards);
  }

  boolean matches(LevelChange change) {
    return (users.isEmpty() || users.contains(change.user()))
        && (dashboards.isEmpty() || dashboards.contains(change.dashboard()))
        && (!revocationsOnly || change.isRevocation());
  }

  /** Whether a step is told pair by pair even if it has very many. */
  boolean namesEachPair() {
    return exact || !users.isEmpty();
  }
}
