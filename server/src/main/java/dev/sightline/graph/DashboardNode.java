package dev.sightline.graph;

import dev.sightline.change.DashboardFacts;
import dev.sightline.model.Level;
import org.jspecify.annotations.Nullable;

/** A dashboard with its entries: one row for users, one for teams. */
final class DashboardNode extends Node {
  private static final int DEFAULT_MASK = 3;
  private static final int DRAFT = 1 << 2;
  private static final int PRESENT = 1 << 3;

  private static final int FACTS_MASK = DEFAULT_MASK | DRAFT | PRESENT;
  private static final int LENGTH_SHIFT = 4;

  /** The facts, and the length of {@link #users} above them. */
  private final int packed;

  final int owner;

  /** -1 for none. */
  final int workspace;

  /** The slots of the users' entries, see {@link EntryRow}. */
  final int[] users;

  /** The slots of the teams' entries. */
  final int[] teams;

  private final @Nullable Ends ends;

  /** The ends beside the slots; null for a row without any. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Ends(long @Nullable [] users, long @Nullable [] teams) {}

  private DashboardNode(
      byte[] text,
      int packed,
      int owner,
      int workspace,
      int[] users,
      int[] teams,
      @Nullable Ends ends) {
    super(text);
    this.packed = (packed & FACTS_MASK) | (users.length << LENGTH_SHIFT);
    this.owner = owner;
    this.workspace = workspace;
    this.users = users;
    this.teams = teams;
    this.ends = ends;
  }

  static DashboardNode gone(byte[] text) {
    return new DashboardNode(text, 0, -1, -1, EntryRow.NO_SLOTS, EntryRow.NO_SLOTS, null);
  }

  DashboardNode with(DashboardFacts facts, int owner, int workspace) {
    int packed = facts.companyDefault().ordinal() | (facts.draft() ? DRAFT : 0) | PRESENT;
    byte[] named = rest().equals(facts.name()) ? text : Node.text(id(), facts.name());
    return new DashboardNode(named, packed, owner, workspace, users, teams, ends);
  }

  DashboardNode withoutFacts() {
    return new DashboardNode(Node.text(id(), ""), 0, -1, -1, users, teams, ends);
  }

  DashboardNode withOwner(int owner) {
    return new DashboardNode(text, packed, owner, workspace, users, teams, ends);
  }

  DashboardNode withRows(EntryRow users, EntryRow teams) {
    Ends both =
        users.ends() == null && teams.ends() == null ? null : new Ends(users.ends(), teams.ends());
    return new DashboardNode(text, packed, owner, workspace, users.slots(), teams.slots(), both);
  }

  DashboardNode withRow(boolean ofTeams, EntryRow row) {
    return ofTeams ? withRows(row(false), row) : withRows(row, row(true));
  }

  /** The index of a user's slot, -1 if the user has no entry. */
  int indexOfUser(int user) {
    return EntryRow.indexOf(users, packed >>> LENGTH_SHIFT, user);
  }

  EntryRow row(boolean ofTeams) {
    return ofTeams
        ? new EntryRow(teams, ends == null ? null : ends.teams)
        : new EntryRow(users, ends == null ? null : ends.users);
  }

  /** The end of the users' entry in a slot, {@link Micros#NEVER} if it has none. */
  long userEnd(int index) {
    return ends == null || ends.users == null ? Micros.NEVER : ends.users[index];
  }

  /** The end of the teams' entry in a slot, {@link Micros#NEVER} if it has none. */
  long teamEnd(int index) {
    return ends == null || ends.teams == null ? Micros.NEVER : ends.teams[index];
  }

  boolean isDraft() {
    return (packed & DRAFT) != 0;
  }

  /** The ordinal of the company default. */
  int companyDefault() {
    return packed & DEFAULT_MASK;
  }

  /** Whether it is published and its company default is not NONE. */
  boolean isOpen() {
    return (packed & DRAFT) == 0 && (packed & DEFAULT_MASK) != 0;
  }

  Level companyDefaultLevel() {
    return Level.ofOrdinal(companyDefault());
  }

  @Override
  boolean present() {
    return (packed & PRESENT) != 0;
  }

  /** The dashboard's own facts' part of the fingerprint, given its owner's and workspace's. */
  long fingerprint(long owner, long workspace) {
    return Fingerprints.dashboard(stableHash(), restHash(), packed & FACTS_MASK, owner, workspace);
  }

  @Override
  long weightInBytes() {
    return 40 + arrayWeight(text.length, 1) + weight(users) + weight(teams) + endsWeight();
  }

  private long endsWeight() {
    return ends == null
        ? 0
        : 24
            + (ends.users == null ? 0 : arrayWeight(ends.users.length, Long.BYTES))
            + (ends.teams == null ? 0 : arrayWeight(ends.teams.length, Long.BYTES));
  }
}
