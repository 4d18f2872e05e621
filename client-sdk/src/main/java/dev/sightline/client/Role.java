package dev.sightline.client;

/**
 * What a user is in the organization; each has exactly one.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="users"}
 */
public enum Role {
  /** Uses dashboards; looks people up only in order to share. */
  ANALYST,
  /** Sees the team list, too. */
  MANAGER,
  /** Manages people, teams and tokens; has EDITOR on every dashboard, drafts included. */
  ADMIN
}
