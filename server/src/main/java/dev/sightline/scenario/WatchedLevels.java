package dev.sightline.scenario;

import dev.sightline.scenario.Told.Change;
import dev.sightline.scenario.Told.Oddity;
import dev.sightline.v1.Level;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WideChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The levels that a watch adds up to. Finds what cannot be: steps out of order, a level that was
 * another before, a pair told twice in a step, anything that an exact watch that keeps up is never
 * told.
 */
final class WatchedLevels {
  private final Map<String, Place> places = new HashMap<>();
  private final Map<Pair, Level> levels = new HashMap<>();

  private record Pair(String organization, String user, String dashboard) {}

  /**
   * How far an organization was told.
   *
   * @param last the last event; null before the first
   * @param pairs those of its step until now
   */
  private record Place(@Nullable LevelsChanged last, Set<Pair> pairs) {
    static Place beginning() {
      return new Place(null, new HashSet<>());
    }

    /** A step is told whole before the next, which is a later revision, or a later end. */
    boolean isFollowedBy(LevelsChanged next) {
      if (last == null) {
        return true;
      }
      if (last.getMore()) {
        return next.getPosition().equals(last.getPosition());
      }
      boolean laterRevision =
          next.getRevision() > last.getRevision() && next.getAtMicros() >= last.getAtMicros();
      boolean laterEnd =
          next.getByTime()
              && next.getRevision() == last.getRevision()
              && next.getAtMicros() > last.getAtMicros();
      return laterRevision || laterEnd;
    }

    Place then(LevelsChanged next) {
      boolean isSameStep = last != null && last.getMore() && isFollowedBy(next);
      return new Place(next, isSameStep ? pairs : new HashSet<>());
    }

    String said() {
      return last == null ? "nothing" : WatchedLevels.said(last);
    }
  }

  /** What an event says, and what is odd about it. */
  List<Told> told(WatchEvent event) {
    return switch (event.getEventCase()) {
      case STARTED -> started(event.getStarted().getOrganizationId());
      case LEVELS_CHANGED -> changed(event.getLevelsChanged());
      case RESYNC ->
          List.of(
              new Oddity(
                  event.getResync().getOrganizationId(),
                  "told to begin anew (" + event.getResync().getReason() + ")"));
      case CUT_OFF -> List.of(new Oddity("everything", "cut off as too slow"));
      case PROGRESS, HEARTBEAT, CONFIRM, EVENT_NOT_SET -> List.of();
    };
  }

  private List<Told> started(String organization) {
    return places.putIfAbsent(organization, Place.beginning()) == null
        ? List.of()
        : List.of(new Oddity(organization, "told to begin twice"));
  }

  private List<Told> changed(LevelsChanged event) {
    String organization = event.getOrganizationId();
    var told = new ArrayList<Told>();
    var place = places.get(organization);
    if (place == null) {
      told.add(new Oddity(organization, "changes told before the watch began"));
      place = Place.beginning();
    }
    if (!place.isFollowedBy(event)) {
      told.add(new Oddity(organization, said(event) + " told after " + place.said()));
    }
    if (event.hasWide()) {
      told.add(new Oddity(organization, wide(event.getWide())));
    }
    var now = place.then(event);
    places.put(organization, now);
    event
        .getChangesList()
        .forEach(change -> tell(Change.of(organization, change), now.pairs(), told));
    return told;
  }

  private static String said(LevelsChanged event) {
    return "revision %d at %d%s%s"
        .formatted(
            event.getRevision(),
            event.getAtMicros(),
            event.getByTime() ? " by time" : "",
            event.getMore() ? " in part" : "");
  }

  private static String wide(WideChange wide) {
    return "up to %d levels told as one (%s)".formatted(wide.getAtMost(), wide.getScope());
  }

  private void tell(Change change, Set<Pair> pairs, List<Told> told) {
    told.add(change);
    var pair = new Pair(change.organization(), change.user(), change.dashboard());
    var before = levels.getOrDefault(pair, Level.LEVEL_NONE);
    levels.put(pair, change.after());
    if (!pairs.add(pair)) {
      told.add(new Oddity(pair.organization(), change.line() + " is the pair's second in a step"));
    }
    if (before != change.before()) {
      told.add(
          new Oddity(pair.organization(), change.line() + ", but it was " + Words.word(before)));
    }
    if (change.before() == change.after()) {
      told.add(new Oddity(pair.organization(), change.line() + " changes nothing"));
    }
  }
}
