package dev.sightline.graph;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.RequestId;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads a graph from rows in bulk: what comes out holds the same facts, with the same fingerprint,
 * as applying the changes that led to them. Things before what refers to them, otherwise in any
 * order: users, teams and workspaces, then dashboards, then entries, memberships and subscriptions;
 * agents, grants and requests at any time.
 *
 * <p>Entries, memberships and subscriptions are collected in columns of primitives and sorted by
 * counting at the end. For one thread, for one graph.
 *
 * @see OrgGraph#applied
 */
public final class GraphBuilder {
  private final OrganizationId id;
  private final Registry.Draft<PersonNode> people = Registry.<PersonNode>empty().draft();
  private final Registry.Draft<TeamNode> teams = Registry.<TeamNode>empty().draft();
  private final Registry.Draft<WorkspaceNode> workspaces = Registry.<WorkspaceNode>empty().draft();
  private final Registry.Draft<DashboardNode> dashboards = Registry.<DashboardNode>empty().draft();
  private final EntryColumns userEntries = new EntryColumns();
  private final EntryColumns teamEntries = new EntryColumns();
  private final PairColumns userMemberships = new PairColumns();
  private final PairColumns teamMemberships = new PairColumns();
  private final PairColumns subscriptions = new PairColumns();
  private final List<Dangling> danglingSubscriptions = new ArrayList<>();
  private final Map<RequestId, RequestFacts> requests = new LinkedHashMap<>();
  private final Map<UserId, AgentFacts> agents = new LinkedHashMap<>();
  private final Map<GrantId, GrantFacts> grants = new LinkedHashMap<>();
  private @Nullable OrganizationFacts organization;

  /** A subscription to a dashboard that is gone. */
  private record Dangling(int user, String dashboard) {}

  public GraphBuilder(OrganizationId id) {
    this.id = id;
  }

  public GraphBuilder organization(OrganizationFacts facts) {
    organization = facts;
    return this;
  }

  /** Adds a user; gives the ordinal to name the user by in {@link #entry} and {@link #member}. */
  public int user(UserId user, UserFacts facts) {
    requireNew(people.ordinal(user.value()), user);
    return people.add(UserNode.gone(Node.text(user.value(), "")).with(facts));
  }

  /** Adds a team; gives the ordinal to name it by. */
  public int team(TeamId team) {
    requireNew(teams.ordinal(team.value()), team);
    byte[] text = Node.text(team.value(), "");
    return teams.add(TeamNode.gone(text, teams.size()).withPresent(true));
  }

  public GraphBuilder workspace(WorkspaceId workspace) {
    requireNew(workspaces.ordinal(workspace.value()), workspace);
    workspaces.add(WorkspaceNode.gone(Node.text(workspace.value(), "")).withPresent(true));
    return this;
  }

  /** Adds a dashboard, whose owner and workspace are there; gives the ordinal to name it by. */
  public int dashboard(DashboardId dashboard, DashboardFacts facts) {
    requireNew(dashboards.ordinal(dashboard.value()), dashboard);
    int owner = requireKnown(people.ordinal(facts.owner().value()), facts.owner());
    WorkspaceId workspace = facts.workspace();
    int label =
        workspace == null ? -1 : requireKnown(workspaces.ordinal(workspace.value()), workspace);
    byte[] text = Node.text(dashboard.value(), facts.name());
    return dashboards.add(DashboardNode.gone(text).with(facts, owner, label));
  }

  public GraphBuilder agent(UserId agent, AgentFacts facts) {
    agents.put(agent, facts);
    return this;
  }

  public GraphBuilder grant(GrantId grant, GrantFacts facts) {
    grants.put(grant, facts);
    return this;
  }

  public GraphBuilder entry(DashboardId dashboard, Subject subject, Entry entry) {
    int level = entry.level().ordinal();
    long end = Micros.ofEnd(entry.end());
    int ordinal = dashboardOrdinal(dashboard.value());
    switch (subject) {
      case UserId user -> userEntry(ordinal, userOrdinal(user.value()), level, end);
      case TeamId team -> teamEntry(ordinal, teamOrdinal(team.value()), level, end);
    }
    return this;
  }

  /**
   * Adds a user's entry.
   *
   * @param level the ordinal of NONE, VIEWER or EDITOR
   * @param end microseconds since the epoch, {@link Micros#NEVER} if it has none
   */
  public void userEntry(int dashboard, int user, int level, long end) {
    userEntries.add(dashboard, user, level, end);
  }

  /** Adds a team's entry; as {@link #userEntry}. */
  public void teamEntry(int dashboard, int team, int level, long end) {
    teamEntries.add(dashboard, team, level, end);
  }

  public GraphBuilder member(TeamId team, Subject member) {
    int ordinal = teamOrdinal(team.value());
    switch (member) {
      case UserId user -> userMember(ordinal, userOrdinal(user.value()));
      case TeamId inner -> teamMember(ordinal, teamOrdinal(inner.value()));
    }
    return this;
  }

  /** Puts a user into a team. */
  public void userMember(int team, int user) {
    userMemberships.add(team, user);
  }

  /** Puts a team into another. */
  public void teamMember(int team, int inner) {
    teamMemberships.add(team, inner);
  }

  /** Adds a subscription; to a dashboard that was not added, and so is deleted, as well. */
  public GraphBuilder subscription(UserId user, DashboardId dashboard) {
    subscription(userOrdinal(user.value()), dashboard.value());
    return this;
  }

  /** Adds a user's subscription; as {@link #subscription(UserId, DashboardId)}. */
  public void subscription(int user, String dashboard) {
    int ordinal = dashboards.ordinal(dashboard);
    if (ordinal >= 0) {
      subscriptions.add(user, ordinal);
    } else {
      danglingSubscriptions.add(new Dangling(user, dashboard));
    }
  }

  /** Adds a pending request; whom and what it names need not be there. */
  public GraphBuilder request(RequestId request, RequestFacts facts) {
    requests.put(request, facts);
    return this;
  }

  /** The ordinal of a user who was added. */
  public int userOrdinal(String user) {
    return requireKnown(people.ordinal(user), user);
  }

  /** The ordinal of a team that was added. */
  public int teamOrdinal(String team) {
    return requireKnown(teams.ordinal(team), team);
  }

  /** The ordinal of a dashboard that was added. */
  public int dashboardOrdinal(String dashboard) {
    return requireKnown(dashboards.ordinal(dashboard), dashboard);
  }

  /** The graph of all that was added. The builder is not used afterwards. */
  public OrgGraph build(Position position) {
    GraphDraft draft = new GraphDraft(loaded());
    draft.setOrganization(organization);
    for (int i = 0; i < teamMemberships.size(); i++) {
      draft.setMembership(teamMemberships.left(i), true, teamMemberships.right(i), true);
    }
    agents.forEach((agent, facts) -> draft.setAgent(draft.person(agent.value()), facts));
    grants.forEach((grant, facts) -> draft.setGrant(draft.grant(grant.value()), facts));
    danglingSubscriptions.forEach(
        one -> draft.setSubscription(one.user, draft.dashboard(one.dashboard), true));
    requests.forEach(draft::setRequest);
    return new OrgGraph(
        id,
        position.revision(),
        position.head(),
        Micros.of(position.endedThrough()),
        draft.finished());
  }

  private Parts loaded() {
    linkPeople();
    linkTeams();
    linkDashboards();
    return new BulkParts(
            people.finished(), teams.finished(), workspaces.finished(), dashboards.finished())
        .parts(
            userEntries,
            teamEntries,
            userMemberships,
            subscriptions,
            people.weightChange()
                + teams.weightChange()
                + workspaces.weightChange()
                + dashboards.weightChange());
  }

  private void linkPeople() {
    int count = people.size();
    Grouping teamsByUser = userMemberships.byRight(count);
    Grouping entriesByUser = userEntries.bySubject(count);
    int[] owners = new int[dashboards.size()];
    Arrays.setAll(owners, dashboard -> dashboards.get(dashboard).owner);
    int[] owned = new int[owners.length];
    Arrays.setAll(owned, dashboard -> dashboard);
    Grouping subscriptionsByUser = subscriptions.byLeft(count);
    Grouping byOwner = new Grouping(owners, owners.length, count);
    for (int user = 0; user < count; user++) {
      UserNode node = (UserNode) people.get(user);
      int[] in = userMemberships.lefts(teamsByUser, user);
      int[] entries = userEntries.linksOf(entriesByUser, user);
      int[] wanted = subscriptions.rights(subscriptionsByUser, user);
      people.set(user, node.with(in, entries, byOwner.set(user, owned), wanted));
    }
  }

  private void linkTeams() {
    int count = teams.size();
    Grouping usersByTeam = userMemberships.byLeft(count);
    Grouping entriesByTeam = teamEntries.bySubject(count);
    for (int team = 0; team < count; team++) {
      TeamNode node = teams.get(team).withUsers(userMemberships.rights(usersByTeam, team));
      teams.set(team, node.withEntries(teamEntries.linksOf(entriesByTeam, team)));
    }
  }

  private void linkDashboards() {
    int count = dashboards.size();
    Grouping users = userEntries.byDashboard(count);
    Grouping ofTeams = teamEntries.byDashboard(count);
    for (int dashboard = 0; dashboard < count; dashboard++) {
      DashboardNode node = dashboards.get(dashboard);
      EntryRow userRow = userEntries.row(users, dashboard);
      dashboards.set(dashboard, node.withRows(userRow, teamEntries.row(ofTeams, dashboard)));
    }
  }

  private static void requireNew(int ordinal, Object id) {
    if (ordinal >= 0) {
      throw new IllegalStateException("a row is there twice: " + id);
    }
  }

  private static int requireKnown(int ordinal, Object id) {
    if (ordinal < 0) {
      throw new IllegalStateException("a row refers to something that was not loaded: " + id);
    }
    return ordinal;
  }
}
