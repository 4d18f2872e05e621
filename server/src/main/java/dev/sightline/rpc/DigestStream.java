package dev.sightline.rpc;

import dev.sightline.cache.Fresh;
import dev.sightline.cache.Requirement;
import dev.sightline.graph.Digests;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.v1.Digest;
import dev.sightline.v1.DigestDashboard;
import dev.sightline.v1.ResolveDigestsRequest;
import dev.sightline.v1.ResolveDigestsResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Digests on their way to whoever sends them on, some readers at a time.
 *
 * <p>INVARIANT: what is in a message was decided after its caller had room for it, on a graph that
 * was still fresh when it was decided. So nothing waits here that could be revoked meanwhile.
 */
final class DigestStream {
  /** About as much in a message; one reader's digest alone may be some 900 KiB at worst. */
  private static final int ENOUGH_BYTES = 128 << 10;

  /** So that nobody with much to look through makes what was decided first too old. */
  private static final int MOST_READERS = 1_000;

  private static final int MOST_REMEMBERED = 10_000;

  private final DigestReaders readers;
  private final Proof proof;

  /** Dashboards are in many digests: each is put into words once while nothing changes. */
  private final Map<Integer, DigestDashboard> remembered = new HashMap<>();

  private @Nullable OrgGraph rememberedOf;
  private int next;

  private DigestStream(DigestReaders readers, Proof proof) {
    this.readers = readers;
    this.proof = proof;
  }

  /** Sends all that is asked for, no faster than it is taken. */
  static void send(
      ResolveDigestsRequest request,
      Calls calls,
      Proof proof,
      Backpressure<ResolveDigestsResponse> stream)
      throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    Requirement requirement = Calls.requirement(organization, request.getConsistency());
    DigestReaders readers =
        request.getUserIdsCount() > 0
            ? DigestReaders.Named.of(request.getUserIdsList())
            : calls.fresh(
                organization, requirement, fresh -> DigestReaders.Subscribers.of(fresh.graph()));
    var digests = new DigestStream(readers, proof);
    while (digests.next < readers.size()) {
      stream.awaitReady();
      Part part = calls.fresh(organization, requirement, digests::part);
      digests.next = part.next();
      if (part.message().getDigestsCount() > 0) {
        stream.send(part.message());
      }
    }
    stream.complete();
  }

  /**
   * A message.
   *
   * @param next the reader whom the one after it begins with
   */
  private record Part(ResolveDigestsResponse message, int next) {}

  /** Decided anew, from the same reader on, if it took so long that the graph is stale. */
  private Part part(Fresh fresh) {
    OrgGraph graph = fresh.graph();
    forgetOthers(graph);
    ResolveDigestsResponse.Builder message = ResolveDigestsResponse.newBuilder();
    int bytes = 0;
    int at = next;
    int most = Math.min(readers.size(), next + MOST_READERS);
    while (at < most && bytes < ENOUGH_BYTES) {
      Digest digest = digest(graph, readers.id(at++));
      if (digest.getDashboardsCount() > 0 || readers instanceof DigestReaders.Named) {
        message.addDigests(digest);
        bytes += digest.getSerializedSize();
      }
    }
    return new Part(
        message
            .setPosition(proof.position(fresh))
            .setProofAgeMicros(proof.ageMicros(fresh))
            .build(),
        at);
  }

  private Digest digest(OrgGraph graph, String reader) {
    Digest.Builder digest = Digest.newBuilder().setUserId(reader);
    for (int dashboard : Digests.of(graph, graph.personOrdinal(reader))) {
      digest.addDashboards(dashboard(graph, dashboard));
    }
    return digest.build();
  }

  private DigestDashboard dashboard(OrgGraph graph, int dashboard) {
    DigestDashboard known = remembered.get(dashboard);
    if (known == null) {
      known =
          DigestDashboard.newBuilder()
              .setDashboardId(graph.dashboard(dashboard).value())
              .setName(graph.dashboardName(dashboard))
              .build();
      if (remembered.size() < MOST_REMEMBERED) {
        remembered.put(dashboard, known);
      }
    }
    return known;
  }

  /** Names may be others, and after a fork even ordinals. */
  private void forgetOthers(OrgGraph graph) {
    if (rememberedOf == null || !graph.hasSameFactsAs(rememberedOf)) {
      remembered.clear();
    }
    rememberedOf = graph;
  }
}
