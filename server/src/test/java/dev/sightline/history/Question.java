package dev.sightline.history;

import dev.sightline.client.Action;
import dev.sightline.client.Level;

/** One question and what was said to it, in a number: there are ten million of them an hour. */
final class Question {
  /** What can be asked for; each stands for the actions with the same needs. */
  static final Action[] ACTIONS = {Action.VIEW, Action.EDIT, Action.DELETE};

  private static final int LEVEL_UNTOLD = 7;

  private Question() {}

  static long of(int user, int dashboard, int action, boolean allowed, Level level) {
    return of(user, dashboard, action, allowed, level.ordinal());
  }

  static long of(int user, int dashboard, int action, boolean allowed) {
    return of(user, dashboard, action, allowed, LEVEL_UNTOLD);
  }

  private static long of(int user, int dashboard, int action, boolean allowed, int level) {
    return (long) user << 36 | (long) dashboard << 12 | action << 8 | (allowed ? 8 : 0) | level;
  }

  static int user(long asked) {
    return (int) (asked >>> 36);
  }

  static int dashboard(long asked) {
    return (int) (asked >>> 12) & 0xff_ffff;
  }

  static int action(long asked) {
    return (int) (asked >>> 8) & 0xf;
  }

  static boolean allowed(long asked) {
    return (asked & 8) != 0;
  }

  /** The level that was told along, -1 if none was. */
  static int level(long asked) {
    int level = (int) asked & 7;
    return level == LEVEL_UNTOLD ? -1 : level;
  }

  /** Whether what was said is what the rules say to this verdict. */
  static boolean isRight(long asked, int verdict) {
    boolean levelIsRight = level(asked) < 0 || level(asked) == Verdict.level(verdict);
    return levelIsRight && allowed(asked) == Verdict.allows(verdict, action(asked));
  }

  static String say(long asked) {
    String level = level(asked) < 0 ? "" : ", level " + Level.values()[level(asked)];
    return "u%d %s d%d: %s%s"
        .formatted(
            user(asked),
            ACTIONS[action(asked)],
            dashboard(asked),
            allowed(asked) ? "yes" : "no",
            level);
  }
}
