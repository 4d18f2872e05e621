package dev.sightline.rpc;

import dev.sightline.auth.Caller;
import dev.sightline.auth.PageCursors;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.Instants;
import dev.sightline.command.Actor;
import dev.sightline.graph.GraphFacts;
import dev.sightline.model.GrantId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.Rows.OrganizationRow;
import dev.sightline.store.SupportReads;
import dev.sightline.store.SupportReads.Available;
import dev.sightline.store.SupportReads.RequestRow;
import dev.sightline.v1.AgentWithAccess;
import dev.sightline.v1.GetSupportPolicyRequest;
import dev.sightline.v1.GetSupportPolicyResponse;
import dev.sightline.v1.ListPortalsRequest;
import dev.sightline.v1.ListPortalsResponse;
import dev.sightline.v1.ListSupportRequestsRequest;
import dev.sightline.v1.ListSupportRequestsResponse;
import dev.sightline.v1.Portal;
import dev.sightline.v1.SupportAgent;
import dev.sightline.v1.SupportRequest;
import dev.sightline.v1.WhoHasSupportAccessRequest;
import dev.sightline.v1.WhoHasSupportAccessResponse;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a realm's administrators see of vendor support. All of it blocks. */
final class SupportViews {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Calls calls;
  private final Proof proof;
  private final Realm realm;
  private final SupportReads support;
  private final AgentActivity activity;
  private final PageCursors cursors;

  SupportViews(
      Calls calls,
      Proof proof,
      Realm realm,
      SupportReads support,
      AgentActivity activity,
      PageCursors cursors) {
    this.calls = calls;
    this.proof = proof;
    this.realm = realm;
    this.support = support;
    this.activity = activity;
    this.cursors = cursors;
  }

  ListSupportRequestsResponse requests(ListSupportRequestsRequest request, Caller caller)
      throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    Actor actor = Realm.actor(organization, request.hasActor(), request.getActor());
    OrganizationRow row = realm.of(organization);
    if (actor != null && realm.isAdminBelow(row, actor)) {
      return ListSupportRequestsResponse.getDefaultInstance();
    }
    realm.requireRootAdmin(row, actor);
    Map<OrganizationId, OrganizationRow> portals =
        realm.organizations(row, caller).stream()
            .collect(Collectors.toMap(OrganizationRow::id, Function.identity()));
    List<RequestRow> pending = support.requests(portals.keySet(), proof.now());
    Map<UserId, AgentRow> agents =
        support.agents(pending.stream().map(RequestRow::agent).distinct().toList());
    ListSupportRequestsResponse.Builder response = ListSupportRequestsResponse.newBuilder();
    for (RequestRow one : pending) {
      response.addRequests(
          SupportRequest.newBuilder()
              .setAgent(agent(agents, one.agent()))
              .setOrganizationId(one.organization().value())
              .setOrganizationName(Objects.requireNonNull(portals.get(one.organization())).name())
              .setReason(one.reason())
              .setMadeAtMicros(Instants.micros(one.facts().madeAt()))
              .setEndsAtMicros(Instants.micros(one.facts().end())));
    }
    return response.build();
  }

  private static SupportAgent agent(Map<UserId, AgentRow> agents, UserId agent) {
    return SupportMessages.agent(Objects.requireNonNull(agents.get(agent), agent::value));
  }

  GetSupportPolicyResponse policy(GetSupportPolicyRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    OrganizationRow row = realm.of(organization);
    realm.requireRootAdmin(row, Realm.actor(organization, request.hasActor(), request.getActor()));
    return GetSupportPolicyResponse.newBuilder()
        .setPolicy(SupportMessages.policy(support.policy(row.root())))
        .build();
  }

  ListPortalsResponse portals(ListPortalsRequest request, Caller caller) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    int size = Requests.within("page_size", request.getPageSize(), USUAL_PAGE, LARGEST_PAGE);
    var list = Pages.listOf(caller.tokenId(), request.toBuilder().clearPageSize().clearPageToken());
    String after = Pages.after(cursors, list, request.getPageToken());
    OrganizationRow row = realm.of(organization);
    realm.requireRootAdmin(row, Realm.actor(organization, request.hasActor(), request.getActor()));
    List<OrganizationRow> rows =
        realm.organizations(row, caller).stream()
            .filter(portal -> portal.id().value().compareTo(after) > 0)
            .limit(size + 1)
            .toList();
    boolean more = rows.size() > size;
    List<OrganizationRow> page = more ? rows.subList(0, size) : rows;
    return ListPortalsResponse.newBuilder()
        .addAllPortals(portals(page, proof.now()))
        .setNextPageToken(Pages.token(cursors, list, more ? page.getLast().id().value() : ""))
        .build();
  }

  private List<Portal> portals(List<OrganizationRow> page, Instant now) {
    Collection<OrganizationId> ids = page.stream().map(OrganizationRow::id).toList();
    Map<OrganizationId, Available> available = support.available(ids, now);
    Map<OrganizationId, Long> pending =
        support.requests(ids, now).stream()
            .collect(Collectors.groupingBy(RequestRow::organization, Collectors.counting()));
    return page.stream()
        .map(row ->
            portal(
                row,
                available.get(row.id()),
                Objects.requireNonNullElse(pending.get(row.id()), 0L)))
        .toList();
  }

  private static Portal portal(OrganizationRow row, @Nullable Available available, long pending) {
    Portal.Builder portal =
        Portal.newBuilder()
            .setOrganizationId(row.id().value())
            .setName(row.name())
            .setParentId(row.parent() == null ? "" : row.parent().value())
            .setPendingRequests((int) pending);
    if (available != null) {
      portal.setAccessAvailable(true).setActiveGrants(available.grants());
      if (available.until() != null) {
        portal.setAvailableUntilMicros(Instants.micros(available.until()));
      }
    }
    return portal.build();
  }

  WhoHasSupportAccessResponse who(WhoHasSupportAccessRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    realm.requireRootAdmin(
        realm.of(organization), Realm.actor(organization, request.hasActor(), request.getActor()));
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          Map<UserId, List<GrantId>> letIn = letIn(fresh.graph().facts(), proof.now(fresh));
          Map<UserId, AgentRow> agents = support.agents(letIn.keySet());
          Map<UserId, Instant> last = activity.last(organization);
          WhoHasSupportAccessResponse.Builder response = WhoHasSupportAccessResponse.newBuilder();
          letIn.forEach((agent, grants) -> {
            Instant active = last.get(agent);
            response.addAgents(
                AgentWithAccess.newBuilder()
                    .setAgent(agent(agents, agent))
                    .setLastActiveMicros(active == null ? 0 : Instants.micros(active))
                    .addAllGrantIds(grants.stream().map(GrantId::value).toList()));
          });
          return response.setPosition(proof.position(fresh)).build();
        });
  }

  /** Agents by id, with the active grants that cover each. */
  private static Map<UserId, List<GrantId>> letIn(GraphFacts graph, Instant now) {
    Map<GrantId, GrantFacts> active = graph.activeGrants(now);
    Map<UserId, List<GrantId>> letIn = new TreeMap<>();
    for (UserId agent : graph.agents()) {
      var facts = Objects.requireNonNull(graph.agent(agent));
      List<GrantId> covering =
          active.entrySet().stream()
              .filter(grant -> grant.getValue().covers(agent, facts))
              .map(Map.Entry::getKey)
              .toList();
      if (!covering.isEmpty()) {
        letIn.put(agent, covering);
      }
    }
    return letIn;
  }
}
