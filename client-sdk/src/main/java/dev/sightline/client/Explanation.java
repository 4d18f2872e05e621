package dev.sightline.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a user has the level that they have on a dashboard.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="explain"}
 *
 * @param level the level
 * @param because the line of the rules that decided it
 * @param rule that line's number, 1 to 8; 0 for the rule about support agents
 * @param sentence the same in a sentence, in English, for people
 * @param teamPath for TEAM_ENTRY: from a team that the user is directly in, up to the team whose
 *     entry decided; else empty
 * @param grants for SUPPORT_GRANT: ids of the active grants that gave this level; else empty
 * @param end when the entry or grant that decided ends
 * @param allowedActions what the user may do
 * @param evidence what it rests on
 */
public record Explanation(
    Level level,
    Because because,
    int rule,
    String sentence,
    List<String> teamPath,
    List<String> grants,
    End end,
    Set<Action> allowedActions,
    Evidence evidence) {
  /** Copies what could change. */
  public Explanation {
    teamPath = List.copyOf(teamPath);
    grants = List.copyOf(grants);
    allowedActions = Set.copyOf(allowedActions);
  }

  /** For TEAM_ENTRY: the team whose entry decided. */
  public Optional<String> team() {
    return teamPath.isEmpty() ? Optional.empty() : Optional.of(teamPath.getLast());
  }

  /** When the entry or grant that decided ends; empty if it does not. */
  public Optional<Instant> endsAt() {
    return end.instant();
  }
}
