package dev.sightline.command;

import dev.sightline.change.Change;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.MembershipChanged;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Change.WorkspaceChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Profile;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole organization as it comes in, record by record. Whatever a record refers to must have come
 * before it. Each method says what is wrong with the record, or null.
 */
public final class ImportDraft {
  private final List<Change> changes = new ArrayList<>();
  private final Set<WorkspaceId> workspaces = new HashSet<>();
  private final Map<UserId, UserFacts> users = new HashMap<>();
  private final Set<String> addresses = new HashSet<>();
  private final Set<TeamId> teams = new HashSet<>();
  private final Map<TeamId, Set<TeamId>> inside = new HashMap<>();
  private final Set<MembershipChanged> memberships = new HashSet<>();
  private final Map<DashboardId, UserId> owners = new HashMap<>();
  private final Set<Entitled> entries = new HashSet<>();
  private final Set<SubscriptionChanged> subscriptions = new HashSet<>();
  private final Map<UserId, Integer> subscriptionsOf = new HashMap<>();
  private @Nullable OrganizationId id;
  private @Nullable OrganizationId parent;

  private record Entitled(DashboardId dashboard, Subject subject) {}

  public @Nullable OrganizationId id() {
    return id;
  }

  @Nullable OrganizationId parent() {
    return parent;
  }

  List<Change> changes() {
    return changes;
  }

  public int users() {
    return users.size();
  }

  public int teams() {
    return teams.size();
  }

  public int memberships() {
    return memberships.size();
  }

  public int dashboards() {
    return owners.size();
  }

  public int entries() {
    return entries.size();
  }

  public @Nullable Refusal header(
      OrganizationId organization, String name, @Nullable OrganizationId parent) {
    if (id != null) {
      return twice("the header", organization.value());
    }
    this.id = organization;
    this.parent = parent;
    changes.add(new OrganizationChanged(null, new OrganizationFacts(name, parent)));
    return null;
  }

  public @Nullable Refusal workspace(WorkspaceId workspace, WorkspaceFacts facts) {
    if (!workspaces.add(workspace)) {
      return twice("workspace", workspace.value());
    }
    changes.add(new WorkspaceChanged(workspace, null, facts));
    return null;
  }

  public @Nullable Refusal user(UserId user, UserFacts facts, Profile profile) {
    if (users.put(user, facts) != null) {
      return twice("user", user.value());
    }
    if (!addresses.add(profile.email().canonical())) {
      return twice("the e-mail address of user", user.value());
    }
    changes.add(new UserChanged(user, null, facts));
    changes.add(new ProfileChanged(user, null, profile));
    return null;
  }

  public @Nullable Refusal team(TeamId team, TeamFacts facts) {
    if (!teams.add(team)) {
      return twice("team", team.value());
    }
    changes.add(new TeamChanged(team, null, facts));
    return null;
  }

  public @Nullable Refusal membership(TeamId team, Subject member) {
    if (!teams.contains(team)) {
      return unknown("team", team.value());
    }
    if (!isKnown(member)) {
      return unknown("member", member.value());
    }
    if (member instanceof TeamId inner && reaches(inner, team)) {
      return Refusal.of(
          Reason.TEAM_CIRCLE,
          "team %s is, or holds, team %s: a team cannot be inside itself".formatted(inner, team));
    }
    MembershipChanged joined = new MembershipChanged(team, member, true);
    if (!memberships.add(joined)) {
      return twice("member " + member.value() + " of team", team.value());
    }
    if (member instanceof TeamId inner) {
      inside.computeIfAbsent(team, _ -> new HashSet<>()).add(inner);
    }
    changes.add(joined);
    return null;
  }

  public @Nullable Refusal dashboard(DashboardId dashboard, DashboardFacts facts) {
    if (!users.containsKey(facts.owner())) {
      return unknown("owner", facts.owner().value());
    }
    if (facts.workspace() != null && !workspaces.contains(facts.workspace())) {
      return unknown("workspace", facts.workspace().value());
    }
    if (owners.put(dashboard, facts.owner()) != null) {
      return twice("dashboard", dashboard.value());
    }
    changes.add(new DashboardChanged(dashboard, null, facts));
    return null;
  }

  public @Nullable Refusal entry(DashboardId dashboard, Subject subject, Entry entry) {
    UserId owner = owners.get(dashboard);
    if (owner == null) {
      return unknown("dashboard", dashboard.value());
    }
    if (!isKnown(subject)) {
      return unknown("subject", subject.value());
    }
    if (owner.equals(subject)) {
      return malformed("%s owns dashboard %s; an owner has no entry".formatted(owner, dashboard));
    }
    if (!entries.add(new Entitled(dashboard, subject))) {
      return twice("the entry of " + subject.value() + " on dashboard", dashboard.value());
    }
    changes.add(new EntryChanged(dashboard, subject, null, entry));
    return null;
  }

  public @Nullable Refusal subscription(DashboardId dashboard, UserId user) {
    if (!owners.containsKey(dashboard)) {
      return unknown("dashboard", dashboard.value());
    }
    if (!users.containsKey(user)) {
      return unknown("user", user.value());
    }
    SubscriptionChanged subscribed = new SubscriptionChanged(dashboard, user, true);
    if (!subscriptions.add(subscribed)) {
      return twice("the subscription of " + user.value() + " to dashboard", dashboard.value());
    }
    if (subscriptionsOf.merge(user, 1, Integer::sum) > DigestCommands.MOST_SUBSCRIPTIONS) {
      return malformed(
          "%s has subscribed to more than %d dashboards"
              .formatted(user, DigestCommands.MOST_SUBSCRIPTIONS));
    }
    changes.add(subscribed);
    return null;
  }

  /** What is wrong with the whole, once everything is in. */
  public @Nullable Refusal whole() {
    if (id == null) {
      return malformed("there is no header");
    }
    boolean hasAdmin = users.values().stream().anyMatch(UserFacts::isActiveAdmin);
    return hasAdmin
        ? null
        : Refusal.of(
            Reason.LAST_ADMIN,
            "Organization %s has no ACTIVE ADMIN; it must keep at least one.".formatted(id));
  }

  /** Facts of a user with what was left out filled in. */
  public static UserFacts facts(
      Role role,
      Status status,
      Instant createdAt,
      Instant adminSince,
      boolean activeResponse,
      boolean secondFactor) {
    return new UserFacts(
        role,
        status,
        createdAt,
        role == Role.ADMIN ? adminSince : null,
        activeResponse,
        secondFactor);
  }

  public static Refusal malformed(String message) {
    return Refusal.of(Reason.MALFORMED_IMPORT, message);
  }

  private boolean isKnown(Subject subject) {
    return switch (subject) {
      case UserId user -> users.containsKey(user);
      case TeamId team -> teams.contains(team);
    };
  }

  /** Whether {@code target} is {@code from} or is held by it, however deep. */
  private boolean reaches(TeamId from, TeamId target) {
    Set<TeamId> seen = new HashSet<>();
    Deque<TeamId> left = new ArrayDeque<>(List.of(from));
    while (!left.isEmpty()) {
      TeamId team = left.remove();
      if (team.equals(target)) {
        return true;
      }
      if (seen.add(team)) {
        left.addAll(inside.getOrDefault(team, Set.of()));
      }
    }
    return false;
  }

  private static Refusal twice(String kind, String id) {
    return Refusal.of(Reason.NAMED_TWICE, "%s %s comes twice".formatted(kind, id));
  }

  private static Refusal unknown(String kind, String id) {
    return malformed("%s %s has not come before".formatted(kind, id));
  }
}
