package dev.sightline;

import com.google.protobuf.Message;
import dev.sightline.v1.Action;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.Because;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DeleteTeamRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.DuplicateDashboardRequest;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.Level;
import dev.sightline.v1.MoveDashboardRequest;
import dev.sightline.v1.RemoveTeamMemberRequest;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.RenameTeamRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.SetDraftRequest;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.TransferOwnershipRequest;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateUserRequest;
import dev.sightline.v1.UserStatus;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * One organization, and the access rules read off their page line by line: who may do what, how it
 * is refused, what it does. Slow, mutable, and without a thought shared with the service. It reads
 * the contract's requests, so what is compared is what callers see.
 */
final class RuleBook {
  /** Somebody, deleted ones included. */
  static final class User {
    String name = "";
    String email = "";
    String title = "";
    Role role = Role.ROLE_ANALYST;
    UserStatus status = UserStatus.USER_STATUS_ACTIVE;
    long created;
    long adminSince;

    boolean isActiveAdmin() {
      return status == UserStatus.USER_STATUS_ACTIVE && role == Role.ROLE_ADMIN;
    }
  }

  /** What somebody was given; {@code end} 0: for good. */
  record Entry(Level level, long end) {}

  /** A user or a team, told apart. */
  record Subject(boolean team, String id) {
    static Subject user(String id) {
      return new Subject(false, id);
    }

    static Subject team(String id) {
      return new Subject(true, id);
    }
  }

  /** A dashboard that is there. */
  static final class Dashboard {
    String name = "";
    String owner = "";
    Level companyDefault = Level.LEVEL_VIEWER;
    boolean draft;
    String workspace = "";
    final Map<Subject, Entry> entries =
        new TreeMap<>(Comparator.comparing((Subject s) -> s.team()).thenComparing(s -> s.id()));
  }

  /** A level and the line that gave it. */
  record Verdict(Level level, Because because) {}

  /** How a request ends: refused with a reason, or done, with or without a change. */
  record Outcome(String refusal, boolean changed) {
    static Outcome refused(String codeAndReason) {
      return new Outcome(codeAndReason, false);
    }

    static Outcome done(boolean changed) {
      return new Outcome("", changed);
    }
  }

  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String codeAndReason) {
      super(codeAndReason);
    }
  }

  final String id;
  final Map<String, User> users = new TreeMap<>();
  final Map<String, Set<Subject>> teams = new TreeMap<>();
  final Map<String, String> teamNames = new TreeMap<>();
  final Set<String> workspaces = new TreeSet<>();
  final Map<String, Dashboard> dashboards = new TreeMap<>();
  private final Set<String> usedTeams = new HashSet<>();
  private final Set<String> usedDashboards = new HashSet<>();
  long revision;
  long now;

  RuleBook(String id, long now) {
    this.id = id;
    this.now = now;
  }

  void addTeam(String team, String name) {
    teams.put(team, new LinkedHashSet<>());
    teamNames.put(team, name);
    usedTeams.add(team);
  }

  void addDashboard(String dashboard, Dashboard facts) {
    dashboards.put(dashboard, facts);
    usedDashboards.add(dashboard);
  }

  // ---- levels -------------------------------------------------------------------------------

  Verdict verdict(String userId, String dashboardId) {
    Dashboard dashboard = dashboards.get(dashboardId);
    User user = users.get(userId);
    if (dashboard == null || user == null || user.status == UserStatus.USER_STATUS_DELETED) {
      return new Verdict(Level.LEVEL_NONE, Because.BECAUSE_UNKNOWN);
    }
    if (user.status != UserStatus.USER_STATUS_ACTIVE) {
      return new Verdict(Level.LEVEL_NONE, Because.BECAUSE_INACTIVE);
    }
    if (dashboard.owner.equals(userId)) {
      return new Verdict(Level.LEVEL_OWNER, Because.BECAUSE_OWNER);
    }
    if (user.role == Role.ROLE_ADMIN) {
      return new Verdict(Level.LEVEL_EDITOR, Because.BECAUSE_ADMIN);
    }
    if (dashboard.draft) {
      return new Verdict(Level.LEVEL_NONE, Because.BECAUSE_DRAFT);
    }
    return granted(userId, dashboard);
  }

  /** Lines 6 to 8: by entries and default. */
  Verdict granted(String userId, Dashboard dashboard) {
    Entry own = dashboard.entries.get(Subject.user(userId));
    if (own != null && counts(own)) {
      return new Verdict(own.level(), Because.BECAUSE_USER_ENTRY);
    }
    Level highest = null;
    for (String team : teamsOf(Subject.user(userId))) {
      Entry entry = dashboard.entries.get(Subject.team(team));
      if (entry != null && counts(entry)) {
        highest = highest == null || entry.level().compareTo(highest) > 0 ? entry.level() : highest;
      }
    }
    return highest != null
        ? new Verdict(highest, Because.BECAUSE_TEAM_ENTRY)
        : new Verdict(dashboard.companyDefault, Because.BECAUSE_COMPANY_DEFAULT);
  }

  boolean counts(Entry entry) {
    return entry.end() == 0 || now < entry.end();
  }

  Set<String> teamsOf(Subject member) {
    Set<String> found = new TreeSet<>();
    teams.forEach((team, members) -> {
      if (members.contains(member)) {
        found.add(team);
        found.addAll(teamsOf(Subject.team(team)));
      }
    });
    return found;
  }

  boolean allowed(String userId, String dashboardId, Action action) {
    Verdict verdict = verdict(userId, dashboardId);
    boolean viewer = verdict.level().compareTo(Level.LEVEL_VIEWER) >= 0;
    boolean editor = verdict.level().compareTo(Level.LEVEL_EDITOR) >= 0;
    return switch (action) {
      case ACTION_VIEW, ACTION_INTERACT, ACTION_COPY_LINK, ACTION_SUBSCRIBE, ACTION_DUPLICATE ->
          viewer;
      case ACTION_EDIT, ACTION_RENAME, ACTION_MANAGE_ACCESS, ACTION_SHARE, ACTION_EXPORT -> editor;
      case ACTION_DELETE, ACTION_TRANSFER_OWNERSHIP, ACTION_SET_DRAFT ->
          verdict.because() == Because.BECAUSE_OWNER || verdict.because() == Because.BECAUSE_ADMIN;
      case ACTION_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  boolean seesPills(String userId, String dashboardId) {
    Because because = verdict(userId, dashboardId).because();
    return because == Because.BECAUSE_OWNER || because == Because.BECAUSE_ADMIN;
  }

  // ---- changes ------------------------------------------------------------------------------

  /** What becomes of a request, which is carried out if it is to be. */
  Outcome apply(Message request) {
    return revised(() -> carryOut(request));
  }

  /** What becomes of something that says whether it has changed anything, in a revision then. */
  Outcome revised(BooleanSupplier work) {
    try {
      boolean changed = work.getAsBoolean();
      if (changed) {
        revision++;
      }
      return Outcome.done(changed);
    } catch (Refused refused) {
      return Outcome.refused(refused.getMessage());
    }
  }

  boolean carryOut(Message request) {
    return switch (request) {
      case CreateDashboardRequest r -> create(r);
      case RenameDashboardRequest r -> rename(r);
      case DeleteDashboardRequest r -> delete(r);
      case DuplicateDashboardRequest r -> duplicate(r);
      case SetDraftRequest r -> setDraft(r);
      case MoveDashboardRequest r -> move(r);
      case TransferOwnershipRequest r -> transfer(r);
      case UpdateAccessRequest r -> updateAccess(r);
      case ShareDashboardRequest r -> share(r);
      case AddUserRequest r -> addUser(r);
      case UpdateUserRequest r -> updateUser(r);
      case ChangeRoleRequest r -> changeRole(r);
      case DisableUserRequest r -> disable(r);
      case EnableUserRequest r -> enable(r);
      case DeleteUserRequest r -> deleteUser(r);
      case CreateTeamRequest r -> createTeam(r);
      case RenameTeamRequest r -> renameTeam(r);
      case DeleteTeamRequest r -> deleteTeam(r);
      case AddTeamMemberRequest r -> addMember(r);
      case RemoveTeamMemberRequest r -> removeMember(r);
      case CreateWorkspaceRequest r -> createWorkspace(r);
      default -> throw new IllegalArgumentException(request.getClass().getName());
    };
  }

  private boolean create(CreateDashboardRequest r) {
    name(r.getName());
    grantableOrLeftOut(r.getCompanyDefault());
    member(r.getOrganizationId(), r.getActor());
    workspace(r.getWorkspaceId());
    unused(usedDashboards.contains(r.getDashboardId()));
    Dashboard made = new Dashboard();
    made.name = r.getName();
    made.owner = r.getActor().getUserId();
    made.companyDefault =
        r.getCompanyDefault() == Level.LEVEL_UNSPECIFIED
            ? Level.LEVEL_VIEWER
            : r.getCompanyDefault();
    made.draft = r.getDraft();
    made.workspace = r.getWorkspaceId();
    addDashboard(r.getDashboardId(), made);
    return true;
  }

  private boolean rename(RenameDashboardRequest r) {
    name(r.getName());
    Dashboard dashboard =
        seen(r.getOrganizationId(), r.getActor(), r.getDashboardId(), Action.ACTION_RENAME);
    boolean changed = !dashboard.name.equals(r.getName());
    dashboard.name = r.getName();
    return changed;
  }

  private boolean delete(DeleteDashboardRequest r) {
    seen(r.getOrganizationId(), r.getActor(), r.getDashboardId(), Action.ACTION_DELETE);
    dashboards.remove(r.getDashboardId());
    return true;
  }

  private boolean duplicate(DuplicateDashboardRequest r) {
    Dashboard original =
        seen(r.getOrganizationId(), r.getActor(), r.getDashboardId(), Action.ACTION_DUPLICATE);
    unused(usedDashboards.contains(r.getNewDashboardId()));
    boolean shutsOut =
        original.companyDefault == Level.LEVEL_NONE
            || original.entries.values().stream()
                .anyMatch(entry -> entry.level() == Level.LEVEL_NONE && counts(entry));
    Dashboard copy = new Dashboard();
    copy.name = r.getName().isEmpty() ? "Copy of " + original.name : r.getName();
    copy.owner = r.getActor().getUserId();
    copy.companyDefault = shutsOut ? Level.LEVEL_NONE : Level.LEVEL_VIEWER;
    copy.draft = true;
    addDashboard(r.getNewDashboardId(), copy);
    return true;
  }

  private boolean setDraft(SetDraftRequest r) {
    Dashboard dashboard =
        seen(r.getOrganizationId(), r.getActor(), r.getDashboardId(), Action.ACTION_SET_DRAFT);
    boolean changed = dashboard.draft != r.getDraft();
    dashboard.draft = r.getDraft();
    return changed;
  }

  private boolean move(MoveDashboardRequest r) {
    Dashboard dashboard =
        seen(r.getOrganizationId(), r.getActor(), r.getDashboardId(), Action.ACTION_SET_DRAFT);
    workspace(r.getWorkspaceId());
    boolean changed = !dashboard.workspace.equals(r.getWorkspaceId());
    dashboard.workspace = r.getWorkspaceId();
    return changed;
  }

  private boolean transfer(TransferOwnershipRequest r) {
    Dashboard dashboard =
        seen(
            r.getOrganizationId(),
            r.getActor(),
            r.getDashboardId(),
            Action.ACTION_TRANSFER_OWNERSHIP);
    User to = known(r.getNewOwnerId());
    refuseIf(dashboard.owner.equals(r.getNewOwnerId()), "FAILED_PRECONDITION ALREADY_OWNER");
    boolean editor =
        to.role == Role.ROLE_ADMIN
            || granted(r.getNewOwnerId(), dashboard).level() == Level.LEVEL_EDITOR;
    refuseIf(
        to.status != UserStatus.USER_STATUS_ACTIVE || !editor, "FAILED_PRECONDITION NOT_AN_EDITOR");
    dashboard.entries.put(Subject.user(dashboard.owner), new Entry(Level.LEVEL_EDITOR, 0));
    dashboard.entries.remove(Subject.user(r.getNewOwnerId()));
    dashboard.owner = r.getNewOwnerId();
    return true;
  }

  private boolean updateAccess(UpdateAccessRequest r) {
    grantableOrLeftOut(r.getCompanyDefault());
    Set<Subject> named = new LinkedHashSet<>();
    for (EntryToSet set : r.getSetList()) {
      refuseIf(!grantable(set.getLevel()), "INVALID_ARGUMENT UNKNOWN_ENUM_VALUE");
      refuseIf(!named.add(subject(set)), "INVALID_ARGUMENT NAMED_TWICE");
      refuseIf(
          set.hasEndsAtMicros() && set.getEndsAtMicros() <= now, "INVALID_ARGUMENT OUT_OF_RANGE");
    }
    for (EntryToRemove remove : r.getRemoveList()) {
      refuseIf(!named.add(subject(remove)), "INVALID_ARGUMENT NAMED_TWICE");
    }
    Dashboard dashboard =
        seen(r.getOrganizationId(), r.getActor(), r.getDashboardId(), Action.ACTION_MANAGE_ACCESS);
    for (EntryToSet set : r.getSetList()) {
      notForOneself(r.getActor().getUserId(), dashboard, subject(set));
    }
    named.forEach(this::known);
    refuseIf(
        named.contains(Subject.user(dashboard.owner)), "FAILED_PRECONDITION OWNER_HAS_NO_ENTRY");
    boolean changed = false;
    if (r.getCompanyDefault() != Level.LEVEL_UNSPECIFIED) {
      changed = dashboard.companyDefault != r.getCompanyDefault();
      dashboard.companyDefault = r.getCompanyDefault();
    }
    for (EntryToSet set : r.getSetList()) {
      Entry wanted = new Entry(set.getLevel(), end(set));
      changed |= !wanted.equals(dashboard.entries.put(subject(set), wanted));
    }
    for (EntryToRemove remove : r.getRemoveList()) {
      Entry held = dashboard.entries.remove(subject(remove));
      changed |= held != null && counts(held);
    }
    return changed;
  }

  private long end(EntryToSet set) {
    return switch (set.getEndCase()) {
      case ENDS_AT_MICROS -> set.getEndsAtMicros();
      case EXPIRES_IN_MICROS -> now + set.getExpiresInMicros();
      case END_NOT_SET -> 0;
    };
  }

  private boolean share(ShareDashboardRequest r) {
    refuseIf(
        r.getLevel() != Level.LEVEL_VIEWER && r.getLevel() != Level.LEVEL_EDITOR,
        "INVALID_ARGUMENT UNKNOWN_ENUM_VALUE");
    Dashboard dashboard =
        seen(r.getOrganizationId(), r.getActor(), r.getDashboardId(), Action.ACTION_SHARE);
    String user = holder(r.getEmail());
    if (user == null) {
      throw new Refused("NOT_FOUND EMAIL_NOT_FOUND");
    }
    notForOneself(r.getActor().getUserId(), dashboard, Subject.user(user));
    refuseIf(dashboard.owner.equals(user), "FAILED_PRECONDITION OWNER_HAS_NO_ENTRY");
    Entry held = dashboard.entries.get(Subject.user(user));
    if (held != null && counts(held) && held.level().compareTo(r.getLevel()) >= 0) {
      return false;
    }
    dashboard.entries.put(Subject.user(user), new Entry(r.getLevel(), 0));
    return true;
  }

  private boolean addUser(AddUserRequest r) {
    name(r.getUser().getName());
    admin(r.getOrganizationId(), r.getActor());
    unused(users.containsKey(r.getUser().getId()));
    refuseIf(holder(r.getUser().getEmail()) != null, "ALREADY_EXISTS EMAIL_TAKEN");
    User user = new User();
    user.name = r.getUser().getName();
    user.email = r.getUser().getEmail();
    user.title = r.getUser().getTitle();
    user.role =
        r.getUser().getRole() == Role.ROLE_UNSPECIFIED ? Role.ROLE_ANALYST : r.getUser().getRole();
    user.created = now;
    user.adminSince = user.role == Role.ROLE_ADMIN ? now : 0;
    users.put(r.getUser().getId(), user);
    return true;
  }

  private boolean updateUser(UpdateUserRequest r) {
    if (r.hasName()) {
      name(r.getName());
    }
    admin(r.getOrganizationId(), r.getActor());
    User user = known(r.getUserId());
    String holder = r.hasEmail() ? holder(r.getEmail()) : null;
    refuseIf(holder != null && !holder.equals(r.getUserId()), "ALREADY_EXISTS EMAIL_TAKEN");
    String before = user.name + "\n" + user.email + "\n" + user.title;
    user.name = r.hasName() ? r.getName() : user.name;
    user.email = r.hasEmail() ? r.getEmail() : user.email;
    user.title = r.hasTitle() ? r.getTitle() : user.title;
    return !before.equals(user.name + "\n" + user.email + "\n" + user.title);
  }

  private boolean changeRole(ChangeRoleRequest r) {
    refuseIf(r.getRole() == Role.ROLE_UNSPECIFIED, "INVALID_ARGUMENT UNKNOWN_ENUM_VALUE");
    admin(r.getOrganizationId(), r.getActor());
    User user = known(r.getUserId());
    if (r.getRole() == user.role) {
      return false;
    }
    keepsAnAdmin(r.getUserId());
    user.role = r.getRole();
    user.adminSince = user.role == Role.ROLE_ADMIN ? now : 0;
    return true;
  }

  private boolean disable(DisableUserRequest r) {
    admin(r.getOrganizationId(), r.getActor());
    User user = known(r.getUserId());
    refuseIf(r.getUserId().equals(r.getActor().getUserId()), "FAILED_PRECONDITION OWN_ACCOUNT");
    refuseIf(user.status == UserStatus.USER_STATUS_INVITED, "FAILED_PRECONDITION STILL_INVITED");
    boolean changed = user.status != UserStatus.USER_STATUS_DISABLED;
    user.status = UserStatus.USER_STATUS_DISABLED;
    return changed;
  }

  private boolean enable(EnableUserRequest r) {
    admin(r.getOrganizationId(), r.getActor());
    User user = known(r.getUserId());
    refuseIf(user.status == UserStatus.USER_STATUS_INVITED, "FAILED_PRECONDITION STILL_INVITED");
    boolean changed = user.status != UserStatus.USER_STATUS_ACTIVE;
    user.status = UserStatus.USER_STATUS_ACTIVE;
    return changed;
  }

  private boolean deleteUser(DeleteUserRequest r) {
    admin(r.getOrganizationId(), r.getActor());
    User user = known(r.getUserId());
    refuseIf(r.getUserId().equals(r.getActor().getUserId()), "FAILED_PRECONDITION OWN_ACCOUNT");
    String heir = heirOf(r.getUserId());
    for (Dashboard dashboard : dashboards.values()) {
      dashboard.entries.remove(Subject.user(r.getUserId()));
      if (dashboard.owner.equals(r.getUserId())) {
        dashboard.owner = heir;
        dashboard.entries.remove(Subject.user(heir));
      }
    }
    teams.values().forEach(members -> members.remove(Subject.user(r.getUserId())));
    user.status = UserStatus.USER_STATUS_DELETED;
    return true;
  }

  /** Whose admin role has lasted longest, then the older account, then the lower id. */
  String heirOf(String deleted) {
    return users.entrySet().stream()
        .filter(user -> user.getValue().isActiveAdmin() && !user.getKey().equals(deleted))
        .min(
            Comparator.comparingLong((Map.Entry<String, User> user) -> user.getValue().adminSince)
                .thenComparingLong(user -> user.getValue().created)
                .thenComparing(Map.Entry::getKey))
        .orElseThrow()
        .getKey();
  }

  private boolean createTeam(CreateTeamRequest r) {
    name(r.getName());
    admin(r.getOrganizationId(), r.getActor());
    unused(usedTeams.contains(r.getTeamId()));
    addTeam(r.getTeamId(), r.getName());
    return true;
  }

  private boolean renameTeam(RenameTeamRequest r) {
    name(r.getName());
    admin(r.getOrganizationId(), r.getActor());
    known(Subject.team(r.getTeamId()));
    return !r.getName().equals(teamNames.put(r.getTeamId(), r.getName()));
  }

  private boolean deleteTeam(DeleteTeamRequest r) {
    admin(r.getOrganizationId(), r.getActor());
    Subject team = Subject.team(r.getTeamId());
    known(team);
    teams.remove(r.getTeamId());
    teamNames.remove(r.getTeamId());
    teams.values().forEach(members -> members.remove(team));
    dashboards.values().forEach(dashboard -> dashboard.entries.remove(team));
    return true;
  }

  private boolean addMember(AddTeamMemberRequest r) {
    Subject member =
        r.hasUserId() ? Subject.user(r.getUserId()) : Subject.team(r.getMemberTeamId());
    admin(r.getOrganizationId(), r.getActor());
    known(Subject.team(r.getTeamId()));
    known(member);
    boolean circle =
        member.team()
            && (member.id().equals(r.getTeamId())
                || teamsOf(Subject.team(r.getTeamId())).contains(member.id()));
    refuseIf(circle, "FAILED_PRECONDITION TEAM_CIRCLE");
    return teams.get(r.getTeamId()).add(member);
  }

  private boolean removeMember(RemoveTeamMemberRequest r) {
    Subject member =
        r.hasUserId() ? Subject.user(r.getUserId()) : Subject.team(r.getMemberTeamId());
    admin(r.getOrganizationId(), r.getActor());
    known(Subject.team(r.getTeamId()));
    known(member);
    return teams.get(r.getTeamId()).remove(member);
  }

  private boolean createWorkspace(CreateWorkspaceRequest r) {
    name(r.getName());
    admin(r.getOrganizationId(), r.getActor());
    unused(!workspaces.add(r.getWorkspaceId()));
    return true;
  }

  // ---- refusals, stage by stage ---------------------------------------------------------------

  static void refuseIf(boolean condition, String codeAndReason) {
    if (condition) {
      throw new Refused(codeAndReason);
    }
  }

  private static void name(String name) {
    refuseIf(name.isBlank() || name.length() > 200, "INVALID_ARGUMENT OUT_OF_RANGE");
  }

  private static boolean grantable(Level level) {
    return List.of(Level.LEVEL_NONE, Level.LEVEL_VIEWER, Level.LEVEL_EDITOR).contains(level);
  }

  private static void grantableOrLeftOut(Level level) {
    refuseIf(
        level != Level.LEVEL_UNSPECIFIED && !grantable(level),
        "INVALID_ARGUMENT UNKNOWN_ENUM_VALUE");
  }

  void member(String organization, Actor actor) {
    refuseIf(!organization.equals(id), "NOT_FOUND ORGANIZATION_NOT_FOUND");
    User user = users.get(actor.getUserId());
    boolean here = actor.getOrganizationId().isEmpty() || actor.getOrganizationId().equals(id);
    refuseIf(
        !here || user == null || user.status != UserStatus.USER_STATUS_ACTIVE,
        "PERMISSION_DENIED ACTOR_NOT_ALLOWED");
  }

  private void admin(String organization, Actor actor) {
    member(organization, actor);
    refuseIf(
        users.get(actor.getUserId()).role != Role.ROLE_ADMIN, "PERMISSION_DENIED ROLE_REQUIRED");
  }

  private Dashboard seen(String organization, Actor actor, String dashboard, Action action) {
    member(organization, actor);
    refuseIf(
        !allowed(actor.getUserId(), dashboard, Action.ACTION_VIEW),
        "NOT_FOUND DASHBOARD_NOT_FOUND");
    refuseIf(
        !allowed(actor.getUserId(), dashboard, action), "PERMISSION_DENIED ACTION_NOT_ALLOWED");
    return dashboards.get(dashboard);
  }

  private void notForOneself(String actor, Dashboard dashboard, Subject subject) {
    boolean free = dashboard.owner.equals(actor) || users.get(actor).role == Role.ROLE_ADMIN;
    boolean own =
        subject.team()
            ? teamsOf(Subject.user(actor)).contains(subject.id())
            : subject.id().equals(actor);
    refuseIf(own && !free, "PERMISSION_DENIED OWN_ENTRY");
  }

  private User known(String userId) {
    User user = users.get(userId);
    if (user == null || user.status == UserStatus.USER_STATUS_DELETED) {
      throw new Refused("NOT_FOUND USER_NOT_FOUND");
    }
    return user;
  }

  private void known(Subject subject) {
    if (subject.team()) {
      refuseIf(!teams.containsKey(subject.id()), "NOT_FOUND TEAM_NOT_FOUND");
    } else {
      known(subject.id());
    }
  }

  private void workspace(String workspace) {
    refuseIf(
        !workspace.isEmpty() && !workspaces.contains(workspace), "NOT_FOUND WORKSPACE_NOT_FOUND");
  }

  private static void unused(boolean used) {
    refuseIf(used, "ALREADY_EXISTS ID_TAKEN");
  }

  private void keepsAnAdmin(String without) {
    boolean another =
        users.entrySet().stream()
            .anyMatch(user -> user.getValue().isActiveAdmin() && !user.getKey().equals(without));
    refuseIf(!another, "FAILED_PRECONDITION LAST_ADMIN");
  }

  private String holder(String email) {
    return users.entrySet().stream()
        .filter(user -> user.getValue().status != UserStatus.USER_STATUS_DELETED)
        .filter(user -> user.getValue().email.equalsIgnoreCase(email))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  static Subject subject(EntryToSet set) {
    return set.hasTeamId() ? Subject.team(set.getTeamId()) : Subject.user(set.getUserId());
  }

  static Subject subject(EntryToRemove remove) {
    return remove.hasTeamId() ? Subject.team(remove.getTeamId()) : Subject.user(remove.getUserId());
  }
}
