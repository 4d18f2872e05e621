package dev.sightline.graph;

import dev.sightline.model.Level;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Walks the touched pairs person by person, in the order of ordinals. For each person the touched
 * dashboards are brought together first, so that no pair is met twice.
 */
final class LevelChangeIterator implements Iterator<LevelChange> {
  private final LevelChanges step;

  /** What is touched for everybody; null: every dashboard. */
  private final int @Nullable [] forAll;

  /** Person and index of the part, sorted, for the parts that name people. */
  private final long[] named;

  private final int[] everyDashboard;
  private int atNamed;
  private int person = -1;
  private int[] dashboards = SortedInts.NONE;
  private int atDashboard;
  private @Nullable LevelChange next;

  LevelChangeIterator(LevelChanges step) {
    this.step = step;
    this.named = named(step);
    this.forAll = forAll(step);
    boolean needsEvery =
        forAll == null || step.touched().stream().anyMatch(part -> part.dashboards() == null);
    this.everyDashboard =
        needsEvery ? IntStream.range(0, step.dashboardOrdinals()).toArray() : SortedInts.NONE;
    advance();
  }

  private static long[] named(LevelChanges step) {
    long size = step.touched().stream().mapToLong(LevelChangeIterator::namedPeople).sum();
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
      } else if (!nextPerson()) {
        return;
      }
    }
  }

  private @Nullable LevelChange changeAt(int dashboard) {
    int was = AccessRules.decide(step.before(), person, dashboard);
    int is = AccessRules.decide(step.after(), person, dashboard);
    Level before = AccessRules.level(was);
    Level after = AccessRules.level(is);
    return before == after
        ? null
        : new LevelChange(step.person(person), step.dashboard(dashboard), before, after);
  }

  /** Moves on to the next person with anything touched; false if there is none. */
  private boolean nextPerson() {
    boolean everybody = forAll == null || forAll.length > 0;
    if (everybody) {
      person++;
    } else if (atNamed < named.length) {
      person = (int) (named[atNamed] >>> 32);
    } else {
      return false;
    }
    if (person >= step.personOrdinals()) {
      return false;
    }
    dashboards = dashboardsOfPerson();
    atDashboard = 0;
    return true;
  }

  private int[] dashboardsOfPerson() {
    int[] union = forAll;
    while (atNamed < named.length && named[atNamed] >>> 32 == person) {
      int[] more = step.touched().get((int) named[atNamed++]).dashboards();
      union = union == null || more == null ? null : SortedInts.union(union, more);
    }
    return union == null ? everyDashboard : union;
  }
}
