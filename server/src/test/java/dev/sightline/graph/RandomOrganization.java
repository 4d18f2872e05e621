package dev.sightline.graph;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Profile;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.Revision;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.RequestId;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small organization that changes at random, always by revisions that fit: every kind of change,
 * ends that coincide, teams in teams, people and dashboards that go, agents with grants. The same
 * seed gives the same history.
 */
public final class RandomOrganization {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00.000001Z");
  private static final List<String> GROUPS = List.of("Support", "Billing", "Über");

  private final Random random;
  private final NaiveOrganization facts = new NaiveOrganization();
  private final OrganizationId id;
  private final int scale;
  private List<Change> changes = new ArrayList<>();
  private Instant now = EPOCH;
  private long revision;
  private int made;

  /** {@code scale}: about how many users and dashboards there come to be. */
  public RandomOrganization(long seed, int scale) {
    this.random = new Random(seed);
    this.scale = scale;
    this.id = new OrganizationId("org-" + seed);
  }

  public OrganizationId id() {
    return id;
  }

  /** The facts at the last revision; live. */
  public NaiveOrganization facts() {
    return facts;
  }

  /** The next revision, one to eight changes. */
  public Revision next() {
    changes = new ArrayList<>();
    now = now.plus(random.nextInt(4), ChronoUnit.SECONDS);
    revision++;
    if (revision == 1) {
      found();
    }
    for (int i = random.nextInt(8); i >= 0; i--) {
      changeSomething();
    }
    return new Revision(new Position(revision, head(revision), now), changes);
  }

  private static LogHash head(long revision) {
    return revision == 0 ? LogHash.EMPTY : new LogHash("%064x".formatted(revision));
  }

  private void found() {
    OrganizationId parent = random.nextBoolean() ? new OrganizationId("root") : null;
    record(new Change.OrganizationChanged(null, new OrganizationFacts("Org", parent)));
    for (int i = 0; i < scale / 2; i++) {
      addUser();
    }
    addTeam();
    addTeam();
    addWorkspace();
    for (int i = 0; i < scale / 2; i++) {
      addDashboard();
    }
  }

  private void changeSomething() {
    switch (random.nextInt(26)) {
      case 0 -> addUser();
      case 1 -> addDashboard();
      case 2 -> addTeam();
      case 3 -> addWorkspace();
      case 4 -> changeUser();
      case 5, 6 -> changeDashboard();
      case 7, 8, 9, 10 -> changeEntry();
      case 11, 12, 13 -> changeMembership();
      case 14 -> inherit();
      case 15, 16 -> changeGrant();
      case 17 -> changeAgent();
      case 18 -> deleteUser();
      case 19 -> deleteDashboard();
      case 20 -> deleteTeam();
      case 21, 22 -> changeSubscription();
      case 23, 24 -> changeRequest();
      default -> changeNames();
    }
  }

  private void record(Change change) {
    facts.apply(change);
    changes.add(change);
  }

  private void addUser() {
    if (facts.users.size() < scale) {
      record(new Change.UserChanged(new UserId(name("user")), null, userFacts(now)));
    }
  }

  private UserFacts userFacts(Instant createdAt) {
    Role role = random.nextInt(5) == 0 ? Role.ADMIN : pick(List.of(Role.ANALYST, Role.MANAGER));
    Status status =
        pick(List.of(Status.ACTIVE, Status.ACTIVE, Status.ACTIVE, Status.INVITED, Status.DISABLED));
    Instant since = role == Role.ADMIN ? now.minusSeconds(random.nextInt(3)) : null;
    return new UserFacts(
        role, status, createdAt, since, random.nextBoolean(), random.nextBoolean());
  }

  private void changeUser() {
    UserId user = anyOf(facts.users.keySet());
    if (user != null) {
      UserFacts before = facts.users.get(user);
      record(new Change.UserChanged(user, before, userFacts(before.createdAt())));
    }
  }

  private void addTeam() {
    if (facts.teams.size() < 7) {
      record(new Change.TeamChanged(new TeamId(name("team")), null, new TeamFacts("Team")));
    }
  }

  private void addWorkspace() {
    if (facts.workspaces.size() < 3) {
      WorkspaceId workspace = new WorkspaceId(name("space"));
      record(new Change.WorkspaceChanged(workspace, null, new WorkspaceFacts("Space")));
    }
  }

  private void addDashboard() {
    UserId owner = anyOf(facts.users.keySet());
    if (owner != null && facts.dashboards.size() < scale) {
      DashboardId dashboard = new DashboardId(name("board"));
      record(new Change.DashboardChanged(dashboard, null, dashboardFacts(owner)));
    }
  }

  private DashboardFacts dashboardFacts(UserId owner) {
    return new DashboardFacts(
        "Größe " + random.nextInt(3), owner, level(), random.nextInt(4) == 0, workspace());
  }

  private @Nullable WorkspaceId workspace() {
    return random.nextInt(3) == 0 ? null : anyOf(facts.workspaces);
  }

  private void changeDashboard() {
    DashboardId dashboard = anyOf(facts.dashboards.keySet());
    if (dashboard == null) {
      return;
    }
    DashboardFacts before = facts.dashboards.get(dashboard);
    UserId other = anyOf(facts.users.keySet());
    DashboardFacts after =
        switch (random.nextInt(6)) {
          case 0 -> before.withName("Name " + made++);
          case 1 -> before.withCompanyDefault(level());
          case 2 -> before.withDraft(!before.draft());
          case 3 -> before.withWorkspace(workspace());
          case 4 -> other == null ? before : before.withOwner(other);
          default -> other == null ? before : dashboardFacts(other);
        };
    record(new Change.DashboardChanged(dashboard, before, after));
  }

  private void changeEntry() {
    DashboardId dashboard = anyOf(facts.dashboards.keySet());
    Subject subject =
        random.nextInt(3) == 0 ? anyOf(facts.teams.keySet()) : anyOf(facts.users.keySet());
    if (dashboard == null || subject == null) {
      return;
    }
    Entry before = facts.entries.getOrDefault(dashboard, Map.of()).get(subject);
    Entry after = before != null && random.nextInt(3) == 0 ? null : new Entry(level(), end());
    record(new Change.EntryChanged(dashboard, subject, before, after));
  }

  private void changeMembership() {
    TeamId team = anyOf(facts.teams.keySet());
    Subject member =
        random.nextInt(3) == 0 ? anyOf(facts.teams.keySet()) : anyOf(facts.users.keySet());
    if (team == null || member == null) {
      return;
    }
    boolean is = facts.teams.get(team).contains(member);
    boolean circle = member.equals(team) || facts.teamsOf(team).contains(member);
    if (is || !circle) {
      record(new Change.MembershipChanged(team, member, !is));
    }
  }

  private void inherit() {
    UserId from = anyOf(facts.users.keySet());
    UserId to = anyOf(facts.users.keySet());
    if (from != null && to != null && !from.equals(to)) {
      inherit(from, to);
    }
  }

  private void inherit(UserId from, UserId to) {
    List<DashboardId> owned = new ArrayList<>();
    facts.dashboards.forEach((dashboard, held) -> {
      if (held.owner().equals(from)) {
        owned.add(dashboard);
      }
    });
    record(new Change.EstateInherited(from, to, owned));
  }

  private void changeGrant() {
    GrantId grant = anyOf(facts.grants.keySet());
    if (grant != null && random.nextInt(3) == 0) {
      GrantFacts after = random.nextBoolean() ? null : grantFacts();
      record(new Change.GrantChanged(grant, facts.grants.get(grant), after));
    } else if (facts.grants.size() < 6) {
      record(new Change.GrantChanged(new GrantId(name("grant")), null, grantFacts()));
    }
  }

  private GrantFacts grantFacts() {
    UserId agent = anyOf(facts.agents.keySet());
    GrantFacts.Holder holder =
        agent == null || random.nextBoolean()
            ? new GrantFacts.Holder.Group(pick(GROUPS))
            : new GrantFacts.Holder.Agent(agent);
    Map<WorkspaceId, GrantFacts.WorkspaceScope> scopes = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0 && !facts.workspaces.isEmpty(); i--) {
      WorkspaceId workspace = pick(List.copyOf(facts.workspaces));
      SupportRole role = random.nextBoolean() ? null : pick(List.of(SupportRole.values()));
      scopes.put(workspace, new GrantFacts.WorkspaceScope(workspace, role));
    }
    Set<SupportRole> roles = EnumSet.of(pick(List.of(SupportRole.values())));
    roles.add(pick(List.of(SupportRole.values())));
    Instant start = random.nextInt(4) == 0 ? now.plusSeconds(random.nextInt(4)) : now;
    return new GrantFacts(holder, roles, List.copyOf(scopes.values()), start, end());
  }

  private void changeAgent() {
    UserId agent = anyOf(facts.agents.keySet());
    if (agent != null && random.nextBoolean()) {
      AgentFacts after = random.nextBoolean() ? null : new AgentFacts(pick(GROUPS));
      record(new Change.AgentChanged(agent, facts.agents.get(agent), after));
    } else if (facts.agents.size() < 4) {
      UserId added = new UserId("support:" + name("agent"));
      record(new Change.AgentChanged(added, null, new AgentFacts(pick(GROUPS))));
    }
  }

  private void deleteUser() {
    UserId user = anyOf(facts.users.keySet());
    if (user == null || facts.users.size() < 3) {
      return;
    }
    removeEntriesOf(user);
    leaveTeams(user);
    for (DashboardId dashboard : List.copyOf(facts.subscriptions.getOrDefault(user, Set.of()))) {
      record(new Change.SubscriptionChanged(dashboard, user, false));
    }
    UserId heir =
        facts.users.keySet().stream().filter(u -> !u.equals(user)).findFirst().orElseThrow();
    inherit(user, heir);
    record(new Change.UserChanged(user, facts.users.get(user), null));
  }

  private void changeSubscription() {
    UserId user = anyOf(facts.users.keySet());
    Set<DashboardId> wanted = facts.subscriptions.getOrDefault(user, Set.of());
    DashboardId dashboard = anyOf(random.nextBoolean() ? wanted : facts.dashboards.keySet());
    if (user != null && dashboard != null) {
      record(new Change.SubscriptionChanged(dashboard, user, !wanted.contains(dashboard)));
    }
  }

  private void changeRequest() {
    RequestId request = anyOf(facts.pendingRequests.keySet());
    UserId user = anyOf(facts.users.keySet());
    DashboardId dashboard = anyOf(facts.dashboards.keySet());
    if (request != null && user != null && random.nextInt(3) > 0) {
      RequestFacts before = facts.pendingRequests.get(request);
      record(new Change.RequestChanged(request, before, changed(before, user)));
    } else if (user != null && dashboard != null) {
      UserId addressee = pick(List.copyOf(facts.users.keySet()));
      Instant end = now.plusSeconds(random.nextInt(6));
      RequestFacts made = RequestFacts.pending(dashboard, user, addressee, now, end);
      record(new Change.RequestChanged(new RequestId(name("request")), null, made));
    }
  }

  private RequestFacts changed(RequestFacts request, UserId user) {
    return switch (random.nextInt(5)) {
      case 0 -> request.approved(user, now, Level.VIEWER);
      case 1 -> request.declined(null, now);
      case 2 -> request.expired();
      case 3 -> request.cancelled();
      default -> request.addressedTo(user);
    };
  }

  private void deleteTeam() {
    TeamId team = anyOf(facts.teams.keySet());
    if (team == null || random.nextBoolean()) {
      return;
    }
    removeEntriesOf(team);
    leaveTeams(team);
    for (Subject member : List.copyOf(facts.teams.get(team))) {
      record(new Change.MembershipChanged(team, member, false));
    }
    record(new Change.TeamChanged(team, new TeamFacts("Team"), null));
  }

  private void removeEntriesOf(Subject subject) {
    List.copyOf(facts.entries.keySet())
        .forEach(dashboard -> {
          Entry entry = facts.entries.get(dashboard).get(subject);
          if (entry != null) {
            record(new Change.EntryChanged(dashboard, subject, entry, null));
          }
        });
  }

  private void leaveTeams(Subject member) {
    for (TeamId team : List.copyOf(facts.teams.keySet())) {
      if (facts.teams.get(team).contains(member)) {
        record(new Change.MembershipChanged(team, member, false));
      }
    }
  }

  private void deleteDashboard() {
    DashboardId dashboard = anyOf(facts.dashboards.keySet());
    if (dashboard == null) {
      return;
    }
    Map.copyOf(facts.entries.getOrDefault(dashboard, Map.of()))
        .forEach(
            (subject, entry) -> record(new Change.EntryChanged(dashboard, subject, entry, null)));
    record(new Change.DashboardChanged(dashboard, facts.dashboards.get(dashboard), null));
  }

  private void changeNames() {
    UserId user = anyOf(facts.users.keySet());
    TeamId team = anyOf(facts.teams.keySet());
    if (user != null && team != null) {
      Profile profile = new Profile("Ann", new EmailAddress("ann@example.com"), "");
      record(new Change.ProfileChanged(user, profile, profile));
      record(new Change.TeamChanged(team, new TeamFacts("Team"), new TeamFacts("Team")));
    }
  }

  private String name(String kind) {
    return kind + "-" + made++ + ".a-rather-long-id".substring(random.nextInt(17));
  }

  private Level level() {
    return pick(List.of(Level.NONE, Level.VIEWER, Level.EDITOR));
  }

  private @Nullable Instant end() {
    return random.nextBoolean() ? null : now.plusSeconds(random.nextInt(6));
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private <T> @Nullable T anyOf(Collection<T> values) {
    return values.isEmpty() ? null : pick(List.copyOf(values));
  }
}
