package dev.sightline.graph;

/**
 * How much a graph holds.
 *
 * @param entries those of users and of teams, ended ones that still stand included
 * @param memberships of users and of teams in teams, the direct ones
 * @param grants those that have ended but were not revoked included
 */
public record GraphCounts(
    int users,
    int agents,
    int teams,
    int workspaces,
    int dashboards,
    long entries,
    long memberships,
    int grants) {
  static final GraphCounts NONE = new GraphCounts(0, 0, 0, 0, 0, 0, 0, 0);
}
