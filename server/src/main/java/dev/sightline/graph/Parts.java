package dev.sightline.graph;

import dev.sightline.change.OrganizationFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a graph holds apart from its position: shared by the graphs between which only time passed.
 *
 * @param entryEnds the ends of entries, by dashboard
 * @param grantTimes the starts and ends of grants, by grant
 * @param fingerprint the sum of all facts' {@link Fingerprints}
 * @param nodeWeight the heap of the nodes, in bytes
 */
record Parts(
    @Nullable OrganizationFacts organization,
    Registry<PersonNode> people,
    Registry<DashboardNode> dashboards,
    Registry<TeamNode> teams,
    Registry<WorkspaceNode> workspaces,
    Registry<GrantNode> grants,
    Sets sets,
    EndIndex entryEnds,
    EndIndex grantTimes,
    PendingRequests requests,
    GraphCounts counts,
    long fingerprint,
    long nodeWeight) {
  static final Parts EMPTY =
      new Parts(
          null,
          Registry.empty(),
          Registry.empty(),
          Registry.empty(),
          Registry.empty(),
          Registry.empty(),
          Sets.NONE,
          EndIndex.EMPTY,
          EndIndex.EMPTY,
          PendingRequests.NONE,
          GraphCounts.NONE,
          0,
          0);

  long nextEndAfter(long instant) {
    return Math.min(entryEnds.nextAfter(instant), grantTimes.nextAfter(instant));
  }

  long weightInBytes() {
    return 250
        + nodeWeight
        + people.weightInBytes()
        + dashboards.weightInBytes()
        + teams.weightInBytes()
        + workspaces.weightInBytes()
        + grants.weightInBytes()
        + sets.weightInBytes()
        + entryEnds.weightInBytes()
        + grantTimes.weightInBytes()
        + requests.weightInBytes();
  }
}
