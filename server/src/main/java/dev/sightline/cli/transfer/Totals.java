package dev.sightline.cli.transfer;

import org.jspecify.annotations.Nullable;

/**
 * What a server says about all pairs of user and dashboard of an organization, asked in three ways.
 *
 * @param organizationId the organization
 * @param levels how many pairs have each level, by BatchCheck
 * @param allowed how many VIEW checks said yes, by BatchCheck
 * @param listed the sum of everybody's ListVisibleDashboards
 * @param audience the sum of every dashboard's ListAudience, support agents left out
 * @param expected how many pairs must have each level, if anybody knows
 */
public record Totals(
    String organizationId,
    LevelTotals levels,
    long allowed,
    long listed,
    long audience,
    @Nullable LevelTotals expected) {

  /** Whether the three ways agree with one another, and with what was expected. */
  public boolean matches() {
    return allowed == levels.visible()
        && listed == levels.visible()
        && audience == levels.visible()
        && (expected == null || expected.equals(levels));
  }
}
