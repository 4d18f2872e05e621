package dev.sightline.graph;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.model.Ids;
import dev.sightline.model.RequestId;
import dev.sightline.model.UserId;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A private copy of a graph's parts in which facts are set one by one. Keeps what follows from the
 * facts: reverse ways, closures, sets, ends, counts, the fingerprint. Asks no questions; {@link
 * ChangeApplier} does.
 */
final class GraphDraft {
  final Registry.Draft<PersonNode> people;
  final Registry.Draft<DashboardNode> dashboards;
  final Registry.Draft<TeamNode> teams;
  final Registry.Draft<WorkspaceNode> workspaces;
  final Registry.Draft<GrantNode> grants;

  private final long baseWeight;
  private @Nullable OrganizationFacts organization;
  private Sets sets;
  private EndIndex entryEnds;
  private EndIndex grantTimes;
  private final PendingRequests requests;
  private @Nullable SortedMap<RequestId, RequestFacts> changedRequests;
  private long fingerprint;
  private int userCount;
  private int agentCount;
  private int teamCount;
  private int workspaceCount;
  private int dashboardCount;
  private long entryCount;
  private long membershipCount;
  private int grantCount;

  GraphDraft(Parts base) {
    people = base.people().draft();
    dashboards = base.dashboards().draft();
    teams = base.teams().draft();
    workspaces = base.workspaces().draft();
    grants = base.grants().draft();
    baseWeight = base.nodeWeight();
    organization = base.organization();
    sets = base.sets();
    entryEnds = base.entryEnds();
    grantTimes = base.grantTimes();
    requests = base.requests();
    fingerprint = base.fingerprint();
    GraphCounts counts = base.counts();
    userCount = counts.users();
    agentCount = counts.agents();
    teamCount = counts.teams();
    workspaceCount = counts.workspaces();
    dashboardCount = counts.dashboards();
    entryCount = counts.entries();
    membershipCount = counts.memberships();
    grantCount = counts.grants();
  }

  /** What was drafted, for good. The draft is not used afterwards. */
  Parts finished() {
    long weightChange =
        people.weightChange()
            + dashboards.weightChange()
            + teams.weightChange()
            + workspaces.weightChange()
            + grants.weightChange();
    return new Parts(
        organization,
        people.finished(),
        dashboards.finished(),
        teams.finished(),
        workspaces.finished(),
        grants.finished(),
        sets,
        entryEnds,
        grantTimes,
        changedRequests == null ? requests : PendingRequests.of(changedRequests),
        new GraphCounts(
            userCount,
            agentCount,
            teamCount,
            workspaceCount,
            dashboardCount,
            entryCount,
            membershipCount,
            grantCount),
        fingerprint,
        baseWeight + weightChange);
  }

  /** The ordinal of a user or an agent; an id that has none gets one, with nobody there yet. */
  int person(String id) {
    int ordinal = people.ordinal(id);
    if (ordinal >= 0) {
      return ordinal;
    }
    byte[] text = Node.text(id, "");
    return people.add(id.startsWith(Ids.AGENT_PREFIX) ? AgentNode.gone(text) : UserNode.gone(text));
  }

  int dashboard(String id) {
    int ordinal = dashboards.ordinal(id);
    return ordinal >= 0 ? ordinal : dashboards.add(DashboardNode.gone(Node.text(id, "")));
  }

  int team(String id) {
    int ordinal = teams.ordinal(id);
    return ordinal >= 0 ? ordinal : teams.add(TeamNode.gone(Node.text(id, ""), teams.size()));
  }

  int workspace(String id) {
    int ordinal = workspaces.ordinal(id);
    return ordinal >= 0 ? ordinal : workspaces.add(WorkspaceNode.gone(Node.text(id, "")));
  }

  int grant(String id) {
    int ordinal = grants.ordinal(id);
    return ordinal >= 0 ? ordinal : grants.add(GrantNode.gone(Node.text(id, "")));
  }

  @Nullable OrganizationFacts organization() {
    return organization;
  }

  void setOrganization(@Nullable OrganizationFacts facts) {
    fingerprint += Fingerprints.organization(facts) - Fingerprints.organization(organization);
    organization = facts;
  }

  UserNode user(int ordinal) {
    return (UserNode) people.get(ordinal);
  }

  AgentNode agent(int ordinal) {
    return (AgentNode) people.get(ordinal);
  }

  void setUser(int ordinal, @Nullable UserFacts facts) {
    UserNode old = user(ordinal);
    UserNode node = old.with(facts);
    people.set(ordinal, node);
    fingerprint += node.fingerprint() - old.fingerprint();
    userCount += step(old, node);
    sets = sets.withUser(ordinal, node);
  }

  void setTeam(int ordinal, boolean present) {
    TeamNode old = teams.get(ordinal);
    TeamNode node = old.withPresent(present);
    teams.set(ordinal, node);
    fingerprint += node.fingerprint() - old.fingerprint();
    teamCount += step(old, node);
  }

  void setWorkspace(int ordinal, boolean present) {
    WorkspaceNode old = workspaces.get(ordinal);
    WorkspaceNode node = old.withPresent(present);
    workspaces.set(ordinal, node);
    fingerprint += node.fingerprint() - old.fingerprint();
    workspaceCount += step(old, node);
  }

  void setDashboard(int ordinal, @Nullable DashboardFacts facts) {
    DashboardNode old = dashboards.get(ordinal);
    DashboardNode node = facts == null ? old.withoutFacts() : resolved(old, facts);
    dashboards.set(ordinal, node);
    fingerprint += fingerprint(node) - fingerprint(old);
    dashboardCount += step(old, node);
    sets = sets.withDashboard(ordinal, node);
    if (old.owner != node.owner) {
      moveOwnership(old.owner, node.owner, new int[] {ordinal});
    }
  }

  private DashboardNode resolved(DashboardNode old, DashboardFacts facts) {
    int owner = person(facts.owner().value());
    int workspace = facts.workspace() == null ? -1 : workspace(facts.workspace().value());
    return old.with(facts, owner, workspace);
  }

  /** Gives dashboards to another owner, all at once; {@code moved} is sorted. */
  void inherit(int from, int to, int[] moved) {
    for (int ordinal : moved) {
      DashboardNode old = dashboards.get(ordinal);
      DashboardNode node = old.withOwner(to);
      dashboards.set(ordinal, node);
      fingerprint += fingerprint(node) - fingerprint(old);
    }
    moveOwnership(from, to, moved);
  }

  private void moveOwnership(int from, int to, int[] moved) {
    if (from >= 0) {
      UserNode node = user(from);
      people.set(from, node.withOwned(SortedInts.minus(node.owned, moved)));
    }
    if (to >= 0) {
      UserNode node = user(to);
      people.set(to, node.withOwned(SortedInts.union(node.owned, moved)));
    }
  }

  private long fingerprint(DashboardNode node) {
    if (!node.present()) {
      return 0;
    }
    long workspace = node.workspace < 0 ? 0 : workspaces.get(node.workspace).stableHash();
    return node.fingerprint(people.get(node.owner).stableHash(), workspace);
  }

  void setEntry(int dashboard, boolean ofTeam, int subject, int level, long end) {
    removeEntry(dashboard, ofTeam, subject);
    DashboardNode node = dashboards.get(dashboard);
    dashboards.set(dashboard, node.withRow(ofTeam, node.row(ofTeam).with(subject, level, end)));
    entryCount++;
    fingerprint += entryFingerprint(dashboard, ofTeam, subject, level, end);
    if (end != Micros.NEVER) {
      entryEnds = entryEnds.with(end, dashboard);
    }
    linkEntry(EntryLink.of(dashboard, level, end), ofTeam, subject, true);
  }

  /** Removes an entry if there is one. */
  void removeEntry(int dashboard, boolean ofTeam, int subject) {
    DashboardNode node = dashboards.get(dashboard);
    EntryRow row = node.row(ofTeam);
    int index = EntryRow.indexOf(row.slots(), subject);
    if (index < 0) {
      return;
    }
    long end = row.end(index);
    dashboards.set(dashboard, node.withRow(ofTeam, row.without(subject)));
    entryCount--;
    int level = EntryRow.level(row.slots()[index]);
    fingerprint -= entryFingerprint(dashboard, ofTeam, subject, level, end);
    if (end != Micros.NEVER) {
      entryEnds = entryEnds.without(end, dashboard);
    }
    linkEntry(EntryLink.of(dashboard, level, end), ofTeam, subject, false);
  }

  private void linkEntry(int link, boolean ofTeam, int subject, boolean linked) {
    if (ofTeam) {
      TeamNode node = teams.get(subject);
      teams.set(subject, node.withEntries(changed(node.entries, link, linked)));
    } else {
      UserNode node = user(subject);
      people.set(subject, node.withEntries(changed(node.entries, link, linked)));
    }
  }

  private long entryFingerprint(int dashboard, boolean ofTeam, int subject, int level, long end) {
    return Fingerprints.entry(
        dashboards.get(dashboard).stableHash(), ofTeam, subjectHash(ofTeam, subject), level, end);
  }

  private long subjectHash(boolean ofTeam, int subject) {
    return ofTeam ? teams.get(subject).stableHash() : people.get(subject).stableHash();
  }

  void setMembership(int team, boolean ofTeam, int member, boolean joined) {
    TeamNode node = teams.get(team);
    if (ofTeam) {
      teams.set(team, node.withChildren(changed(node.children, member, joined)));
      TeamNode below = teams.get(member);
      teams.set(member, below.withParents(changed(below.parents, team, joined)));
      Closures.refresh(teams, member);
    } else {
      teams.set(team, node.withUsers(changed(node.users, member, joined)));
      UserNode user = user(member);
      people.set(member, user.withTeams(changed(user.teams, team, joined)));
    }
    long part = Fingerprints.membership(node.stableHash(), ofTeam, subjectHash(ofTeam, member));
    fingerprint += joined ? part : -part;
    membershipCount += joined ? 1 : -1;
  }

  void setAgent(int ordinal, @Nullable AgentFacts facts) {
    AgentNode old = agent(ordinal);
    AgentNode node = old.with(facts, facts == null ? Stream.empty() : covering(old.id(), facts));
    people.set(ordinal, node);
    fingerprint += node.fingerprint() - old.fingerprint();
    agentCount += step(old, node);
    sets = sets.withAgent(ordinal, node);
  }

  private Stream<GrantNode> covering(String agent, AgentFacts facts) {
    UserId id = new UserId(agent);
    return IntStream.range(0, grants.size())
        .mapToObj(grants::get)
        .filter(grant -> grant.facts != null && grant.facts.covers(id, facts));
  }

  void setGrant(int ordinal, @Nullable GrantFacts facts) {
    GrantNode old = grants.get(ordinal);
    GrantNode node = old.with(facts, id -> workspace(id.value()));
    grants.set(ordinal, node);
    fingerprint += node.fingerprint() - old.fingerprint();
    grantCount += step(old, node);
    indexTimes(ordinal, old, false);
    indexTimes(ordinal, node, true);
    Bits agents = sets.agents();
    for (int agent = agents.next(0); agent >= 0; agent = agents.next(agent + 1)) {
      replaceGrant(agent, old, node);
    }
  }

  private void indexTimes(int ordinal, GrantNode grant, boolean linked) {
    if (grant.present()) {
      indexTime(grant.start, ordinal, linked);
      indexTime(grant.end, ordinal, linked);
    }
  }

  private void indexTime(long instant, int grant, boolean linked) {
    if (instant != Micros.NEVER) {
      grantTimes = linked ? grantTimes.with(instant, grant) : grantTimes.without(instant, grant);
    }
  }

  private void replaceGrant(int ordinal, GrantNode old, GrantNode node) {
    AgentNode agent = agent(ordinal);
    boolean before = covers(old, agent);
    boolean after = covers(node, agent);
    if (before || after) {
      people.set(ordinal, agent.with(before ? old : null, after ? node : null));
    }
  }

  private static boolean covers(GrantNode grant, AgentNode agent) {
    return grant.facts != null
        && agent.facts != null
        && grant.facts.covers(new UserId(agent.id()), agent.facts);
  }

  @Nullable RequestFacts pendingRequest(RequestId request) {
    return changedRequests == null ? requests.byId().get(request) : changedRequests.get(request);
  }

  /** Sets a request; one that is not pending is none to the graph. */
  void setRequest(RequestId request, @Nullable RequestFacts facts) {
    SortedMap<RequestId, RequestFacts> changed = changedRequests;
    if (changed == null) {
      changed = new TreeMap<>(requests.byId());
      changedRequests = changed;
    }
    RequestFacts after = PendingRequests.kept(facts);
    RequestFacts before = after == null ? changed.remove(request) : changed.put(request, after);
    fingerprint += Fingerprints.request(request, after) - Fingerprints.request(request, before);
  }

  /** The dashboard may be gone: who had subscribed to it still has. */
  void setSubscription(int user, int dashboard, boolean subscribed) {
    UserNode node = user(user);
    people.set(user, node.withSubscriptions(changed(node.subscriptions, dashboard, subscribed)));
    long part =
        Fingerprints.subscription(dashboards.get(dashboard).stableHash(), node.stableHash());
    fingerprint += subscribed ? part : -part;
  }

  private static int[] changed(int[] set, int value, boolean member) {
    return member ? SortedInts.with(set, value) : SortedInts.without(set, value);
  }

  private static int step(Node before, Node after) {
    return (after.present() ? 1 : 0) - (before.present() ? 1 : 0);
  }
}
