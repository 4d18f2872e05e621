package dev.sightline.history;

import dev.sightline.history.PairHistory.Course;

/**
 * What an answer may say, on one branch: right for some instant that the promise allows.
 *
 * <p>An instant is a revision and a time. A revision was the newest from some moment after its
 * writer had begun until some moment before a later one was known to be committed; while it was,
 * the database's clock went from one time to another.
 */
final class Window {
  private final Branch branch;
  private final DatabaseTime clock;
  private final long begun;
  private final long from;
  private final long to;
  private final long floor;
  private final long timeFloor;
  private final long offMicros;

  /**
   * Of a call on a branch.
   *
   * @param from the earliest instant that counts, a reading of {@link System#nanoTime}
   * @param to the latest
   * @param offMicros by how much an end may be counted too early or too late
   */
  Window(Branch branch, DatabaseTime clock, Call call, long from, long to, long offMicros) {
    this.branch = branch;
    this.clock = clock;
    this.begun = call.begun();
    this.from = from;
    this.to = to;
    this.offMicros = offMicros;
    Token token = call.floor();
    boolean known = branch.has(token);
    long heeded = branch.everywhere.newestBy(call.begun());
    long acknowledged = branch.acknowledged.newestBy(from);
    floor = Math.max(Math.max(heeded, acknowledged), known ? token.revision() : 0);
    timeFloor = known ? token.endedThrough() : 0;
  }

  Branch branch() {
    return branch;
  }

  long floor() {
    return floor;
  }

  /** The last revision that can have been committed by the latest instant. */
  long last() {
    long last = Math.max(floor, branch.acknowledged.newestBy(to));
    while (last < branch.last() && isBegunBy(last + 1)) {
      last++;
    }
    return last;
  }

  private boolean isBegunBy(long revision) {
    return branch.begun(revision) <= to && clock.nanosAtLeast(branch.at(revision)) <= to;
  }

  /** Whether a revision can have been the newest at some instant that counts. */
  boolean allows(long revision) {
    return revision >= floor && revision <= branch.last() && (revision == floor || begun(revision));
  }

  private boolean begun(long revision) {
    return branch.acknowledged.of(revision) <= to || isBegunBy(revision);
  }

  /** What is wrong with naming this position; empty: nothing. */
  String wrongPosition(Token position) {
    if (position.revision() < floor) {
      return "its revision is older than the floor";
    }
    if (!allows(position.revision())) {
      return "its revision was not even begun at receipt";
    }
    if (position.endedThrough() < timeFloor) {
      return "its time is older than the floor's";
    }
    if (position.endedThrough() > clock.microsAtMost(to) + offMicros) {
      return "its time had not come at receipt";
    }
    return "";
  }

  /** Whether an answer is right at a revision, at some time that the database's clock had then. */
  boolean isRightAt(long asked, long revision) {
    Course course = branch.pair(Question.user(asked), Question.dashboard(asked)).at(revision);
    if (course.isSteady()) {
      return Question.isRight(asked, course.verdicts()[0]);
    }
    long latest = latest(revision);
    int index = course.index(earliest(revision));
    while (!Question.isRight(asked, course.verdicts()[index])) {
      if (index == course.changes().length || course.changes()[index] > latest) {
        return false;
      }
      index++;
    }
    return true;
  }

  /** Whether an answer is what the rules said at a position, whenever that was. */
  boolean says(long asked, Token position) {
    Course course =
        branch.pair(Question.user(asked), Question.dashboard(asked)).at(position.revision());
    return Question.isRight(asked, course.at(position.endedThrough()));
  }

  /**
   * Whether what ends by itself is over in an answer from its very instant, as far as a node can
   * know it: at some time from the call's begin on it is right at the revision that it names.
   */
  boolean isOnTime(long asked, Token position) {
    Course course =
        branch.pair(Question.user(asked), Question.dashboard(asked)).at(position.revision());
    if (course.isSteady()) {
      return true;
    }
    long latest = clock.microsAtMost(to) + offMicros;
    int index = course.index(clock.microsAtLeast(begun) - offMicros);
    while (!Question.isRight(asked, course.verdicts()[index])) {
      if (index == course.changes().length || course.changes()[index] > latest) {
        return false;
      }
      index++;
    }
    return true;
  }

  /** As {@link #isRightAt}, at the very position that an answer names, if that counts. */
  boolean isRightAt(long asked, Token position) {
    if (!allows(position.revision())) {
      return false;
    }
    Course course =
        branch.pair(Question.user(asked), Question.dashboard(asked)).at(position.revision());
    if (course.isSteady()) {
      return Question.isRight(asked, course.verdicts()[0]);
    }
    int index = course.index(position.endedThrough());
    long[] changes = course.changes();
    boolean isOver = index < changes.length && changes[index] < earliest(position.revision());
    boolean isToCome = index > 0 && changes[index - 1] > latest(position.revision());
    return !isOver && !isToCome && Question.isRight(asked, course.verdicts()[index]);
  }

  /** Whether an answer is right at any revision that counts. */
  boolean isRightAnywhere(long asked) {
    return newestRight(asked) > 0;
  }

  /** The last revision that counts at which an answer is right; 0 if there is none. */
  long newestRight(long asked) {
    for (long revision = last(); revision >= Math.max(1, floor); revision--) {
      if (isRightAt(asked, revision)) {
        return revision;
      }
    }
    return 0;
  }

  /** The least that the database's clock showed while a revision was the newest. */
  private long earliest(long revision) {
    long begin = Math.max(from, branch.begun(revision));
    return Math.max(Math.max(timeFloor, branch.at(revision)), clock.microsAtLeast(begin));
  }

  private long latest(long revision) {
    long end = Math.min(to, branch.acknowledged.of(revision + 1));
    return Math.max(branch.at(revision), clock.microsAtMost(end) + offMicros);
  }
}
