package dev.sightline.graph;

import dev.sightline.model.Level;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Decides the touched pairs of a step in the order of a walk, and gives those that change. */
final class LevelChangeIterator implements Iterator<LevelChange> {
  private final LevelChanges step;
  private final TouchedWalk walk;
  private int[] dashboards = SortedInts.NONE;
  private int atDashboard;
  private @Nullable LevelChange next;

  LevelChangeIterator(LevelChanges step, TouchedWalk walk) {
    this.step = step;
    this.walk = walk;
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public LevelChange next() {
    LevelChange result = next;
    if (result == null) {
      throw new NoSuchElementException("no more level changes");
    }
    advance();
    return result;
  }

  private void advance() {
    next = null;
    while (next == null) {
      if (atDashboard < dashboards.length) {
        next = changeAt(dashboards[atDashboard++]);
      } else if (walk.next()) {
        dashboards = walk.dashboards();
        atDashboard = 0;
      } else {
        return;
      }
    }
  }

  private @Nullable LevelChange changeAt(int dashboard) {
    int person = walk.person();
    int was = AccessRules.decide(step.before(), person, dashboard);
    int is = AccessRules.decide(step.after(), person, dashboard);
    Level before = AccessRules.level(was);
    Level after = AccessRules.level(is);
    return before == after
        ? null
        : new LevelChange(step.person(person), step.dashboard(dashboard), before, after);
  }
}
