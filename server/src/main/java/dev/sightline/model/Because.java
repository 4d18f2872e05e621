package dev.sightline.model;

/**
 * The line of the rules that decided a level. The first eight are the lines for users in their
 * order; the last is the line for support agents.
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
  /** A team of the user's has an entry that has not ended. */
  TEAM_ENTRY,
  /** Nothing else applies. */
  COMPANY_DEFAULT,
  /** The agent's active grants on the organization, or their absence. */
  SUPPORT_GRANT;

  private static final Because[] BY_ORDINAL = values();

  /** The reason with this ordinal, without the copy that {@link #values()} makes. */
  public static Because ofOrdinal(int ordinal) {
    return BY_ORDINAL[ordinal];
  }
}
