package dev.sightline.graph;

import dev.sightline.model.Because;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.TeamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision with what led to it.
 *
 * @param line the number of the line of the rules, 1 to 8; 9 for support agents
 * @param teams for TEAM_ENTRY: from the team that the person is in to the team whose entry decided,
 *     each in the next; empty otherwise
 * @param grants for SUPPORT_GRANT: the active grants that give the level, in the order of ids;
 *     empty otherwise
 * @param until from this instant on the decision or its reason is another if nothing but time
 *     passes; null if it has no end
 */
public record Explanation(
    Level level,
    Because because,
    int line,
    List<TeamId> teams,
    List<GrantId> grants,
    @Nullable Instant until) {
  public Explanation {
    teams = List.copyOf(teams);
    grants = List.copyOf(grants);
  }

  /** Why somebody has the level that {@link AccessRules#decide} says. */
  public static Explanation of(OrgGraph graph, int person, int dashboard) {
    return new Explainer(graph, person, dashboard).explanation();
  }
}
