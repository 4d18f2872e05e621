package dev.sightline;

import com.google.protobuf.Message;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AddUserRequest;
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
import dev.sightline.v1.NewUser;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes requests about an organization that is given: mostly sensible ones, by people who may, and
 * always some by people who may not, about what is not there, or that say what cannot be.
 */
final class RandomRequests {
  private static final Level[] LEVELS = {Level.LEVEL_NONE, Level.LEVEL_VIEWER, Level.LEVEL_EDITOR};
  private static final Role[] ROLES = {Role.ROLE_ANALYST, Role.ROLE_MANAGER, Role.ROLE_ADMIN};
  private static final long SECOND = 1_000_000;

  private final Random random;
  private final RuleBook book;
  private final List<String> dashboards;
  private int made;

  RandomRequests(long seed, RuleBook book) {
    this.random = new Random(seed);
    this.book = book;
    this.dashboards = new ArrayList<>(book.dashboards.keySet());
  }

  /** Every dashboard there ever was, and one that there never was. */
  List<String> dashboardIds() {
    List<String> ids = new ArrayList<>(dashboards);
    ids.add("no-dashboard");
    return ids;
  }

  /** How long until the next request, in microseconds: often no time at all. */
  long pause() {
    return oneIn(2) ? random.nextInt(4) * SECOND : 0;
  }

  Message next() {
    return switch (random.nextInt(56)) {
      case 0, 1, 2 -> create();
      case 3 ->
          RenameDashboardRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setDashboardId(dashboard())
              .setName(name())
              .build();
      case 4 ->
          DeleteDashboardRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setDashboardId(dashboard())
              .build();
      case 5, 6 -> duplicate();
      case 7, 8, 9 ->
          SetDraftRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setDashboardId(dashboard())
              .setDraft(random.nextBoolean())
              .build();
      case 10 ->
          MoveDashboardRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setDashboardId(dashboard())
              .setWorkspaceId(workspace())
              .build();
      case 11, 12, 13 ->
          TransferOwnershipRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setDashboardId(dashboard())
              .setNewOwnerId(user())
              .build();
      case 14, 15, 16, 17, 18, 19, 20, 21 -> updateAccess();
      case 22, 23, 24 ->
          ShareDashboardRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setDashboardId(dashboard())
              .setEmail(email())
              .setLevel(oneIn(15) ? Level.LEVEL_NONE : LEVELS[1 + random.nextInt(2)])
              .build();
      case 25 -> addUser();
      case 26 -> updateAccess();
      case 27 -> oneIn(3) ? deleteUser() : updateUser();
      case 28, 29 ->
          ChangeRoleRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(admin())
              .setUserId(user())
              .setRole(oneIn(20) ? Role.ROLE_UNSPECIFIED : oneOf(ROLES))
              .build();
      case 30 ->
          DisableUserRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(admin())
              .setUserId(user())
              .build();
      case 31, 32 ->
          EnableUserRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(admin())
              .setUserId(user())
              .build();
      case 33 -> oneIn(2) ? deleteUser() : createWorkspace();
      case 34 -> createTeam();
      case 35 ->
          oneIn(3)
              ? DeleteTeamRequest.newBuilder()
                  .setOrganizationId(organization())
                  .setActor(admin())
                  .setTeamId(team())
                  .build()
              : RenameTeamRequest.newBuilder()
                  .setOrganizationId(organization())
                  .setActor(admin())
                  .setTeamId(team())
                  .setName(name())
                  .build();
      case 36, 37, 38 -> addMember();
      case 39 -> removeMember();
      case 40, 41, 42 -> duplicate();
      case 43, 44, 45, 46 ->
          ShareDashboardRequest.newBuilder()
              .setOrganizationId(book.id)
              .setActor(actor())
              .setDashboardId(dashboard())
              .setEmail(email())
              .setLevel(LEVELS[1 + random.nextInt(2)])
              .build();
      default -> updateAccess();
    };
  }

  private Message create() {
    var request =
        CreateDashboardRequest.newBuilder()
            .setOrganizationId(organization())
            .setActor(actor())
            .setDashboardId(newDashboard())
            .setName(name())
            .setDraft(oneIn(3))
            .setWorkspaceId(workspace());
    if (oneIn(2)) {
      request.setCompanyDefault(oneIn(20) ? Level.LEVEL_OWNER : oneOf(LEVELS));
    }
    return request.build();
  }

  private Message duplicate() {
    return DuplicateDashboardRequest.newBuilder()
        .setOrganizationId(organization())
        .setActor(actor())
        .setDashboardId(dashboard())
        .setNewDashboardId(newDashboard())
        .setName(oneIn(2) ? "Copy" + made : "")
        .build();
  }

  private Message updateAccess() {
    var request =
        UpdateAccessRequest.newBuilder()
            .setOrganizationId(organization())
            .setActor(actor())
            .setDashboardId(dashboard());
    if (oneIn(4)) {
      request.setCompanyDefault(oneIn(20) ? Level.LEVEL_OWNER : oneOf(LEVELS));
    }
    Set<RuleBook.Subject> named = new HashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      EntryToSet set = entryToSet();
      if (named.add(RuleBook.subject(set)) || oneIn(5)) {
        request.addSet(set);
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      EntryToRemove.Builder remove = EntryToRemove.newBuilder();
      EntryToRemove made = (oneIn(2) ? remove.setUserId(user()) : remove.setTeamId(team())).build();
      if (named.add(RuleBook.subject(made)) || oneIn(5)) {
        request.addRemove(made);
      }
    }
    return request.build();
  }

  private EntryToSet entryToSet() {
    var set = EntryToSet.newBuilder().setLevel(oneIn(50) ? Level.LEVEL_OWNER : oneOf(LEVELS));
    if (oneIn(2)) {
      set.setUserId(user());
    } else {
      set.setTeamId(team());
    }
    if (oneIn(3)) {
      set.setEndsAtMicros(book.now + (random.nextInt(8) - (oneIn(10) ? 1 : -1)) * SECOND);
    } else if (oneIn(4)) {
      set.setExpiresInMicros((1 + random.nextInt(10)) * SECOND);
    }
    return set.build();
  }

  private Message addUser() {
    String id = oneIn(4) ? user() : "u" + ++made;
    return AddUserRequest.newBuilder()
        .setOrganizationId(organization())
        .setActor(admin())
        .setUser(
            NewUser.newBuilder()
                .setId(id)
                .setName(name())
                .setEmail(oneIn(10) ? email() : id + "." + ++made + "@example.org")
                .setTitle(oneIn(2) ? "Title " + made : "")
                .setRole(oneIn(4) ? Role.ROLE_UNSPECIFIED : oneOf(ROLES)))
        .build();
  }

  private Message updateUser() {
    var request =
        UpdateUserRequest.newBuilder()
            .setOrganizationId(organization())
            .setActor(admin())
            .setUserId(user());
    if (oneIn(2)) {
      request.setName(name());
    }
    if (oneIn(2)) {
      request.setEmail(oneIn(3) ? email() : "new." + ++made + "@example.org");
    }
    if (oneIn(2)) {
      request.setTitle(oneIn(2) ? "" : "Title " + random.nextInt(3));
    }
    return request.build();
  }

  private Message deleteUser() {
    return DeleteUserRequest.newBuilder()
        .setOrganizationId(organization())
        .setActor(admin())
        .setUserId(user())
        .build();
  }

  private Message createWorkspace() {
    return CreateWorkspaceRequest.newBuilder()
        .setOrganizationId(organization())
        .setActor(admin())
        .setWorkspaceId("w" + random.nextInt(6))
        .setName(name())
        .build();
  }

  private Message createTeam() {
    return CreateTeamRequest.newBuilder()
        .setOrganizationId(organization())
        .setActor(admin())
        .setTeamId("t" + random.nextInt(12))
        .setName(name())
        .build();
  }

  private Message addMember() {
    var request =
        AddTeamMemberRequest.newBuilder()
            .setOrganizationId(organization())
            .setActor(admin())
            .setTeamId(team());
    return (oneIn(2) ? request.setUserId(user()) : request.setMemberTeamId(team())).build();
  }

  private Message removeMember() {
    var request =
        RemoveTeamMemberRequest.newBuilder()
            .setOrganizationId(organization())
            .setActor(admin())
            .setTeamId(team());
    return (oneIn(2) ? request.setUserId(user()) : request.setMemberTeamId(team())).build();
  }

  private String organization() {
    return oneIn(100) ? "no-organization" : book.id;
  }

  /** Half of the time somebody who may do most things. */
  private Actor actor() {
    if (!oneIn(3)) {
      return Actor.newBuilder().setUserId(oneOf(admins())).build();
    }
    if (oneIn(40)) {
      return Actor.newBuilder().setUserId("support:nobody").build();
    }
    Actor.Builder actor = Actor.newBuilder().setUserId(user());
    return oneIn(40) ? actor.setOrganizationId("elsewhere").build() : actor.build();
  }

  /** Most of the time somebody who is an ADMIN. */
  private Actor admin() {
    return oneIn(6) ? actor() : Actor.newBuilder().setUserId(oneOf(admins())).build();
  }

  private List<String> admins() {
    return book.users.entrySet().stream()
        .filter(user -> user.getValue().isActiveAdmin())
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  /** Rather few people, so that what is said of one meets again. */
  private String user() {
    List<String> users = List.copyOf(book.users.keySet());
    return oneIn(25) ? "nobody" : oneIn(2) ? oneOf(users) : "p" + random.nextInt(8);
  }

  private String team() {
    return oneIn(25) || book.teams.isEmpty() ? "no-team" : oneOf(List.copyOf(book.teams.keySet()));
  }

  /** Mostly one that is there. */
  private String dashboard() {
    if (oneIn(25)) {
      return "no-dashboard";
    }
    return book.dashboards.isEmpty() || oneIn(12)
        ? oneOf(dashboardIds())
        : oneOf(List.copyOf(book.dashboards.keySet()));
  }

  private String newDashboard() {
    String id = oneIn(10) ? dashboard() : "d" + ++made;
    if (!dashboards.contains(id)) {
      dashboards.add(id);
    }
    return id;
  }

  private String workspace() {
    return oneIn(2) ? "" : "w" + random.nextInt(6);
  }

  private String email() {
    if (oneIn(10)) {
      return "nobody@example.org";
    }
    RuleBook.User user = oneOf(List.copyOf(book.users.values()));
    boolean there = user.status != UserStatus.USER_STATUS_DELETED;
    return there && oneIn(3) ? user.email.toUpperCase(java.util.Locale.ROOT) : user.email;
  }

  private String name() {
    return oneIn(30) ? "  " : "Name " + random.nextInt(5);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
