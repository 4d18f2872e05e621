package dev.sightline.graph;

import dev.sightline.model.SupportRole;

/**
 * The dashboards that somebody can view. Starts from the set of those that are open to everybody
 * and lays the lines of the rules over it as sets, from the last line to the first, so it costs
 * what the exceptions cost. Where an end may count, {@link AccessRules} decides.
 *
 * <p>INVARIANT: the same as asking {@link AccessRules} about every dashboard; held by tests on
 * random histories.
 */
public final class VisibleDashboards {
  private final OrgGraph graph;
  private final Parts parts;
  private final int person;
  private final int limit;

  private VisibleDashboards(OrgGraph graph, int person) {
    this.graph = graph;
    this.parts = graph.parts();
    this.person = person;
    this.limit = graph.dashboardOrdinals();
  }

  /**
   * The ordinals of exactly the dashboards that the VIEW check allows, less the drafts for a
   * digest.
   *
   * @param person an ordinal of the graph's lineage, -1 for somebody unknown
   */
  public static OrdinalSet of(OrgGraph graph, int person, Purpose purpose) {
    long[] visible = new VisibleDashboards(graph, person).visible();
    switch (purpose) {
      case SIDEBAR, SEARCH -> {}
      case DIGEST -> graph.parts().sets().published().retainIn(visible);
    }
    return new OrdinalSet(visible);
  }

  private long[] visible() {
    PersonNode who = parts.people().present(person);
    if (who == null) {
      return new long[0];
    }
    return switch (who) {
      case UserNode user -> ofUser(user);
      case AgentNode agent -> ofAgent(agent);
    };
  }

  private long[] ofUser(UserNode user) {
    if (!user.isActive()) {
      return new long[0];
    }
    if (user.isAdmin()) {
      return parts.sets().dashboards().toWords(limit);
    }
    long[] visible = parts.sets().open().toWords(limit);
    if (user.teams.length > 0) {
      layTeamEntries(visible, user);
    }
    layUserEntries(visible, user);
    parts.sets().published().retainIn(visible);
    for (int dashboard : user.owned) {
      visible[dashboard >>> 6] |= 1L << dashboard;
    }
    decideWhatEnds(visible, user);
    return visible;
  }

  /** Where a team has an entry, the highest counts: one that is not NONE is enough to view. */
  private void layTeamEntries(long[] visible, UserNode user) {
    long[] covered = new long[visible.length];
    long[] granted = new long[visible.length];
    for (int direct : user.teams) {
      for (int team : parts.teams().get(direct).ancestors) {
        for (int link : parts.teams().get(team).entries) {
          int dashboard = EntryLink.dashboard(link);
          covered[dashboard >>> 6] |= 1L << dashboard;
          granted[dashboard >>> 6] |= EntryLink.allowsView(link) ? 1L << dashboard : 0;
        }
      }
    }
    for (int i = 0; i < visible.length; i++) {
      visible[i] = (visible[i] & ~covered[i]) | granted[i];
    }
  }

  private static void layUserEntries(long[] visible, UserNode user) {
    for (int link : user.entries) {
      int dashboard = EntryLink.dashboard(link);
      long bit = 1L << dashboard;
      int word = dashboard >>> 6;
      visible[word] = EntryLink.allowsView(link) ? visible[word] | bit : visible[word] & ~bit;
    }
  }

  private void decideWhatEnds(long[] visible, UserNode user) {
    decideWhatEnds(visible, user.entries);
    for (int direct : user.teams) {
      for (int team : parts.teams().get(direct).ancestors) {
        decideWhatEnds(visible, parts.teams().get(team).entries);
      }
    }
  }

  private void decideWhatEnds(long[] visible, int[] links) {
    for (int link : links) {
      if (EntryLink.hasEnd(link)) {
        decide(visible, EntryLink.dashboard(link));
      }
    }
  }

  private long[] ofAgent(AgentNode agent) {
    long[] visible = new long[(limit + 63) >>> 6];
    for (GrantNode grant : agent.grants) {
      if (grant.isActive(graph.endedThrough())) {
        add(visible, grant);
      }
    }
    return visible;
  }

  private void add(long[] visible, GrantNode grant) {
    if (grant.namesWorkspaces()) {
      decideAll(visible);
      return;
    }
    Bits reached =
        grant.best() == SupportRole.ADMINISTRATOR ? parts.sets().dashboards() : parts.sets().open();
    long[] words = reached.toWords(limit);
    for (int i = 0; i < visible.length; i++) {
      visible[i] |= words[i];
    }
  }

  /** No set knows a workspace's dashboards: agents ask seldom, and one pass is cheap. */
  private void decideAll(long[] visible) {
    for (int dashboard = 0; dashboard < limit; dashboard++) {
      decide(visible, dashboard);
    }
  }

  private void decide(long[] visible, int dashboard) {
    long bit = 1L << dashboard;
    if (AccessRules.allowsView(AccessRules.decide(graph, person, dashboard))) {
      visible[dashboard >>> 6] |= bit;
    } else {
      visible[dashboard >>> 6] &= ~bit;
    }
  }
}
