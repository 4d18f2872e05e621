package dev.sightline.graph;

import dev.sightline.model.DashboardId;
import dev.sightline.model.UserId;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * In the order of ids, which is the same in every lineage: people by id, and for each of them the
 * dashboards by id. So a walk that was broken off goes on where it was, on whatever graph.
 *
 * <p>People before the one to go on with are passed over before anything is sorted. A person's
 * dashboards are sorted when that person comes, and not again for the next with the same ones.
 */
final class IdWalk implements TouchedWalk {
  /** Where to go on: after this pair, which itself need not be touched. */
  private record Mark(byte[] user, byte[] dashboard) {}

  private final LevelChanges step;
  private final TouchedParts parts;
  private final @Nullable Mark mark;
  private final int[] people;
  private int at = -1;
  private int @Nullable [] everyDashboard;
  private int[] lastSet = SortedInts.NONE;
  private int[] lastSorted = SortedInts.NONE;

  private IdWalk(LevelChanges step, @Nullable Mark mark) {
    this.step = step;
    this.parts = new TouchedParts(step);
    this.mark = mark;
    this.people = IdOrder.sorted(peopleToCome(), step::personText);
  }

  static IdWalk fromTheStart(LevelChanges step) {
    return new IdWalk(step, null);
  }

  static IdWalk after(LevelChanges step, UserId user, DashboardId dashboard) {
    return new IdWalk(
        step, new Mark(Node.text(user.value(), ""), Node.text(dashboard.value(), "")));
  }

  private int[] peopleToCome() {
    boolean everybody = parts.touchesEverybody();
    int[] found = new int[everybody ? step.personOrdinals() : parts.namings()];
    int size = 0;
    for (int i = 0; i < found.length; i++) {
      int person = everybody ? i : parts.namedAt(i);
      boolean again = size > 0 && found[size - 1] == person;
      if (!again && !isBefore(mark, person)) {
        found[size++] = person;
      }
    }
    return Arrays.copyOf(found, size);
  }

  private boolean isBefore(@Nullable Mark mark, int person) {
    return mark != null && Node.compareIds(step.personText(person), mark.user) < 0;
  }

  @Override
  public boolean next() {
    return ++at < people.length;
  }

  @Override
  public int person() {
    return people[at];
  }

  @Override
  public int[] dashboards() {
    int person = person();
    int[] touched = parts.dashboardsOf(person, parts.firstNamingOf(person));
    int[] sorted = parts.isEvery(touched) ? everyDashboard(touched) : sorted(touched);
    return mark != null && at == 0 && Node.compareIds(step.personText(person), mark.user) == 0
        ? after(mark.dashboard, sorted)
        : sorted;
  }

  /** Kept for good, as it is the largest set and may come in turn with others. */
  private int[] everyDashboard(int[] every) {
    int[] sorted = everyDashboard;
    if (sorted == null) {
      sorted = IdOrder.sorted(every, step::dashboardText);
      everyDashboard = sorted;
    }
    return sorted;
  }

  @SuppressWarnings("ReferenceEquality") // the very array
  private int[] sorted(int[] dashboards) {
    if (dashboards != lastSet) {
      lastSet = dashboards;
      lastSorted = IdOrder.sorted(dashboards, step::dashboardText);
    }
    return lastSorted;
  }

  private int[] after(byte[] dashboard, int[] sorted) {
    IntFunction<byte[]> text = step::dashboardText;
    int first = 0;
    while (first < sorted.length && Node.compareIds(text.apply(sorted[first]), dashboard) <= 0) {
      first++;
    }
    return Arrays.copyOfRange(sorted, first, sorted.length);
  }
}
