package dev.sightline.graph;

import dev.sightline.change.UserFacts;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import org.jspecify.annotations.Nullable;

/** A user: the deciding facts, and the ways from the user to what the user may reach. */
final class UserNode extends PersonNode {
  private static final int STATUS_SHIFT = 2;
  private static final int ACTIVE_RESPONSE = 1 << 4;
  private static final int SECOND_FACTOR = 1 << 5;
  private static final int GONE = Status.DELETED.ordinal() << STATUS_SHIFT;
  private static final int ACTIVE_MASK = 3 << STATUS_SHIFT;
  private static final int ACTIVE = Status.ACTIVE.ordinal() << STATUS_SHIFT;
  private static final Role[] ROLES = Role.values();
  private static final Status[] STATUSES = Status.values();

  private final int packed;
  private final long createdAt;
  private final long adminSince;

  /** The teams that the user is in directly. */
  final int[] teams;

  /** The user's entries by dashboard, see {@link EntryLink}. */
  final int[] entries;

  /** The dashboards that the user owns. */
  final int[] owned;

  /** The dashboards that the user wants in the digest, deleted ones included. */
  final int[] subscriptions;

  private UserNode(
      byte[] text,
      int packed,
      long createdAt,
      long adminSince,
      int[] teams,
      int[] entries,
      int[] owned,
      int[] subscriptions) {
    super(text);
    this.packed = packed;
    this.createdAt = createdAt;
    this.adminSince = adminSince;
    this.teams = teams;
    this.entries = entries;
    this.owned = owned;
    this.subscriptions = subscriptions;
  }

  /** A user who is not there (yet, or any more). */
  static UserNode gone(byte[] text) {
    int[] none = SortedInts.NONE;
    return new UserNode(text, GONE, 0, Micros.NEVER, none, none, none, none);
  }

  UserNode with(@Nullable UserFacts facts) {
    return facts == null
        ? new UserNode(text, GONE, 0, Micros.NEVER, teams, entries, owned, subscriptions)
        : new UserNode(
            text,
            packed(facts),
            Micros.of(facts.createdAt()),
            Micros.ofEnd(facts.adminSince()),
            teams,
            entries,
            owned,
            subscriptions);
  }

  UserNode with(int[] teams, int[] entries, int[] owned, int[] subscriptions) {
    return new UserNode(text, packed, createdAt, adminSince, teams, entries, owned, subscriptions);
  }

  UserNode withTeams(int[] teams) {
    return with(teams, entries, owned, subscriptions);
  }

  UserNode withEntries(int[] entries) {
    return with(teams, entries, owned, subscriptions);
  }

  UserNode withOwned(int[] owned) {
    return with(teams, entries, owned, subscriptions);
  }

  UserNode withSubscriptions(int[] subscriptions) {
    return with(teams, entries, owned, subscriptions);
  }

  private static int packed(UserFacts facts) {
    return facts.role().ordinal()
        | facts.status().ordinal() << STATUS_SHIFT
        | (facts.activeResponse() ? ACTIVE_RESPONSE : 0)
        | (facts.secondFactor() ? SECOND_FACTOR : 0);
  }

  boolean isActive() {
    return (packed & ACTIVE_MASK) == ACTIVE;
  }

  boolean isAdmin() {
    return (packed & 3) == Role.ADMIN.ordinal();
  }

  boolean isActiveAdmin() {
    return isActive() && isAdmin();
  }

  /** Whether Active Response may be used: while ACTIVE, granted, and with a second factor. */
  boolean mayUseActiveResponse() {
    int needed = ACTIVE_RESPONSE | SECOND_FACTOR;
    return isActive() && (packed & needed) == needed;
  }

  /** Whether nothing refers to the user any more. */
  boolean isUnreferenced() {
    return teams.length == 0
        && entries.length == 0
        && owned.length == 0
        && subscriptions.length == 0;
  }

  long createdAt() {
    return createdAt;
  }

  /** Since when the user is an ADMIN, {@link Micros#NEVER} for any other role. */
  long adminSince() {
    return adminSince;
  }

  @Nullable UserFacts facts() {
    return !present()
        ? null
        : new UserFacts(
            ROLES[packed & 3],
            STATUSES[packed >>> STATUS_SHIFT & 3],
            Micros.instant(createdAt),
            Micros.end(adminSince),
            (packed & ACTIVE_RESPONSE) != 0,
            (packed & SECOND_FACTOR) != 0);
  }

  @Override
  boolean present() {
    return (packed & ACTIVE_MASK) != GONE;
  }

  /** The facts' part of the fingerprint; 0 for nobody. */
  long fingerprint() {
    return present() ? Fingerprints.user(stableHash(), packed, createdAt, adminSince) : 0;
  }

  @Override
  long weightInBytes() {
    return 56
        + arrayWeight(text.length, 1)
        + weight(teams)
        + weight(entries)
        + weight(owned)
        + weight(subscriptions);
  }
}
