package dev.sightline.graph;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Loads plain facts into a graph, in an order of its own. */
public final class Loading {
  private Loading() {}

  public static OrgGraph of(NaiveOrganization facts, OrganizationId id, Position position) {
    GraphBuilder builder = new GraphBuilder(id);
    builder.organization(facts.organization);
    shuffled(facts.grants.keySet()).forEach(grant -> builder.grant(grant, facts.grants.get(grant)));
    shuffled(facts.users.keySet()).forEach(user -> builder.user(user, facts.users.get(user)));
    shuffled(facts.teams.keySet()).forEach(builder::team);
    shuffled(facts.workspaces).forEach(builder::workspace);
    shuffled(facts.dashboards.keySet())
        .forEach(dashboard -> builder.dashboard(dashboard, facts.dashboards.get(dashboard)));
    shuffled(facts.agents.keySet()).forEach(agent -> builder.agent(agent, facts.agents.get(agent)));
    facts.teams.forEach(
        (team, members) -> shuffled(members).forEach(member -> builder.member(team, member)));
    facts.entries.forEach((dashboard, row) ->
        shuffled(row.keySet())
            .forEach(subject -> builder.entry(dashboard, subject, row.get(subject))));
    facts.subscriptions.forEach((user, wanted) ->
        shuffled(wanted).forEach(dashboard -> builder.subscription(user, dashboard)));
    shuffled(facts.pendingRequests.keySet())
        .forEach(request -> builder.request(request, facts.pendingRequests.get(request)));
    return builder.build(position);
  }

  private static <T> List<T> shuffled(Iterable<T> values) {
    List<T> list = new ArrayList<>();
    values.forEach(list::add);
    Collections.shuffle(list, new Random(list.size()));
    return list;
  }
}
