package dev.sightline.graph;

import dev.sightline.model.Because;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.TeamId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds what led to one decision, once {@link AccessRules} has made it. */
final class Explainer {
  private final OrgGraph graph;
  private final Parts parts;
  private final int person;
  private final int dashboard;
  private final Level level;
  private final Because because;
  private final long until;

  Explainer(OrgGraph graph, int person, int dashboard) {
    this.graph = graph;
    this.parts = graph.parts();
    this.person = person;
    this.dashboard = dashboard;
    int decision = AccessRules.decide(graph, person, dashboard);
    this.level = AccessRules.level(decision);
    this.because = AccessRules.because(decision);
    this.until = AccessRules.validUntil(graph, person, dashboard);
  }

  Explanation explanation() {
    return new Explanation(
        level,
        because,
        because.ordinal() + 1,
        because == Because.TEAM_ENTRY ? teams() : List.of(),
        because == Because.SUPPORT_GRANT ? grants() : List.of(),
        Micros.end(until));
  }

  private List<TeamId> teams() {
    UserNode user = (UserNode) parts.people().get(person);
    DashboardNode node = parts.dashboards().get(dashboard);
    int deciding =
        IntStream.of(user.teams)
            .flatMap(direct -> IntStream.of(parts.teams().get(direct).ancestors))
            .filter(team -> decides(node, team))
            .boxed()
            .min(Comparator.comparing(team -> parts.teams().get(team).id()))
            .orElseThrow();
    return path(user.teams, deciding).stream()
        .map(team -> new TeamId(parts.teams().get(team).id()))
        .toList();
  }

  /** Whether a team's entry gives the level for as long as the decision stands. */
  private boolean decides(DashboardNode node, int team) {
    int index = EntryRow.indexOf(node.teams, team);
    return index >= 0
        && EntryRow.level(node.teams[index]) == level.ordinal()
        && node.teamEnd(index) == until;
  }

  /** The shortest way up from one of the teams to {@code target}, which one of them is in. */
  private List<Integer> path(int[] from, int target) {
    List<List<Integer>> paths = new ArrayList<>();
    Set<Integer> met = new HashSet<>();
    Arrays.stream(from).forEach(team -> paths.add(List.of(team)));
    for (int i = 0; i < paths.size(); i++) {
      List<Integer> path = paths.get(i);
      if (path.getLast() == target) {
        return path;
      }
      for (int parent : parts.teams().get(path.getLast()).parents) {
        if (SortedInts.contains(parts.teams().get(parent).ancestors, target) && met.add(parent)) {
          List<Integer> longer = new ArrayList<>(path);
          longer.add(parent);
          paths.add(longer);
        }
      }
    }
    throw new IllegalStateException("a team's closure does not match its parents");
  }

  private List<GrantId> grants() {
    if (level == Level.NONE) {
      return List.of();
    }
    AgentNode agent = (AgentNode) parts.people().get(person);
    DashboardNode node = parts.dashboards().get(dashboard);
    return Arrays.stream(agent.grants)
        .filter(grant -> grant.isActive(graph.endedThrough()))
        .filter(grant -> grant.level(node) == level.ordinal())
        .map(grant -> new GrantId(grant.id()))
        .sorted()
        .toList();
  }
}
