package dev.sightline.history;

import dev.sightline.history.PairHistory.Course;

/** Since when what an answer allows is revoked. */
final class Honoured {
  private Honoured() {}

  /**
   * When the revision that took away what was allowed at a position was first known to be
   * committed, or when its end had passed for sure; the end of time if nothing has taken it away.
   */
  static long revoked(Branch branch, DatabaseTime clock, long asked, Token position) {
    PairHistory pair = branch.pair(Question.user(asked), Question.dashboard(asked));
    int first = pair.index(position.revision());
    for (int index = first; index < pair.size(); index++) {
      if (index > first && denies(pair.course(index), 0, asked)) {
        return branch.acknowledged.of(pair.begin(index));
      }
      long ended = endedAt(branch, pair, index, position, asked);
      if (ended != Long.MAX_VALUE) {
        return clock.nanosAtMost(ended);
      }
    }
    return Long.MAX_VALUE;
  }

  /**
   * Where it counts from: what is held may rest on a later revision than it was decided at, but on
   * no end that had passed before.
   */
  static Token restsOn(Call call, long asked, Window window) {
    if (!call.heldFor()) {
      return call.position();
    }
    long revision = window.newestRight(asked);
    long time = Math.max(window.branch().at(revision), call.position().endedThrough());
    return new Token(revision, time, 0);
  }

  /** The first instant within a course after a position at which it is over, while it lasts. */
  private static long endedAt(
      Branch branch, PairHistory pair, int index, Token position, long asked) {
    if (index < 0) {
      return Long.MAX_VALUE;
    }
    Course course = pair.course(index);
    long next = index + 1 < pair.size() ? branch.at(pair.begin(index + 1)) : Long.MAX_VALUE;
    for (int change = 0; change < course.changes().length; change++) {
      long at = course.changes()[change];
      if (at > position.endedThrough() && at < next && denies(course, change + 1, asked)) {
        return at;
      }
    }
    return Long.MAX_VALUE;
  }

  private static boolean denies(Course course, int index, long asked) {
    return !Verdict.allows(course.verdicts()[index], Question.action(asked));
  }
}
