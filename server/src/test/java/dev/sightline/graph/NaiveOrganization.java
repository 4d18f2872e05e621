package dev.sightline.graph;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.model.Because;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.RequestId;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An organization as maps of plain facts, and the access rules read off the page line by line:
 * slow, short, and without a thought shared with the graph. What the graph says is compared with
 * this.
 */
public final class NaiveOrganization {
  public @Nullable OrganizationFacts organization;
  public final Map<UserId, UserFacts> users = new TreeMap<>();
  public final Map<UserId, AgentFacts> agents = new TreeMap<>();
  public final Map<TeamId, Set<Subject>> teams = new TreeMap<>();
  public final Set<WorkspaceId> workspaces = new TreeSet<>();
  public final Map<DashboardId, DashboardFacts> dashboards = new TreeMap<>();
  public final Map<DashboardId, Map<Subject, Entry>> entries = new TreeMap<>();
  public final Map<GrantId, GrantFacts> grants = new TreeMap<>();
  public final Map<RequestId, RequestFacts> pendingRequests = new TreeMap<>();

  /** Also to dashboards that are deleted. */
  public final Map<UserId, Set<DashboardId>> subscriptions = new TreeMap<>();

  /** A level and the line of the rules that gave it. */
  public record Verdict(Level level, Because because) {}

  public NaiveOrganization copy() {
    NaiveOrganization copy = new NaiveOrganization();
    copy.organization = organization;
    copy.users.putAll(users);
    copy.agents.putAll(agents);
    teams.forEach((team, members) -> copy.teams.put(team, new HashSet<>(members)));
    copy.workspaces.addAll(workspaces);
    copy.dashboards.putAll(dashboards);
    entries.forEach((dashboard, row) -> copy.entries.put(dashboard, bySubject(row)));
    copy.grants.putAll(grants);
    copy.pendingRequests.putAll(pendingRequests);
    subscriptions.forEach((user, wanted) -> copy.subscriptions.put(user, new TreeSet<>(wanted)));
    return copy;
  }

  private static Map<Subject, Entry> bySubject(Map<Subject, Entry> row) {
    Map<Subject, Entry> sorted = emptyRow();
    sorted.putAll(row);
    return sorted;
  }

  private static Map<Subject, Entry> emptyRow() {
    return new TreeMap<>((a, b) ->
        a.getClass() == b.getClass()
            ? a.value().compareTo(b.value())
            : a.getClass().getName().compareTo(b.getClass().getName()));
  }

  public void apply(Change change) {
    switch (change) {
      case Change.OrganizationChanged c -> organization = c.after();
      case Change.UserChanged c -> put(users, c.user(), c.after());
      case Change.ProfileChanged c -> {}
      case Change.PersonalDataErased c -> {}
      case Change.TeamChanged c -> {
        if (c.after() == null) {
          teams.remove(c.team());
        } else {
          teams.computeIfAbsent(c.team(), team -> new HashSet<>());
        }
      }
      case Change.MembershipChanged c -> {
        if (c.joined()) {
          teams.get(c.team()).add(c.member());
        } else {
          teams.get(c.team()).remove(c.member());
        }
      }
      case Change.WorkspaceChanged c -> {
        if (c.after() == null) {
          workspaces.remove(c.workspace());
        } else {
          workspaces.add(c.workspace());
        }
      }
      case Change.DashboardChanged c -> put(dashboards, c.dashboard(), c.after());
      case Change.EntryChanged c ->
          put(
              entries.computeIfAbsent(c.dashboard(), dashboard -> emptyRow()),
              c.subject(),
              c.after());
      case Change.EstateInherited c ->
          c.dashboards()
              .forEach(d -> dashboards.computeIfPresent(d, (id, f) -> f.withOwner(c.to())));
      case Change.GrantChanged c -> put(grants, c.grant(), c.after());
      case Change.AgentChanged c -> put(agents, c.agent(), c.after());
      case Change.RequestChanged c ->
          put(
              pendingRequests,
              c.request(),
              c.after() != null && c.after().isPending() ? c.after() : null);
      case Change.SubscriptionChanged c -> {
        Set<DashboardId> wanted = subscriptions.computeIfAbsent(c.user(), user -> new TreeSet<>());
        if (c.subscribed()) {
          wanted.add(c.dashboard());
        } else {
          wanted.remove(c.dashboard());
        }
      }
      // Nothing of these is in a graph.
      case Change.InvitationChanged _, Change.ReasonGiven _, Change.AgentActed _ -> {}
      case Change.SupportRequestChanged _, Change.SupportPolicyChanged _ -> {}
    }
  }

  private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }

  public Verdict verdict(UserId person, DashboardId dashboard, Instant now) {
    return person.isAgent() ? ofAgent(person, dashboard, now) : ofUser(person, dashboard, now);
  }

  private Verdict ofUser(UserId user, DashboardId id, Instant now) {
    DashboardFacts dashboard = dashboards.get(id);
    UserFacts facts = users.get(user);
    if (dashboard == null || facts == null) {
      return new Verdict(Level.NONE, Because.UNKNOWN);
    }
    if (facts.status() != Status.ACTIVE) {
      return new Verdict(Level.NONE, Because.INACTIVE);
    }
    if (dashboard.owner().equals(user)) {
      return new Verdict(Level.OWNER, Because.OWNER);
    }
    if (facts.role() == Role.ADMIN) {
      return new Verdict(Level.EDITOR, Because.ADMIN);
    }
    if (dashboard.draft()) {
      return new Verdict(Level.NONE, Because.DRAFT);
    }
    Map<Subject, Entry> row = entries.getOrDefault(id, Map.of());
    Entry own = row.get(user);
    if (own != null && !over(own.end(), now)) {
      return new Verdict(own.level(), Because.USER_ENTRY);
    }
    Level highest = null;
    for (TeamId team : teamsOf(user)) {
      Entry entry = row.get(team);
      if (entry != null && !over(entry.end(), now)) {
        highest = highest == null || entry.level().compareTo(highest) > 0 ? entry.level() : highest;
      }
    }
    return highest != null
        ? new Verdict(highest, Because.TEAM_ENTRY)
        : new Verdict(dashboard.companyDefault(), Because.COMPANY_DEFAULT);
  }

  private Verdict ofAgent(UserId agent, DashboardId id, Instant now) {
    DashboardFacts dashboard = dashboards.get(id);
    AgentFacts facts = agents.get(agent);
    if (dashboard == null || facts == null) {
      return new Verdict(Level.NONE, Because.UNKNOWN);
    }
    Level highest = Level.NONE;
    for (GrantFacts grant : grants.values()) {
      boolean forAgent =
          switch (grant.holder()) {
            case GrantFacts.Holder.Group(String name) -> name.equals(facts.group());
            case GrantFacts.Holder.Agent(UserId one) -> one.equals(agent);
          };
      boolean active = !now.isBefore(grant.start()) && !over(grant.end(), now);
      SupportRole role = forAgent && active ? role(grant, dashboard.workspace()) : null;
      Level given = role == null ? Level.NONE : level(role, dashboard);
      highest = given.compareTo(highest) > 0 ? given : highest;
    }
    return new Verdict(highest, Because.SUPPORT_GRANT);
  }

  private static @Nullable SupportRole role(GrantFacts grant, @Nullable WorkspaceId workspace) {
    SupportRole best = Collections.max(grant.roles());
    if (grant.workspaces().isEmpty()) {
      return best;
    }
    for (GrantFacts.WorkspaceScope scope : grant.workspaces()) {
      if (scope.workspace().equals(workspace)) {
        return scope.role() != null ? scope.role() : best;
      }
    }
    return null;
  }

  private static Level level(SupportRole role, DashboardFacts dashboard) {
    if (role == SupportRole.ADMINISTRATOR) {
      return Level.EDITOR;
    }
    if (dashboard.draft() || dashboard.companyDefault() == Level.NONE) {
      return Level.NONE;
    }
    return role == SupportRole.EDITOR ? Level.EDITOR : Level.VIEWER;
  }

  private static boolean over(@Nullable Instant end, Instant now) {
    return end != null && !now.isBefore(end);
  }

  /** All teams that somebody is in, at whatever depth. */
  public Set<TeamId> teamsOf(Subject member) {
    Set<TeamId> found = new HashSet<>();
    for (Map.Entry<TeamId, Set<Subject>> team : teams.entrySet()) {
      if (team.getValue().contains(member) && found.add(team.getKey())) {
        found.addAll(teamsOf(team.getKey()));
      }
    }
    return found;
  }

  /** What somebody wants in the digest, without what is deleted. */
  public List<DashboardId> subscriptions(UserId user) {
    return subscriptions.getOrDefault(user, Set.of()).stream()
        .filter(dashboards::containsKey)
        .toList();
  }

  /** Everybody who could have a level: users and agents. */
  public Set<UserId> people() {
    Set<UserId> people = new TreeSet<>(users.keySet());
    people.addAll(agents.keySet());
    return people;
  }

  /** Whose level on what is another in {@code after} at {@code to}; by user, then dashboard. */
  public List<LevelChange> differences(Instant from, NaiveOrganization after, Instant to) {
    Set<UserId> people = people();
    people.addAll(after.people());
    Set<DashboardId> all = new TreeSet<>(dashboards.keySet());
    all.addAll(after.dashboards.keySet());
    List<LevelChange> differences = new ArrayList<>();
    for (UserId person : people) {
      for (DashboardId dashboard : all) {
        Level was = verdict(person, dashboard, from).level();
        Level is = after.verdict(person, dashboard, to).level();
        if (was != is) {
          differences.add(new LevelChange(person, dashboard, was, is));
        }
      }
    }
    return differences;
  }
}
