package dev.sightline.graph;

/** The people who can view a dashboard: the mirror of {@link VisibleDashboards}. */
public final class Audience {
  private final OrgGraph graph;
  private final Parts parts;
  private final int dashboard;
  private final long[] audience;

  private Audience(OrgGraph graph, int dashboard) {
    this.graph = graph;
    this.parts = graph.parts();
    this.dashboard = dashboard;
    this.audience = new long[(graph.personOrdinals() + 63) >>> 6];
  }

  /**
   * The ordinals of exactly the users and agents whom the VIEW check allows; nobody for a digest of
   * a draft.
   *
   * @param dashboard an ordinal of the graph's lineage, -1 for an unknown one
   */
  public static OrdinalSet of(OrgGraph graph, int dashboard, Purpose purpose) {
    DashboardNode node = graph.parts().dashboards().present(dashboard);
    if (node == null || (node.isDraft() && purpose == Purpose.DIGEST)) {
      return new OrdinalSet(new long[0]);
    }
    return new OrdinalSet(new Audience(graph, dashboard).of(node));
  }

  private long[] of(DashboardNode node) {
    add(node.isOpen() ? parts.sets().active() : parts.sets().admins());
    correct(node.owner);
    if (!node.isDraft()) {
      correctEntries(node);
    }
    Bits agents = parts.sets().agents();
    for (int agent = agents.next(0); agent >= 0; agent = agents.next(agent + 1)) {
      correct(agent);
    }
    return audience;
  }

  private void correctEntries(DashboardNode node) {
    for (int slot : node.users) {
      if (slot != EntryRow.FREE) {
        correct(EntryRow.subject(slot));
      }
    }
    for (int slot : node.teams) {
      if (slot != EntryRow.FREE) {
        for (int user : Closures.users(parts.teams(), EntryRow.subject(slot))) {
          correct(user);
        }
      }
    }
  }

  private void add(Bits people) {
    System.arraycopy(people.toWords(graph.personOrdinals()), 0, audience, 0, audience.length);
  }

  private void correct(int person) {
    long bit = 1L << person;
    if (AccessRules.allowsView(AccessRules.decide(graph, person, dashboard))) {
      audience[person >>> 6] |= bit;
    } else {
      audience[person >>> 6] &= ~bit;
    }
  }
}
