package dev.sightline.watch;

import dev.sightline.graph.LevelChange;
import dev.sightline.graph.LevelChanges;
import dev.sightline.model.DashboardId;
import dev.sightline.model.UserId;
import dev.sightline.watch.WatchEvent.Levels;
import dev.sightline.watch.WatchEvent.Scope;
import dev.sightline.watch.WatchEvent.StepFacts;
import dev.sightline.watch.WatchEvent.Wide;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of an organization's life, and what each watcher is told of it.
 *
 * <p>Which levels have changed is decided once, if that can be had cheaply. Where a step touches
 * many, those who named nobody are told how far it reaches, and for the others each pair is decided
 * when their stream has room for it.
 */
final class Step {
  private final Limits limits;
  private final StepFacts facts;
  private final LevelChanges changes;
  private final @Nullable List<LevelChange> decided;

  Step(LevelChanges changes, boolean byTime, Limits limits) {
    this.limits = limits;
    this.facts = new StepFacts(changes.after().id(), Cursor.at(changes.after()), byTime);
    this.changes = changes;
    this.decided = changes.atMost() <= limits.decided() ? changes.stream().toList() : null;
  }

  StepFacts facts() {
    return facts;
  }

  Cursor position() {
    return facts.position();
  }

  /** Every level that has changed; null if there may be too many to decide at once. */
  @Nullable List<LevelChange> decided() {
    return decided;
  }

  /** What a watcher is told. */
  sealed interface Told {
    /** Nothing. */
    record Nothing() implements Told {}

    /** One event. */
    record Event(WatchEvent event) implements Told {}

    /** As many events as it takes: an {@link #expansion} for each watcher. */
    record Expanded() implements Told {}
  }

  private static final Told NOTHING = new Told.Nothing();
  private static final Told EXPANDED = new Told.Expanded();

  /** What those are told who want this. */
  Told told(Filter filter) {
    if (decided != null) {
      return told(filter, decided);
    }
    LevelChanges narrowed = narrowed(filter);
    if (narrowed.isEmpty()) {
      return NOTHING;
    }
    if (filter.namesEachPair()) {
      return EXPANDED;
    }
    return narrowed.atMost() <= limits.decided()
        ? told(filter, narrowed.stream().toList())
        : new Told.Event(wide(narrowed));
  }

  private Told told(Filter filter, List<LevelChange> all) {
    List<LevelChange> wanted = new ArrayList<>();
    for (LevelChange change : all) {
      if (filter.matches(change)) {
        wanted.add(change);
      }
    }
    if (wanted.isEmpty()) {
      return NOTHING;
    }
    if (wanted.size() <= limits.told()) {
      return new Told.Event(new Levels(facts, position(), wanted, false));
    }
    return filter.namesEachPair() ? EXPANDED : new Told.Event(wide(narrowed(filter)));
  }

  /** What is left to tell after a cursor within this step. */
  Expansion rest(Filter filter, Cursor.Within told) {
    LevelChanges narrowed = narrowed(filter);
    return new Expansion(
        facts,
        filter,
        limits,
        () -> narrowed.inOrderOfIdsAfter(told.user(), told.dashboard()),
        true);
  }

  /** All of it, pair by pair, for one watcher. */
  Expansion expansion(Filter filter) {
    LevelChanges narrowed = narrowed(filter);
    return new Expansion(facts, filter, limits, narrowed::inOrderOfIds, false);
  }

  private LevelChanges narrowed(Filter filter) {
    LevelChanges narrowed = changes;
    if (!filter.users().isEmpty()) {
      narrowed = narrowed.of(filter.users());
    }
    return filter.dashboards().isEmpty() ? narrowed : narrowed.on(filter.dashboards());
  }

  private Wide wide(LevelChanges narrowed) {
    return new Wide(facts, scope(narrowed), narrowed.atMost());
  }

  private static Scope scope(LevelChanges changes) {
    UserId user = changes.onlyPerson();
    if (user != null) {
      return new Scope.OfUser(user);
    }
    DashboardId dashboard = changes.onlyDashboard();
    return dashboard == null ? new Scope.OfOrganization() : new Scope.OnDashboard(dashboard);
  }
}
