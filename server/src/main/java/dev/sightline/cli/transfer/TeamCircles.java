package dev.sightline.cli.transfer;

import dev.sightline.v1.TransferMembership;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds teams that are inside themselves, without recursion: files may nest them deeply. */
final class TeamCircles {
  private final Map<String, List<String>> parents = new HashMap<>();
  private final Set<String> cleared = new HashSet<>();

  TeamCircles(List<TransferMembership> teamsInTeams) {
    for (TransferMembership membership : teamsInTeams) {
      parents
          .computeIfAbsent(membership.getMemberTeamId(), member -> new ArrayList<>())
          .add(membership.getTeamId());
    }
  }

  /** A circle, from a team back to itself; empty if there is none. */
  List<String> find() {
    for (String team : parents.keySet()) {
      List<String> circle = circleFrom(team);
      if (!circle.isEmpty()) {
        return circle;
      }
    }
    return List.of();
  }

  private List<String> circleFrom(String start) {
    var path = new ArrayList<String>();
    var onPath = new HashSet<String>();
    Deque<Step> steps = new ArrayDeque<>();
    steps.push(new Step(start, false));
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      if (step.leaving()) {
        path.removeLast();
        onPath.remove(step.team());
        cleared.add(step.team());
      } else if (onPath.contains(step.team())) {
        path.add(step.team());
        return path.subList(path.indexOf(step.team()), path.size());
      } else if (!cleared.contains(step.team())) {
        path.add(step.team());
        onPath.add(step.team());
        steps.push(new Step(step.team(), true));
        parents.getOrDefault(step.team(), List.of()).forEach(up -> steps.push(new Step(up, false)));
      }
    }
    return List.of();
  }

  private record Step(String team, boolean leaving) {}
}
