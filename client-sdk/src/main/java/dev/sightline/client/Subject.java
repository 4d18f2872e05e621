package dev.sightline.client;

/**
 * Whom an entry is for: a user or a team.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="access"}
 */
public sealed interface Subject {
  /** The id. */
  String id();

  /**
   * A user.
   *
   * @param id the user's
   */
  record OfUser(String id) implements Subject {}

  /**
   * A team.
   *
   * @param id the team's
   */
  record OfTeam(String id) implements Subject {}

  /** The user with this id. */
  static Subject user(String id) {
    return new OfUser(id);
  }

  /** The team with this id. */
  static Subject team(String id) {
    return new OfTeam(id);
  }
}
