package dev.sightline.client;

import java.util.List;

/**
 * What a person does with dashboards. Writes are durable when they return, are seen by every later
 * call of this client, and are repeated safely: each has an idempotency key of its own. They are
 * refused, with nothing changed, by {@link SightlineException}: INVALID_ARGUMENT for what no state
 * would make valid; PERMISSION_DENIED if the actor is unknown, not ACTIVE, or may not; NOT_FOUND
 * for a dashboard that is not there or that the actor cannot view, and for anything else that is
 * named; ALREADY_EXISTS and FAILED_PRECONDITION if the state does not allow it.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="dashboards"}
 */
public final class Actor {
  private final AsyncActor async;

  Actor(AsyncActor async) {
    this.async = async;
  }

  /**
   * For one write with a key that the caller makes up, 1 to 128 characters: repeated within 24
   * hours, it answers with what the first one did. With another write it is INVALID_ARGUMENT,
   * reason IDEMPOTENCY_KEY_REUSED.
   */
  public Actor withIdempotencyKey(String key) {
    return new Actor(async.withIdempotencyKey(key));
  }

  /**
   * The same person, whose writes return only when nobody honours what was before them any more: no
   * node of the service and no near-cache; or when they have to return, which {@link
   * Written#spread} tells. The waiting is within the call's deadline and never makes a write fail.
   * Usually it takes milliseconds, and at most the service's max-staleness, whatever fails.
   *
   * {@snippet file="dev/sightline/client/Examples.java" region="everywhere"}
   */
  public Actor everywhere() {
    return new Actor(async.everywhere());
  }

  /** The people, teams and workspaces, as the actor manages them. */
  public Directory directory() {
    return new Directory(async.directory());
  }

  /** Makes a dashboard that belongs to the actor. Any ACTIVE user may. */
  public Result<Dashboard> createDashboard(NewDashboard dashboard) {
    return Blocking.await(async.createDashboard(dashboard));
  }

  /** A dashboard as the actor sees it. Needs VIEW. */
  public DashboardView dashboard(String dashboard) {
    return Blocking.await(async.dashboard(dashboard));
  }

  /** Gives a dashboard another name, 1 to 200 characters. Needs RENAME. */
  public Written renameDashboard(String dashboard, String name) {
    return Blocking.await(async.renameDashboard(dashboard, name));
  }

  /** Deletes a dashboard for good; its id is never used again. Needs DELETE. */
  public Written deleteDashboard(String dashboard) {
    return Blocking.await(async.deleteDashboard(dashboard));
  }

  /**
   * Makes a copy that belongs to the actor: a draft without entries and workspace. Needs DUPLICATE.
   */
  public Result<Dashboard> duplicateDashboard(Copy copy) {
    return Blocking.await(async.duplicateDashboard(copy));
  }

  /** Makes a dashboard a draft: only its owner and admins see it. Needs SET_DRAFT. */
  public Written makeDraft(String dashboard) {
    return Blocking.await(async.makeDraft(dashboard));
  }

  /** Publishes a draft. Needs SET_DRAFT. */
  public Written publish(String dashboard) {
    return Blocking.await(async.publish(dashboard));
  }

  /** Moves a dashboard into a workspace. Needs SET_DRAFT. */
  public Written moveToWorkspace(String dashboard, String workspace) {
    return Blocking.await(async.moveToWorkspace(dashboard, workspace));
  }

  /** Moves a dashboard out of any workspace. Needs SET_DRAFT. */
  public Written moveOutOfWorkspace(String dashboard) {
    return Blocking.await(async.moveOutOfWorkspace(dashboard));
  }

  /**
   * Hands a dashboard to an ACTIVE user who is ADMIN or an editor of it; the old owner becomes an
   * EDITOR by entry. Needs TRANSFER_OWNERSHIP.
   */
  public Written transferOwnership(String dashboard, String newOwner) {
    return Blocking.await(async.transferOwnership(dashboard, newOwner));
  }

  /**
   * What the access panel shows, with an etag for a change that must meet exactly this. Needs
   * MANAGE_ACCESS.
   */
  public DashboardAccess access(String dashboard) {
    return Blocking.await(async.access(dashboard));
  }

  /**
   * Sets the company default, sets entries and removes entries, whole or not at all. Needs
   * MANAGE_ACCESS.
   */
  public ChangedAccess changeAccess(String dashboard, AccessChange change) {
    return Blocking.await(async.changeAccess(dashboard, change));
  }

  /** What a change of access would do; changes nothing. Refused as the change would be. */
  public AccessPreview previewAccess(String dashboard, AccessChange change) {
    return Blocking.await(async.previewAccess(dashboard, change));
  }

  /**
   * Gives VIEWER or EDITOR to whoever has this e-mail address; never lowers what they have. Needs
   * SHARE.
   */
  public Share share(String dashboard, String email, Level level) {
    return Blocking.await(async.share(dashboard, email, level));
  }

  /**
   * People to share with, by a part of their name or e-mail address, 1 to 100 characters; at most
   * so many, 1 to 50.
   */
  public List<Person> searchPeople(String query, int limit) {
    return Blocking.await(async.searchPeople(query, limit));
  }
}
