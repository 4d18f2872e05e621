package dev.sightline.scenario;

import dev.sightline.v1.Level;
import dev.sightline.v1.LevelChange;

/** What the watch of a world was told. */
sealed interface Told {
  /** Somebody's level on a dashboard has become another. */
  record Change(String organization, String user, String dashboard, Level before, Level after)
      implements Told {
    static Change of(String organization, LevelChange change) {
      return new Change(
          organization,
          change.getUserId(),
          change.getDashboardId(),
          change.getBefore(),
          change.getAfter());
    }

    boolean isRevocation() {
      return after.compareTo(before) < 0;
    }

    /** Without the organization. */
    String line() {
      return "%s %s %s->%s".formatted(user, dashboard, Words.word(before), Words.word(after));
    }
  }

  /** What should not have been told, or not there, or not like that. */
  record Oddity(String organization, String what) implements Told {}

  /**
   * As stories write it.
   *
   * @param home the organization that need not be said
   */
  default String line(String home) {
    return switch (this) {
      case Change change when change.organization().equals(home) -> change.line();
      case Change change -> change.organization() + "/" + change.line();
      case Oddity(var organization, var what) -> organization + ": " + what;
    };
  }
}
