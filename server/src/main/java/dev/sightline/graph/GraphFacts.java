package dev.sightline.graph;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.RequestId;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A graph's facts by id, as commands read them. Raw: an entry or grant that has ended is there
 * until it is overwritten or removed. Lists come in the order of ids.
 */
public final class GraphFacts {
  private static final Comparator<UserNode> OLDEST_ADMIN_FIRST =
      Comparator.comparingLong(UserNode::adminSince)
          .thenComparingLong(UserNode::createdAt)
          .thenComparing(Node::id);

  private final Parts parts;
  private final long now;

  GraphFacts(OrgGraph graph) {
    parts = graph.parts();
    now = graph.endedThrough();
  }

  public @Nullable UserFacts user(UserId user) {
    return node(user) instanceof UserNode node ? node.facts() : null;
  }

  public @Nullable AgentFacts agent(UserId agent) {
    return node(agent) instanceof AgentNode node ? node.facts : null;
  }

  /** Whether an agent has an active grant on the organization. */
  public boolean isLetIn(UserId agent) {
    return node(agent) instanceof AgentNode node
        && Arrays.stream(node.grants).anyMatch(grant -> grant.isActive(now));
  }

  public @Nullable DashboardFacts dashboard(DashboardId dashboard) {
    DashboardNode node = node(dashboard);
    return node == null
        ? null
        : new DashboardFacts(
            node.rest(),
            user(node.owner),
            node.companyDefaultLevel(),
            node.isDraft(),
            node.workspace < 0
                ? null
                : new WorkspaceId(parts.workspaces().get(node.workspace).id()));
  }

  public @Nullable GrantFacts grant(GrantId grant) {
    GrantNode node = parts.grants().present(grant.value());
    return node == null ? null : node.facts;
  }

  public boolean exists(TeamId team) {
    return node(team) != null;
  }

  public boolean exists(WorkspaceId workspace) {
    return parts.workspaces().present(workspace.value()) != null;
  }

  public @Nullable Entry entry(DashboardId dashboard, Subject subject) {
    DashboardNode node = node(dashboard);
    int ordinal = ordinal(subject);
    if (node == null || ordinal < 0) {
      return null;
    }
    EntryRow row = node.row(subject instanceof TeamId);
    int index = EntryRow.indexOf(row.slots(), ordinal);
    return index < 0 ? null : entry(row, index);
  }

  /** All entries of a dashboard: users first, then teams, each in the order of ids. */
  public Map<Subject, Entry> entries(DashboardId dashboard) {
    DashboardNode node = node(dashboard);
    if (node == null) {
      return Map.of();
    }
    SortedMap<Subject, Entry> entries =
        new TreeMap<>(
            Comparator.comparing((Subject subject) -> subject instanceof TeamId)
                .thenComparing(Subject::value));
    collect(node.row(false), this::user, entries);
    collect(node.row(true), this::team, entries);
    return entries;
  }

  private static void collect(
      EntryRow row, IntFunction<? extends Subject> ids, Map<Subject, Entry> into) {
    for (int i = 0; i < row.slots().length; i++) {
      if (row.slots()[i] != EntryRow.FREE) {
        into.put(ids.apply(EntryRow.subject(row.slots()[i])), entry(row, i));
      }
    }
  }

  /** The dashboards on which a user or a team has an entry. */
  public List<DashboardId> entriesOf(Subject subject) {
    return switch (subject) {
      case UserId user ->
          node(user) instanceof UserNode node
              ? dashboards(EntryLink.dashboards(node.entries))
              : List.of();
      case TeamId team -> {
        TeamNode node = node(team);
        yield node == null ? List.of() : dashboards(EntryLink.dashboards(node.entries));
      }
    };
  }

  public List<DashboardId> ownedBy(UserId user) {
    return node(user) instanceof UserNode node ? dashboards(node.owned) : List.of();
  }

  /** Who is in a team directly: users first, then teams. */
  public List<Subject> members(TeamId team) {
    TeamNode node = node(team);
    if (node == null) {
      return List.of();
    }
    List<Subject> members = new ArrayList<>(sorted(node.users, this::user));
    members.addAll(sorted(node.children, this::team));
    return members;
  }

  /** The teams that a user or a team is in directly. */
  public List<TeamId> teamsOf(Subject member) {
    return switch (member) {
      case UserId user ->
          node(user) instanceof UserNode node ? sorted(node.teams, this::team) : List.of();
      case TeamId team -> {
        TeamNode node = node(team);
        yield node == null ? List.of() : sorted(node.parents, this::team);
      }
    };
  }

  /** Whether a user is in a team, at whatever depth. */
  public boolean isMember(UserId user, TeamId team) {
    int ordinal = parts.teams().ordinal(team.value());
    return node(user) instanceof UserNode node
        && IntStream.of(node.teams)
            .anyMatch(direct -> SortedInts.contains(parts.teams().get(direct).ancestors, ordinal));
  }

  /** Whether {@code member} joining {@code team} would put a team into itself, however deep. */
  public boolean wouldCloseCircle(TeamId team, TeamId member) {
    TeamNode node = node(team);
    return team.equals(member)
        || (node != null
            && SortedInts.contains(node.ancestors, parts.teams().ordinal(member.value())));
  }

  public List<UserId> users() {
    return present(parts.people(), UserNode.class, UserId::new);
  }

  public List<UserId> agents() {
    return present(parts.people(), AgentNode.class, UserId::new);
  }

  public List<DashboardId> dashboards() {
    return present(parts.dashboards(), DashboardNode.class, DashboardId::new);
  }

  public List<TeamId> teams() {
    return present(parts.teams(), TeamNode.class, TeamId::new);
  }

  public List<WorkspaceId> workspaces() {
    return present(parts.workspaces(), WorkspaceNode.class, WorkspaceId::new);
  }

  public List<GrantId> grants() {
    return present(parts.grants(), GrantNode.class, GrantId::new);
  }

  /** The grants that count at an instant, by id. */
  public SortedMap<GrantId, GrantFacts> activeGrants(Instant at) {
    SortedMap<GrantId, GrantFacts> active = new TreeMap<>();
    for (int i = 0; i < parts.grants().size(); i++) {
      GrantNode node = parts.grants().get(i);
      if (node.facts != null && node.facts.isActive(at)) {
        active.put(new GrantId(node.id()), node.facts);
      }
    }
    return active;
  }

  /** The ACTIVE users who are ADMINs. */
  public List<UserId> activeAdmins() {
    return admins().map(node -> new UserId(node.id())).sorted().toList();
  }

  /**
   * The oldest admin: ACTIVE, with the role for longest, then the older account, then the lower id.
   *
   * @param except somebody who does not count, null for nobody
   * @return null if there is none
   */
  public @Nullable UserId oldestAdmin(@Nullable UserId except) {
    return admins()
        .filter(node -> except == null || !node.hasId(except.value()))
        .min(OLDEST_ADMIN_FIRST)
        .map(node -> new UserId(node.id()))
        .orElse(null);
  }

  private Stream<UserNode> admins() {
    Bits admins = parts.sets().admins();
    return IntStream.iterate(admins.next(0), at -> at >= 0, at -> admins.next(at + 1))
        .mapToObj(ordinal -> (UserNode) parts.people().get(ordinal));
  }

  /** The access requests that nobody has decided, also those whose end has passed. */
  public SortedMap<RequestId, RequestFacts> pendingRequests() {
    return parts.requests().byId();
  }

  /** Somebody's request for a dashboard that nobody has decided and whose end has not passed. */
  public @Nullable RequestId pendingRequest(DashboardId dashboard, UserId requester) {
    for (var request : pendingRequests().entrySet()) {
      RequestFacts facts = request.getValue();
      if (facts.dashboard().equals(dashboard)
          && facts.requester().equals(requester)
          && facts.isPending(Micros.instant(now))) {
        return request.getKey();
      }
    }
    return null;
  }

  /** The dashboards that a user wants in the digest; without those that are deleted. */
  public List<DashboardId> subscriptions(UserId user) {
    return node(user) instanceof UserNode node
        ? dashboards(IntStream.of(node.subscriptions).filter(this::isPresent).toArray())
        : List.of();
  }

  /** As {@link #subscriptions}, with those that are deleted: what must end with the user. */
  public List<DashboardId> allSubscriptions(UserId user) {
    return node(user) instanceof UserNode node ? dashboards(node.subscriptions) : List.of();
  }

  public boolean isSubscribed(UserId user, DashboardId dashboard) {
    int ordinal = parts.dashboards().ordinal(dashboard.value());
    return node(user) instanceof UserNode node
        && SortedInts.contains(node.subscriptions, ordinal)
        && isPresent(ordinal);
  }

  /** The users who have at least one subscription to a dashboard that is there. */
  public List<UserId> subscribers() {
    return IntStream.range(0, parts.people().size())
        .mapToObj(parts.people()::get)
        .filter(node ->
            node instanceof UserNode user
                && IntStream.of(user.subscriptions).anyMatch(this::isPresent))
        .map(node -> new UserId(node.id()))
        .sorted()
        .toList();
  }

  private boolean isPresent(int dashboard) {
    return parts.dashboards().get(dashboard).present();
  }

  private static Entry entry(EntryRow row, int index) {
    Level level = Level.ofOrdinal(EntryRow.level(row.slots()[index]));
    return new Entry(level, Micros.end(row.end(index)));
  }

  private static <I extends Comparable<I>> List<I> sorted(int[] ordinals, IntFunction<I> ids) {
    return IntStream.of(ordinals).mapToObj(ids).sorted().toList();
  }

  private static <I extends Comparable<I>> List<I> present(
      Registry<?> things, Class<? extends Node> kind, Function<String, I> id) {
    return IntStream.range(0, things.size())
        .<Node>mapToObj(things::get)
        .filter(node -> node.present() && kind.isInstance(node))
        .map(node -> id.apply(node.id()))
        .sorted()
        .toList();
  }

  private List<DashboardId> dashboards(int[] ordinals) {
    return sorted(ordinals, at -> new DashboardId(parts.dashboards().get(at).id()));
  }

  private UserId user(int ordinal) {
    return new UserId(parts.people().get(ordinal).id());
  }

  private TeamId team(int ordinal) {
    return new TeamId(parts.teams().get(ordinal).id());
  }

  private int ordinal(Subject subject) {
    return switch (subject) {
      case UserId user -> parts.people().ordinal(user.value());
      case TeamId team -> parts.teams().ordinal(team.value());
    };
  }

  private @Nullable PersonNode node(UserId person) {
    return parts.people().present(person.value());
  }

  private @Nullable TeamNode node(TeamId team) {
    return parts.teams().present(team.value());
  }

  private @Nullable DashboardNode node(DashboardId dashboard) {
    return parts.dashboards().present(dashboard.value());
  }
}
