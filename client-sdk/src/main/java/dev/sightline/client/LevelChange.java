package dev.sightline.client;

/**
 * Somebody's level on a dashboard has become another.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="watch"}
 *
 * @param user whose level; an agent's id begins with {@code support:}
 * @param dashboard on what
 * @param before the level until then
 * @param after the level from then on
 */
public record LevelChange(String user, String dashboard, Level before, Level after) {
  /** Whether the level has gone down. */
  public boolean isRevocation() {
    return after.compareTo(before) < 0;
  }
}
