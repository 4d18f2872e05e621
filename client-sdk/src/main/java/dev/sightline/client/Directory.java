package dev.sightline.client;

import java.util.List;

/**
 * The people, teams and workspaces of an organization, as an actor manages them: an ADMIN, unless
 * said. Writes are durable when they return, are repeated safely, and are refused with nothing
 * changed, as those of {@link Actor} are.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="users"}
 */
public final class Directory {
  private final AsyncDirectory async;

  Directory(AsyncDirectory async) {
    this.async = async;
  }

  /**
   * For one write with a key that the caller makes up, 1 to 128 characters: repeated within 24
   * hours, it answers with what the first one did. With another write it is INVALID_ARGUMENT,
   * reason IDEMPOTENCY_KEY_REUSED.
   */
  public Directory withIdempotencyKey(String key) {
    return new Directory(async.withIdempotencyKey(key));
  }

  /** Adds somebody as ACTIVE. */
  public Result<User> addUser(NewUser user) {
    return Blocking.await(async.addUser(user));
  }

  /** A user, DELETED ones included. For MANAGERs, ADMINs and the user. */
  public User user(String user) {
    return Blocking.await(async.user(user));
  }

  /** Changes name, e-mail address or title. */
  public Result<User> editUser(String user, UserEdit edit) {
    return Blocking.await(async.editUser(user, edit));
  }

  /** Gives a user another role. An organization keeps at least one ACTIVE ADMIN. */
  public Result<User> changeRole(String user, Role role) {
    return Blocking.await(async.changeRole(user, role));
  }

  /** Shuts somebody out who keeps what is theirs. Never oneself, never the last ACTIVE ADMIN. */
  public Result<User> disableUser(String user) {
    return Blocking.await(async.disableUser(user));
  }

  /** Lets somebody in again. */
  public Result<User> enableUser(String user) {
    return Blocking.await(async.enableUser(user));
  }

  /**
   * Deletes somebody for good; the oldest admin inherits what they owned. Never oneself, never the
   * last ACTIVE ADMIN.
   */
  public Inheritance deleteUser(String user) {
    return Blocking.await(async.deleteUser(user));
  }

  /** The users who are not deleted, by id. For MANAGERs and ADMINs. */
  public Listing<User> users() {
    return new Listing<>(async.userPages());
  }

  /** Makes a team. */
  public Result<Team> createTeam(NewTeam team) {
    return Blocking.await(async.createTeam(team));
  }

  /** Gives a team another name, 1 to 200 characters. */
  public Written renameTeam(String team, String name) {
    return Blocking.await(async.renameTeam(team, name));
  }

  /** Deletes a team for good, with its entries and memberships. */
  public Written deleteTeam(String team) {
    return Blocking.await(async.deleteTeam(team));
  }

  /** Puts a user or a team into a team; a circle is FAILED_PRECONDITION, reason TEAM_CIRCLE. */
  public Written addTeamMember(String team, Subject member) {
    return Blocking.await(async.addTeamMember(team, member));
  }

  /** Takes a user or a team out of a team; one that is not in it is no error. */
  public Written removeTeamMember(String team, Subject member) {
    return Blocking.await(async.removeTeamMember(team, member));
  }

  /** The teams with their direct members, by id. For MANAGERs and ADMINs. */
  public Listing<Team> teams() {
    return new Listing<>(async.teamPages());
  }

  /** Makes a workspace. */
  public Result<Workspace> createWorkspace(NewWorkspace workspace) {
    return Blocking.await(async.createWorkspace(workspace));
  }

  /** The workspaces, by id. Any ACTIVE user may. */
  public List<Workspace> workspaces() {
    return Blocking.await(async.workspaces());
  }
}
