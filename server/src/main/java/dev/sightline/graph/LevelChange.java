package dev.sightline.graph;

import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.UserId;

/** Somebody's level on a dashboard has become another; {@code user} may be a support agent. */
public record LevelChange(UserId user, DashboardId dashboard, Level before, Level after) {
  /** Whether somebody has less than before. */
  public boolean isRevocation() {
    return after.compareTo(before) < 0;
  }
}
