package dev.sightline.rpc;

import dev.sightline.auth.PageCursors;
import dev.sightline.cache.Fresh;
import dev.sightline.cache.Requirement;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.Audience;
import dev.sightline.graph.OrdinalSet;
import dev.sightline.graph.OrgGraph;
import dev.sightline.graph.Purpose;
import dev.sightline.graph.VisibleDashboards;
import dev.sightline.model.OrganizationId;
import dev.sightline.v1.AudienceMember;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListAudienceResponse;
import dev.sightline.v1.ListFields;
import dev.sightline.v1.ListPurpose;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.ListVisibleDashboardsResponse;
import dev.sightline.v1.Pill;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import dev.sightline.v1.StreamVisibleDashboardsResponse;
import dev.sightline.v1.VisibleDashboard;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Lists, page by page, each decided on a graph that is fresh when it is sent.
 *
 * <p>Pages are in the order of ids and go on after the last id, so they need no memory of the pages
 * before: what stays visible throughout is listed exactly once, whatever changes meanwhile and
 * whichever node answers.
 */
final class Lists {
  private static final int USUAL_PAGE = 1_000;
  private static final int LARGEST_PAGE = 10_000;

  private final Calls calls;
  private final Proof proof;
  private final PageCursors cursors;
  private final AgentActivity activity;

  Lists(Calls calls, Proof proof, PageCursors cursors, AgentActivity activity) {
    this.calls = calls;
    this.proof = proof;
    this.cursors = cursors;
    this.activity = activity;
  }

  ListVisibleDashboardsResponse visible(ListVisibleDashboardsRequest request, String caller)
      throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    Purpose purpose = purpose(request.getPurpose());
    int size = pageSize(request.getPageSize());
    var list =
        Pages.listOf(
            caller, request.toBuilder().clearPageSize().clearPageToken().clearConsistency());
    Pages.Start start = Pages.start(cursors, list, request.getPageToken());
    return calls.fresh(
        organization,
        start.requirement(organization, request.getConsistency()),
        fresh -> {
          int person = AccessRpc.person(fresh.graph(), request.getUserId());
          activity.listed(fresh.graph(), person);
          Page<VisibleDashboard> page =
              visible(fresh.graph(), person, purpose, request.getFields(), start.after(), size);
          return ListVisibleDashboardsResponse.newBuilder()
              .addAllDashboards(page.items())
              .setNextPageToken(
                  Pages.next(cursors, list, page.goesOnAfter(), proof.position(fresh)))
              .setPosition(proof.position(fresh))
              .setProofAgeMicros(proof.ageMicros(fresh))
              .setValidForMicros(proof.validForMicros(fresh))
              .build();
        });
  }

  /** Decided part by part, as the reader takes them, and never back in time. */
  void streamVisible(
      StreamVisibleDashboardsRequest request, Backpressure<StreamVisibleDashboardsResponse> stream)
      throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    Purpose purpose = purpose(request.getPurpose());
    Requirement requirement = Calls.requirement(organization, request.getConsistency());
    String after = "";
    do {
      stream.awaitReady();
      String from = after;
      Part part =
          calls.fresh(
              organization,
              requirement,
              fresh -> {
                int person = AccessRpc.person(fresh.graph(), request.getUserId());
                activity.listed(fresh.graph(), person);
                Page<VisibleDashboard> page =
                    visible(fresh.graph(), person, purpose, request.getFields(), from, USUAL_PAGE);
                return new Part(part(fresh, page), page.goesOnAfter());
              });
      stream.send(part.message());
      after = part.goesOnAfter();
    } while (!after.isEmpty());
    stream.complete();
  }

  /** A part of a stream, and the id after which the next begins. */
  private record Part(StreamVisibleDashboardsResponse message, String goesOnAfter) {}

  private StreamVisibleDashboardsResponse part(Fresh fresh, Page<VisibleDashboard> page) {
    return StreamVisibleDashboardsResponse.newBuilder()
        .addAllDashboards(page.items())
        .setPosition(proof.position(fresh))
        .setProofAgeMicros(proof.ageMicros(fresh))
        .build();
  }

  ListAudienceResponse audience(ListAudienceRequest request, String caller) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    int size = pageSize(request.getPageSize());
    var list =
        Pages.listOf(
            caller, request.toBuilder().clearPageSize().clearPageToken().clearConsistency());
    Pages.Start start = Pages.start(cursors, list, request.getPageToken());
    return calls.fresh(
        organization,
        start.requirement(organization, request.getConsistency()),
        fresh -> {
          OrgGraph graph = fresh.graph();
          int dashboard = AccessRpc.dashboard(graph, request.getDashboardId());
          Page<AudienceMember> page =
              page(
                  Audience.of(graph, dashboard, Purpose.SIDEBAR),
                  ordinal -> graph.person(ordinal).value(),
                  start.after(),
                  size,
                  ordinal -> member(graph, ordinal, dashboard));
          return ListAudienceResponse.newBuilder()
              .addAllMembers(page.items())
              .setNextPageToken(
                  Pages.next(cursors, list, page.goesOnAfter(), proof.position(fresh)))
              .setPosition(proof.position(fresh))
              .setProofAgeMicros(proof.ageMicros(fresh))
              .build();
        });
  }

  private static AudienceMember member(OrgGraph graph, int person, int dashboard) {
    int decision = AccessRules.decide(graph, person, dashboard);
    return AudienceMember.newBuilder()
        .setUserId(graph.person(person).value())
        .setLevel(Enums.toProto(AccessRules.level(decision)))
        .setBecause(Enums.toProto(AccessRules.because(decision)))
        .build();
  }

  private static Page<VisibleDashboard> visible(
      OrgGraph graph, int person, Purpose purpose, ListFields fields, String after, int size) {
    return page(
        VisibleDashboards.of(graph, person, purpose),
        ordinal -> graph.dashboard(ordinal).value(),
        after,
        size,
        ordinal -> dashboard(graph, person, ordinal, fields));
  }

  private static VisibleDashboard dashboard(
      OrgGraph graph, int person, int dashboard, ListFields fields) {
    VisibleDashboard.Builder item =
        VisibleDashboard.newBuilder().setDashboardId(graph.dashboard(dashboard).value());
    if (fields.getLevel()) {
      item.setLevel(Enums.toProto(AccessRules.level(AccessRules.decide(graph, person, dashboard))));
    }
    if (fields.getName()) {
      item.setName(graph.dashboardName(dashboard));
    }
    if (fields.getPills() && AccessRules.seesPills(graph, person, dashboard)) {
      if (graph.isDraft(dashboard)) {
        item.addPills(Pill.PILL_DRAFT);
      }
      if (graph.isPrivate(dashboard)) {
        item.addPills(Pill.PILL_PRIVATE);
      }
    }
    return item.build();
  }

  /**
   * A part of a list.
   *
   * @param goesOnAfter the last id, empty at the end of the list
   */
  private record Page<T>(List<T> items, String goesOnAfter) {}

  /** The first {@code size} members after an id, in the order of ids. */
  private static <T> Page<T> page(
      OrdinalSet set, IntFunction<String> id, String after, int size, IntFunction<T> item) {
    List<Pages.Member> members = Pages.firstAfter(set, id, after, size + 1);
    boolean more = members.size() > size;
    List<Pages.Member> page = more ? members.subList(0, size) : members;
    return new Page<>(
        page.stream().map(member -> item.apply(member.ordinal())).toList(),
        more ? page.getLast().id() : "");
  }

  private static int pageSize(int asked) {
    return Requests.within("page_size", asked, USUAL_PAGE, LARGEST_PAGE);
  }

  private static Purpose purpose(ListPurpose purpose) {
    return switch (purpose) {
      case LIST_PURPOSE_UNSPECIFIED, LIST_PURPOSE_SIDEBAR -> Purpose.SIDEBAR;
      case LIST_PURPOSE_SEARCH -> Purpose.SEARCH;
      case LIST_PURPOSE_DIGEST -> Purpose.DIGEST;
      case UNRECOGNIZED ->
          throw Enums.unknown(
              "purpose",
              purpose,
              "LIST_PURPOSE_SIDEBAR, LIST_PURPOSE_SEARCH or LIST_PURPOSE_DIGEST");
    };
  }
}
