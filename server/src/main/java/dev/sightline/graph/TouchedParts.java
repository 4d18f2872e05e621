package dev.sightline.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The touched parts of a step seen from people: who is touched, and on which dashboards. */
final class TouchedParts {
  private final LevelChanges step;

  /** What is touched for everybody; null: every dashboard. */
  private final int @Nullable [] forAll;

  /** Person and index of the part, sorted, for the parts that name people. */
  private final long[] named;

  private final int[] everyDashboard;

  TouchedParts(LevelChanges step) {
    this.step = step;
    this.named = named(step);
    this.forAll = forAll(step);
    boolean needsEvery =
        forAll == null || step.touched().stream().anyMatch(part -> part.dashboards() == null);
    this.everyDashboard =
        needsEvery ? IntStream.range(0, step.dashboardOrdinals()).toArray() : SortedInts.NONE;
  }

  private static long[] named(LevelChanges step) {
    long size = step.touched().stream().mapToLong(TouchedParts::namedPeople).sum();
    long[] named = new long[Math.toIntExact(size)];
    int at = 0;
    for (int part = 0; part < step.touched().size(); part++) {
      int[] people = step.touched().get(part).people();
      if (people != null) {
        for (int ordinal : people) {
          named[at++] = ((long) ordinal << 32) | part;
        }
      }
    }
    Arrays.sort(named);
    return named;
  }

  private static int namedPeople(Touched part) {
    int[] people = part.people();
    return people == null ? 0 : people.length;
  }

  private static int @Nullable [] forAll(LevelChanges step) {
    int[] union = SortedInts.NONE;
    for (Touched part : step.touched()) {
      if (part.people() == null) {
        if (part.dashboards() == null) {
          return null;
        }
        union = SortedInts.union(union, part.dashboards());
      }
    }
    return union;
  }

  /** Whether everybody is touched, and not only people who are named. */
  boolean touchesEverybody() {
    return forAll == null || forAll.length > 0;
  }

  /** How many times people are named. */
  int namings() {
    return named.length;
  }

  /** Who is named at an index within [0, {@link #namings}); in the order of ordinals. */
  int namedAt(int index) {
    return (int) (named[index] >>> 32);
  }

  /** The index from which on a person is named, or would be. */
  int firstNamingOf(int person) {
    int found = Arrays.binarySearch(named, (long) person << 32);
    return found >= 0 ? found : -found - 1;
  }

  /** Whether what {@link #dashboardsOf} gave is every dashboard. */
  @SuppressWarnings("ReferenceEquality") // the very array
  boolean isEvery(int[] dashboards) {
    return dashboards == everyDashboard;
  }

  /**
   * The dashboards touched for a person, sorted. The same array again wherever that costs nothing:
   * people with the same ones mostly share it.
   *
   * @param firstNaming as {@link #firstNamingOf}
   */
  int[] dashboardsOf(int person, int firstNaming) {
    int[] union = forAll;
    for (int at = firstNaming; at < named.length && namedAt(at) == person; at++) {
      int[] more = step.touched().get((int) named[at]).dashboards();
      union = union == null || more == null ? null : SortedInts.union(union, more);
    }
    return union == null ? everyDashboard : union;
  }
}
