package dev.sightline.graph;

/**
 * A team. The closure is kept upwards only: who is in a team is in its {@link #ancestors}, too, so
 * putting one team into another changes the closures of the teams below and nothing else.
 */
final class TeamNode extends Node {
  private static final int GOLDEN = 0x9E3779B9;

  private final boolean present;

  /** The teams that this one is in directly. */
  final int[] parents;

  /** The teams that are in this one directly. */
  final int[] children;

  /** All teams that this one is in, itself included. */
  final int[] ancestors;

  /** The users who are in it directly. */
  final int[] users;

  /** The team's entries by dashboard, see {@link EntryLink}. */
  final int[] entries;

  /** A bit for each of the {@link #ancestors}, several of which may share one. */
  private final long ancestorBits;

  private TeamNode(
      byte[] text,
      boolean present,
      int[] parents,
      int[] children,
      int[] ancestors,
      int[] users,
      int[] entries) {
    super(text);
    this.present = present;
    this.parents = parents;
    this.children = children;
    this.ancestors = ancestors;
    this.users = users;
    this.entries = entries;
    this.ancestorBits = bits(ancestors);
  }

  static TeamNode gone(byte[] text, int ordinal) {
    int[] none = SortedInts.NONE;
    return new TeamNode(text, false, none, none, new int[] {ordinal}, none, none);
  }

  TeamNode withPresent(boolean present) {
    return new TeamNode(text, present, parents, children, ancestors, users, entries);
  }

  TeamNode withParents(int[] parents) {
    return new TeamNode(text, present, parents, children, ancestors, users, entries);
  }

  TeamNode withChildren(int[] children) {
    return new TeamNode(text, present, parents, children, ancestors, users, entries);
  }

  TeamNode withAncestors(int[] ancestors) {
    return new TeamNode(text, present, parents, children, ancestors, users, entries);
  }

  TeamNode withUsers(int[] users) {
    return new TeamNode(text, present, parents, children, ancestors, users, entries);
  }

  TeamNode withEntries(int[] entries) {
    return new TeamNode(text, present, parents, children, ancestors, users, entries);
  }

  /** The {@link #bit}s of all teams that this one is in. */
  long ancestorBits() {
    return ancestorBits;
  }

  /** Whether this team is {@code team}, or in it at whatever depth. */
  boolean isWithin(int team) {
    return (ancestorBits & bit(team)) != 0 && SortedInts.containsAmongFew(ancestors, team);
  }

  private static long bits(int[] teams) {
    long bits = 0;
    for (int team : teams) {
      bits |= bit(team);
    }
    return bits;
  }

  /** A bit that stands for a team, and for others. */
  static long bit(int team) {
    return 1L << ((team * GOLDEN) >>> 26);
  }

  boolean isUnreferenced() {
    return parents.length == 0 && children.length == 0 && users.length == 0 && entries.length == 0;
  }

  @Override
  boolean present() {
    return present;
  }

  long fingerprint() {
    return present ? Fingerprints.team(stableHash()) : 0;
  }

  @Override
  long weightInBytes() {
    return 48
        + arrayWeight(text.length, 1)
        + weight(parents)
        + weight(children)
        + weight(ancestors)
        + weight(users)
        + weight(entries);
  }
}
