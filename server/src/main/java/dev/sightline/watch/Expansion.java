package dev.sightline.watch;

import dev.sightline.graph.LevelChange;
import dev.sightline.watch.WatchEvent.Levels;
import dev.sightline.watch.WatchEvent.StepFacts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A step that one watcher is told pair by pair, in the order of ids, decided part by part as the
 * watcher takes them. For one thread at a time.
 */
final class Expansion {
  private final StepFacts step;
  private final Filter filter;
  private final Limits limits;
  private final Supplier<Iterator<LevelChange>> opening;
  private @Nullable Iterator<LevelChange> changes;
  private boolean begun;
  private boolean done;

  /**
   * @param opening sorts and begins to decide, which may take long
   * @param begun whether a part of the step was told before, and its watcher waits for the end
   */
  Expansion(
      StepFacts step,
      Filter filter,
      Limits limits,
      Supplier<Iterator<LevelChange>> opening,
      boolean begun) {
    this.step = step;
    this.filter = filter;
    this.limits = limits;
    this.opening = opening;
    this.begun = begun;
  }

  /** Where the step leads: what is known once all of it has been told. */
  Cursor end() {
    return step.position();
  }

  /**
   * The next part; null if nothing is left. The last part says that no more follow, and may be
   * empty.
   */
  @Nullable Levels next() {
    if (done) {
      return null;
    }
    List<LevelChange> part = part();
    done = part.size() < limits.told();
    if (done && part.isEmpty() && !begun) {
      return null;
    }
    begun = true;
    return new Levels(step, done ? end() : after(part.getLast()), part, !done);
  }

  private List<LevelChange> part() {
    Iterator<LevelChange> left = changes == null ? opening.get() : changes;
    changes = left;
    List<LevelChange> part = new ArrayList<>();
    while (part.size() < limits.told() && left.hasNext()) {
      LevelChange change = left.next();
      if (filter.matches(change)) {
        part.add(change);
      }
    }
    return part;
  }

  private Cursor after(LevelChange last) {
    return end().within(step.byTime(), last.user(), last.dashboard());
  }
}
