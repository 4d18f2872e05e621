package dev.sightline.client;

/**
 * The line of the rules that decided a level: the first that applies, in this order.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="explain"}
 */
public enum Because {
  /**
   * The organization, the dashboard or the user is unknown, deleted, or of another organization.
   */
  UNKNOWN,
  /** The user is not ACTIVE. */
  INACTIVE,
  /** The user owns the dashboard. */
  OWNER,
  /** The user is an ADMIN. */
  ADMIN,
  /** The dashboard is a draft. */
  DRAFT,
  /** The user has an entry that has not ended. */
  USER_ENTRY,
  /** A team of the user's has an entry that has not ended; the highest counts. */
  TEAM_ENTRY,
  /** The dashboard's company default. */
  COMPANY_DEFAULT,
  /** A support agent's active grants on the organization, or their absence. */
  SUPPORT_GRANT
}
