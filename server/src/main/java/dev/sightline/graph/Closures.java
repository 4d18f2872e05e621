package dev.sightline.graph;

import java.util.Arrays;
import java.util.function.IntFunction;

/** Keeps every team's closure upwards, and walks teams up and down. */
final class Closures {
  private Closures() {}

  /** Recomputes the closures of a team and of all below it, after the team's parents changed. */
  static void refresh(Registry.Draft<TeamNode> teams, int changed) {
    for (int team : reached(changed, ordinal -> teams.get(ordinal).children)) {
      int[] ancestors = reached(team, ordinal -> teams.get(ordinal).parents);
      TeamNode node = teams.get(team);
      if (!Arrays.equals(ancestors, node.ancestors)) {
        teams.set(team, node.withAncestors(ancestors));
      }
    }
  }

  /** A team and all teams in it, at whatever depth. */
  static int[] below(Registry<TeamNode> teams, int team) {
    return reached(team, ordinal -> teams.get(ordinal).children);
  }

  /** All users in a team, at whatever depth; none for a team that is not there. */
  static int[] users(Registry<TeamNode> teams, int team) {
    if (team < 0 || team >= teams.size()) {
      return SortedInts.NONE;
    }
    int[] users = SortedInts.NONE;
    for (int below : below(teams, team)) {
      users = SortedInts.union(users, teams.get(below).users);
    }
    return users;
  }

  private static int[] reached(int from, IntFunction<int[]> steps) {
    int[] reached = {from};
    int[] frontier = reached;
    while (frontier.length > 0) {
      int[] next = SortedInts.NONE;
      for (int ordinal : frontier) {
        next = SortedInts.union(next, steps.apply(ordinal));
      }
      frontier = SortedInts.minus(next, reached);
      reached = SortedInts.union(reached, frontier);
    }
    return reached;
  }
}
