package dev.sightline.history;

import dev.sightline.graph.NaiveOrganization;
import dev.sightline.model.Because;
import dev.sightline.model.Level;

/** What the rules say of a user and a dashboard, in a number: the level, and whether as ADMIN. */
final class Verdict {
  static final int NONE = Level.NONE.ordinal();
  private static final int AS_ADMIN = 4;

  private Verdict() {}

  static int of(NaiveOrganization.Verdict verdict) {
    return verdict.level().ordinal() + (verdict.because() == Because.ADMIN ? AS_ADMIN : 0);
  }

  static int level(int verdict) {
    return verdict & 3;
  }

  /** What an action of {@link Question#ACTIONS} needs. */
  static boolean allows(int verdict, int action) {
    return switch (action) {
      case 0 -> level(verdict) >= Level.VIEWER.ordinal();
      case 1 -> level(verdict) >= Level.EDITOR.ordinal();
      case 2 -> level(verdict) == Level.OWNER.ordinal() || verdict >= AS_ADMIN;
      default -> throw new IllegalArgumentException("action " + action);
    };
  }

  static String say(int verdict) {
    return Level.values()[level(verdict)] + (verdict >= AS_ADMIN ? " as ADMIN" : "");
  }
}
