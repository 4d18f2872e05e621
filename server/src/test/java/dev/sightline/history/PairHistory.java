package dev.sightline.history;

import java.util.Arrays;

/**
 * What the rules said of one user and one dashboard, revision by revision: only where it became
 * something else than before.
 */
final class PairHistory {
  /** Verdicts after a revision: the first until the first instant, and so on. */
  record Course(int[] verdicts, long[] changes) {
    static final Course NEVER = new Course(new int[] {Verdict.NONE}, new long[0]);

    int at(long micros) {
      return verdicts[index(micros)];
    }

    /** How many changes have passed by then; a change counts from its very instant. */
    int index(long micros) {
      int index = 0;
      while (index < changes.length && changes[index] <= micros) {
        index++;
      }
      return index;
    }

    boolean isSteady() {
      return changes.length == 0;
    }

    /** The same from then on. */
    Course from(long micros) {
      int passed = index(micros);
      return passed == 0
          ? this
          : new Course(
              Arrays.copyOfRange(verdicts, passed, verdicts.length),
              Arrays.copyOfRange(changes, passed, changes.length));
    }

    boolean isSame(Course other) {
      return Arrays.equals(verdicts, other.verdicts) && Arrays.equals(changes, other.changes);
    }
  }

  private long[] revisions = new long[4];
  private Course[] courses = new Course[4];
  private int size;

  /** What the course is from this revision on, whose instant this is. */
  void add(long revision, long at, Course course) {
    if (size > 0 && courses[size - 1].from(at).isSame(course)) {
      return;
    }
    if (size == revisions.length) {
      revisions = Arrays.copyOf(revisions, size * 2);
      courses = Arrays.copyOf(courses, size * 2);
    }
    revisions[size] = revision;
    courses[size] = course;
    size++;
  }

  PairHistory until(long revision) {
    PairHistory copy = new PairHistory();
    copy.size = index(revision) + 1;
    copy.revisions = Arrays.copyOf(revisions, Math.max(4, copy.size));
    copy.courses = Arrays.copyOf(courses, Math.max(4, copy.size));
    return copy;
  }

  /** The course that began last at or before this revision; -1: none had. */
  int index(long revision) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (revisions[middle] <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  int size() {
    return size;
  }

  Course course(int index) {
    return index < 0 ? Course.NEVER : courses[index];
  }

  /** The revision with which a course began; 0 for what was before all. */
  long begin(int index) {
    return index < 0 ? 0 : revisions[index];
  }

  Course at(long revision) {
    return course(index(revision));
  }
}
