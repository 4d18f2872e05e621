package dev.sightline.rpc;

import dev.sightline.auth.PageCursors;
import dev.sightline.change.RequestFacts;
import dev.sightline.command.Actor;
import dev.sightline.command.RequestCommands;
import dev.sightline.command.Stages;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.UserId;
import dev.sightline.store.Page;
import dev.sightline.store.RequestReads;
import dev.sightline.store.RequestReads.Filter;
import dev.sightline.store.RequestReads.RequestRow;
import dev.sightline.v1.AccessRequest;
import dev.sightline.v1.GetRequestRequest;
import dev.sightline.v1.GetRequestResponse;
import dev.sightline.v1.ListRequestsRequest;
import dev.sightline.v1.ListRequestsResponse;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What there is to read of access requests, as of now: what time has ended counts as ended. */
final class RequestLists {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  /** So many rows are read at once, and so many are looked through at most for one page. */
  private static final int AT_ONCE = 500;

  private static final int MOST_LOOKED_THROUGH = 5_000;

  private final Calls calls;
  private final Proof proof;
  private final RequestReads requests;
  private final PageCursors cursors;

  RequestLists(Calls calls, Proof proof, RequestReads requests, PageCursors cursors) {
    this.calls = calls;
    this.proof = proof;
    this.requests = requests;
    this.cursors = cursors;
  }

  GetRequestResponse request(GetRequestRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    RequestId id = Requests.id("request_id", request.getRequestId(), RequestId::new);
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          Instant now = proof.now(fresh);
          View view = view(fresh.graph(), request.hasActor(), request.getActor(), now);
          RequestRow row = requests.request(organization, id);
          if (row == null || !view.sees(row.facts())) {
            throw Statuses.exception(RequestCommands.noRequest(id));
          }
          return GetRequestResponse.newBuilder()
              .setRequest(view.message(row, view.asOf(row)))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  ListRequestsResponse requests(ListRequestsRequest request, String caller) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    int size = Requests.within("page_size", request.getPageSize(), USUAL_PAGE, LARGEST_PAGE);
    Set<RequestStatus> statuses = RequestMessages.statuses(request.getStatus());
    Filter filter = filter(request, statuses);
    var list = Pages.listOf(caller, request.toBuilder().clearPageSize().clearPageToken());
    String after = Pages.after(cursors, list, request.getPageToken());
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          Instant now = proof.now(fresh);
          View view = view(fresh.graph(), request.hasActor(), request.getActor(), now);
          ListRequestsResponse.Builder response = ListRequestsResponse.newBuilder();
          String goesOnAfter = collect(view, organization, filter, statuses, after, size, response);
          return response
              .setNextPageToken(Pages.token(cursors, list, goesOnAfter))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  /**
   * Collects a page.
   *
   * @return the id after which the list goes on, empty at its end
   */
  private String collect(
      View view,
      OrganizationId organization,
      Filter filter,
      Set<RequestStatus> statuses,
      String after,
      int size,
      ListRequestsResponse.Builder into) {
    String last = after;
    for (int looked = 0; looked < MOST_LOOKED_THROUGH; looked += AT_ONCE) {
      Page page = last.isEmpty() ? Page.first(AT_ONCE) : new Page(last, AT_ONCE);
      List<RequestRow> rows = requests.requests(organization, filter, page);
      for (RequestRow row : rows) {
        if (into.getRequestsCount() == size) {
          return last;
        }
        last = row.id().value();
        RequestFacts facts = view.asOf(row);
        if (statuses.contains(facts.status()) && view.sees(facts)) {
          into.addRequests(view.message(row, facts));
        }
      }
      if (rows.size() < AT_ONCE) {
        return "";
      }
    }
    return last;
  }

  private static Filter filter(ListRequestsRequest request, Set<RequestStatus> statuses) {
    EnumSet<RequestStatus> stored = EnumSet.copyOf(statuses);
    if (statuses.contains(RequestStatus.EXPIRED) || statuses.contains(RequestStatus.CANCELLED)) {
      stored.add(RequestStatus.PENDING);
    }
    return new Filter(
        stored,
        request.getDashboardId().isEmpty() ? null : Requests.dashboard(request.getDashboardId()),
        userOrAny("requester_id", request.getRequesterId()),
        userOrAny("addressee_id", request.getAddresseeId()));
  }

  private static @Nullable UserId userOrAny(String field, String value) {
    return value.isEmpty() ? null : Requests.user(field, value);
  }

  /**
   * What somebody sees of requests.
   *
   * @param viewer null: a service, which sees all
   */
  private record View(OrgGraph graph, @Nullable UserId viewer, Instant now) {
    RequestFacts asOf(RequestRow stored) {
      return RequestCommands.asOf(graph, stored.facts(), stored.written(), now);
    }

    boolean sees(RequestFacts request) {
      return decides(request) || request.requester().equals(viewer);
    }

    AccessRequest message(RequestRow row, RequestFacts facts) {
      return decides(facts)
          ? RequestMessages.request(row.id(), facts, row.reason())
          : RequestMessages.withoutDecider(row.id(), facts, row.reason());
    }

    private boolean decides(RequestFacts request) {
      return viewer == null || RequestCommands.mayManage(graph, viewer, request.dashboard());
    }
  }

  private static View view(
      OrgGraph graph, boolean hasActor, dev.sightline.v1.Actor named, Instant now) {
    if (!hasActor) {
      DashboardRpc.refuse(Stages.organization(graph));
      return new View(graph, null, now);
    }
    Actor actor = Requests.actor(graph.id(), named);
    DashboardRpc.refuse(Stages.actor(graph, actor));
    return new View(graph, actor.user(), now);
  }
}
