package dev.sightline.rpc;

import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Instants;
import dev.sightline.command.Actor;
import dev.sightline.command.RequestCommands;
import dev.sightline.command.Stages;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.UserId;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.RequestReads;
import dev.sightline.store.RequestReads.RequestRow;
import dev.sightline.store.Rows.UserRow;
import dev.sightline.v1.GetRequestAccessScreenRequest;
import dev.sightline.v1.GetRequestAccessScreenResponse;
import dev.sightline.v1.RequestStanding;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody is shown who lands on a dashboard without access to it. */
final class RequestScreen {
  private final Calls calls;
  private final Proof proof;
  private final RequestReads requests;
  private final DirectoryReads directory;

  RequestScreen(Calls calls, Proof proof, RequestReads requests, DirectoryReads directory) {
    this.calls = calls;
    this.proof = proof;
    this.requests = requests;
    this.directory = directory;
  }

  GetRequestAccessScreenResponse shown(GetRequestAccessScreenRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    Actor actor = Requests.actor(organization, request.getActor());
    DashboardId dashboard = Requests.dashboard(request.getDashboardId());
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          Instant now = proof.now(fresh);
          OrgGraph graph = fresh.graph();
          DashboardRpc.refuse(Stages.member(graph, actor));
          DashboardRpc.refuse(RequestCommands.dashboardIsThere(graph, actor.user(), dashboard));
          return standing(graph, actor.user(), dashboard, now)
              .setOwnerName(ownerName(graph, dashboard))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  /** In the order in which asking is refused. */
  private GetRequestAccessScreenResponse.Builder standing(
      OrgGraph graph, UserId user, DashboardId dashboard, Instant now) {
    if (RequestCommands.canView(graph, user, dashboard)) {
      return only(RequestStanding.REQUEST_STANDING_CAN_VIEW);
    }
    Before before =
        requests.around(
            graph.id(),
            rows ->
                new Before(
                    RequestCommands.isApproved(rows.waiting(dashboard), user),
                    rows.lastDeclined(dashboard, user)));
    if (before.approved()) {
      return only(RequestStanding.REQUEST_STANDING_WAITS_FOR_PUBLICATION);
    }
    RequestId pending = graph.facts().pendingRequest(dashboard, user);
    if (pending != null) {
      RequestRow row = requests.request(graph.id(), pending);
      if (row != null && RequestCommands.asOf(graph, row.facts(), row.written(), now).isPending()) {
        return until(RequestStanding.REQUEST_STANDING_HAS_ASKED, row.facts().end())
            .setRequestId(pending.value());
      }
    }
    Instant askAgainAt = RequestCommands.askAgainAt(before.lastDeclined(), now);
    return askAgainAt != null
        ? until(RequestStanding.REQUEST_STANDING_MUST_WAIT, askAgainAt)
        : only(RequestStanding.REQUEST_STANDING_MAY_ASK);
  }

  /** What became of earlier requests of the same person for the same dashboard. */
  private record Before(boolean approved, @Nullable Instant lastDeclined) {}

  private static GetRequestAccessScreenResponse.Builder only(RequestStanding standing) {
    return GetRequestAccessScreenResponse.newBuilder().setStanding(standing);
  }

  private static GetRequestAccessScreenResponse.Builder until(
      RequestStanding standing, Instant end) {
    return only(standing).setUntilMicros(Instants.micros(end));
  }

  private String ownerName(OrgGraph graph, DashboardId dashboard) {
    DashboardFacts facts = Objects.requireNonNull(graph.facts().dashboard(dashboard));
    UserRow row = directory.<@Nullable UserRow>rows(graph.id(), rows -> rows.user(facts.owner()));
    return row == null || row.profile() == null ? "" : row.profile().name();
  }
}
