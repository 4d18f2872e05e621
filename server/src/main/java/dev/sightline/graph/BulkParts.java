package dev.sightline.graph;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Computes for loaded nodes, in one pass each, what a draft keeps up change by change. */
final class BulkParts {
  private final Registry<PersonNode> people;
  private final Registry<TeamNode> teams;
  private final Registry<WorkspaceNode> workspaces;
  private final Registry<DashboardNode> dashboards;
  private final long[] peopleHashes;
  private final long[] teamHashes;
  private final long[] dashboardHashes;

  BulkParts(
      Registry<PersonNode> people,
      Registry<TeamNode> teams,
      Registry<WorkspaceNode> workspaces,
      Registry<DashboardNode> dashboards) {
    this.people = people;
    this.teams = teams;
    this.workspaces = workspaces;
    this.dashboards = dashboards;
    peopleHashes = hashes(people);
    teamHashes = hashes(teams);
    dashboardHashes = hashes(dashboards);
  }

  Parts parts(
      EntryColumns userEntries,
      EntryColumns teamEntries,
      PairColumns memberships,
      PairColumns subscriptions,
      long weight) {
    long fingerprint =
        things()
            + entries(userEntries, false, peopleHashes)
            + entries(teamEntries, true, teamHashes)
            + memberships(memberships)
            + subscriptions(subscriptions);
    return new Parts(
        null,
        people,
        dashboards,
        teams,
        workspaces,
        Registry.empty(),
        sets(),
        ends(userEntries, teamEntries),
        EndIndex.EMPTY,
        PendingRequests.NONE,
        counts((long) userEntries.size() + teamEntries.size(), memberships.size()),
        fingerprint,
        weight);
  }

  private static long[] hashes(Registry<? extends Node> nodes) {
    long[] hashes = new long[nodes.size()];
    Arrays.setAll(hashes, ordinal -> nodes.get(ordinal).stableHash());
    return hashes;
  }

  private long things() {
    long sum = 0;
    for (int i = 0; i < people.size(); i++) {
      sum += user(i).fingerprint();
    }
    for (int i = 0; i < teams.size(); i++) {
      sum += teams.get(i).fingerprint();
    }
    for (int i = 0; i < workspaces.size(); i++) {
      sum += workspaces.get(i).fingerprint();
    }
    for (int i = 0; i < dashboards.size(); i++) {
      DashboardNode node = dashboards.get(i);
      long workspace = node.workspace < 0 ? 0 : workspaces.get(node.workspace).stableHash();
      sum += node.fingerprint(peopleHashes[node.owner], workspace);
    }
    return sum;
  }

  private long entries(EntryColumns entries, boolean ofTeams, long[] subjectHashes) {
    long sum = 0;
    for (int row = 0; row < entries.size(); row++) {
      sum +=
          Fingerprints.entry(
              dashboardHashes[entries.dashboard(row)],
              ofTeams,
              subjectHashes[entries.subject(row)],
              entries.level(row),
              entries.end(row));
    }
    return sum;
  }

  private long memberships(PairColumns memberships) {
    long sum = 0;
    for (int row = 0; row < memberships.size(); row++) {
      long team = teamHashes[memberships.left(row)];
      sum += Fingerprints.membership(team, false, peopleHashes[memberships.right(row)]);
    }
    return sum;
  }

  private long subscriptions(PairColumns subscriptions) {
    long sum = 0;
    for (int row = 0; row < subscriptions.size(); row++) {
      long dashboard = dashboardHashes[subscriptions.right(row)];
      sum += Fingerprints.subscription(dashboard, peopleHashes[subscriptions.left(row)]);
    }
    return sum;
  }

  private Sets sets() {
    return new Sets(
        bits(people.size(), ordinal -> user(ordinal).isActive()),
        bits(people.size(), ordinal -> user(ordinal).isActiveAdmin()),
        Bits.NONE,
        bits(dashboards.size(), ordinal -> true),
        bits(dashboards.size(), ordinal -> !dashboards.get(ordinal).isDraft()),
        bits(dashboards.size(), ordinal -> dashboards.get(ordinal).isOpen()));
  }

  private static Bits bits(int size, IntPredicate member) {
    long[] words = new long[(size + 63) >>> 6];
    for (int i = 0; i < size; i++) {
      words[i >>> 6] |= member.test(i) ? 1L << i : 0;
    }
    return Bits.of(words);
  }

  private static EndIndex ends(EntryColumns userEntries, EntryColumns teamEntries) {
    int capacity =
        (userEntries.hasEnds() ? userEntries.size() : 0)
            + (teamEntries.hasEnds() ? teamEntries.size() : 0);
    long[] ends = new long[capacity];
    int[] ordinals = new int[capacity];
    int size = 0;
    for (EntryColumns entries : new EntryColumns[] {userEntries, teamEntries}) {
      for (int row = 0; entries.hasEnds() && row < entries.size(); row++) {
        if (entries.end(row) != Micros.NEVER) {
          ends[size] = entries.end(row);
          ordinals[size++] = entries.dashboard(row);
        }
      }
    }
    return EndIndex.of(Arrays.copyOf(ends, size), Arrays.copyOf(ordinals, size));
  }

  private GraphCounts counts(long entries, long memberships) {
    return new GraphCounts(
        people.size(),
        0,
        teams.size(),
        workspaces.size(),
        dashboards.size(),
        entries,
        memberships,
        0);
  }

  private UserNode user(int ordinal) {
    return (UserNode) people.get(ordinal);
  }
}
