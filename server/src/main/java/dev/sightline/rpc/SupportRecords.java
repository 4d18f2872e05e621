package dev.sightline.rpc;

import dev.sightline.auth.Caller;
import dev.sightline.auth.PageCursors;
import dev.sightline.change.Change.AgentActed;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.SupportRequestChanged;
import dev.sightline.change.Instants;
import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.Rows.UserRow;
import dev.sightline.store.SupportReads;
import dev.sightline.store.SupportReads.ActivityRow;
import dev.sightline.store.SupportReads.Decider;
import dev.sightline.store.SupportReads.GrantRow;
import dev.sightline.v1.AgentActivity;
import dev.sightline.v1.GetSupportActivityLogRequest;
import dev.sightline.v1.GetSupportActivityLogResponse;
import dev.sightline.v1.GetSupportHistoryRequest;
import dev.sightline.v1.GetSupportHistoryResponse;
import dev.sightline.v1.GrantDecider;
import dev.sightline.v1.GrantStatus;
import dev.sightline.v1.SupportGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was granted on a portal, and what agents did there. All of it blocks. */
final class SupportRecords {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Calls calls;
  private final Proof proof;
  private final Realm realm;
  private final SupportReads support;
  private final DirectoryReads directory;
  private final PageCursors cursors;

  SupportRecords(
      Calls calls,
      Proof proof,
      Realm realm,
      SupportReads support,
      DirectoryReads directory,
      PageCursors cursors) {
    this.calls = calls;
    this.proof = proof;
    this.realm = realm;
    this.support = support;
    this.directory = directory;
    this.cursors = cursors;
  }

  GetSupportHistoryResponse history(GetSupportHistoryRequest request, Caller caller)
      throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    int size = Requests.within("page_size", request.getPageSize(), USUAL_PAGE, LARGEST_PAGE);
    var list = Pages.listOf(caller.tokenId(), request.toBuilder().clearPageSize().clearPageToken());
    String after = Pages.after(cursors, list, request.getPageToken());
    realm.requireRootAdmin(
        realm.of(organization), Realm.actor(organization, request.hasActor(), request.getActor()));
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          List<GrantRow> rows =
              support.grants(organization, after.isEmpty() ? 0 : Long.parseLong(after), size + 1);
          boolean more = rows.size() > size;
          List<GrantRow> page = more ? rows.subList(0, size) : rows;
          Instant now = proof.now(fresh);
          return GetSupportHistoryResponse.newBuilder()
              .addAllGrants(page.stream().map(row -> grant(organization, row, now)).toList())
              .setNextPageToken(
                  Pages.token(cursors, list, more ? Long.toString(page.getLast().number()) : ""))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  private SupportGrant grant(OrganizationId portal, GrantRow row, Instant now) {
    SupportGrant.Builder grant =
        SupportMessages.grant(portal, row.id(), row.facts())
            .setStatus(status(row, now))
            .setReason(row.reason());
    if (row.grantedBy() != null) {
      grant.setGrantedBy(decider(row.grantedBy()));
    }
    if (row.revokedAt() != null) {
      grant
          .setRevokedAtMicros(Instants.micros(row.revokedAt()))
          .setRevokedBy(
              row.revokedBy() == null
                  ? GrantDecider.getDefaultInstance()
                  : decider(row.revokedBy()));
    }
    return grant.build();
  }

  static GrantStatus status(GrantRow row, Instant now) {
    if (row.revokedAt() != null) {
      return GrantStatus.GRANT_STATUS_REVOKED;
    }
    return row.isActive(now) ? GrantStatus.GRANT_STATUS_ACTIVE : GrantStatus.GRANT_STATUS_EXPIRED;
  }

  private GrantDecider decider(Decider decider) {
    GrantDecider.Builder told = GrantDecider.newBuilder().setUserId(decider.user().value());
    OrganizationId home = decider.organization();
    if (home != null) {
      told.setOrganizationId(home.value()).setName(name(home, decider.user()));
    }
    return told.build();
  }

  /** Empty if it is not known any more. */
  String name(OrganizationId home, UserId user) {
    UserRow row = directory.<@Nullable UserRow>rows(home, rows -> rows.user(user));
    return row == null || row.profile() == null ? "" : row.profile().name();
  }

  GetSupportActivityLogResponse log(GetSupportActivityLogRequest request, Caller caller)
      throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    UserId agent =
        request.getAgentId().isEmpty()
            ? null
            : SupportMessages.agent("agent_id", request.getAgentId());
    int size = Requests.within("page_size", request.getPageSize(), USUAL_PAGE, LARGEST_PAGE);
    var list = Pages.listOf(caller.tokenId(), request.toBuilder().clearPageSize().clearPageToken());
    Place before = Place.parsed(Pages.after(cursors, list, request.getPageToken()));
    realm.requireRootAdmin(
        realm.of(organization), Realm.actor(organization, request.hasActor(), request.getActor()));
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          List<Did> found = did(organization, agent, before, size + 1);
          boolean more = found.size() > size;
          List<Did> page = more ? found.subList(0, size) : found;
          return GetSupportActivityLogResponse.newBuilder()
              .addAllActivities(activities(page))
              .setNextPageToken(
                  Pages.token(cursors, list, more ? page.getLast().place().toString() : ""))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  /** A place in the log. */
  private record Place(long revision, int number) {
    static Place parsed(String text) {
      int dot = text.indexOf('.');
      return dot < 0
          ? new Place(Long.MAX_VALUE, 0)
          : new Place(
              Long.parseLong(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public String toString() {
      return revision + "." + number;
    }
  }

  /** Something that an agent did. */
  private record Did(
      Place place,
      UserId agent,
      String what,
      @Nullable DashboardId dashboard,
      Instant at,
      boolean recorded) {}

  private List<Did> did(
      OrganizationId organization, @Nullable UserId agent, Place before, int most) {
    List<Did> found = new ArrayList<>();
    Place from = before;
    while (true) {
      List<ActivityRow> rows =
          support.activity(organization, from.revision(), from.number(), LARGEST_PAGE);
      for (ActivityRow row : rows) {
        Did did = did(row);
        if (did != null && (agent == null || agent.equals(did.agent()))) {
          found.add(did);
          if (found.size() == most) {
            return found;
          }
        }
      }
      if (rows.size() < LARGEST_PAGE) {
        return found;
      }
      from = new Place(rows.getLast().revision(), rows.getLast().number());
    }
  }

  /** Null for what only goes with something else. */
  private static @Nullable Did did(ActivityRow row) {
    Place place = new Place(row.revision(), row.number());
    UserId actor = row.actor();
    if (row.change() instanceof AgentActed(var agent, var dashboard, var what, var at)) {
      return new Did(place, agent, what, dashboard, at, true);
    }
    if (actor == null || !actor.isAgent()) {
      return null;
    }
    return switch (row.change()) {
      case DashboardChanged(var dashboard, var before, var after)
          when before != null && after != null && !before.name().equals(after.name()) ->
          new Did(
              place,
              actor,
              "Renamed dashboard %s from \"%s\" to \"%s\"."
                  .formatted(dashboard, before.name(), after.name()),
              dashboard,
              row.at(),
              false);
      case SupportRequestChanged(var _, var _, var after) ->
          after == null
              ? null
              : new Did(place, actor, "Asked to be let in.", null, row.at(), false);
      case ReasonGiven _ -> null;
      case DashboardChanged(var dashboard, var _, var _) ->
          new Did(place, actor, "Changed dashboard " + dashboard + ".", dashboard, row.at(), false);
      case dev.sightline.change.Change other ->
          new Did(
              place,
              actor,
              "Made a change (" + other.getClass().getSimpleName() + ").",
              null,
              row.at(),
              false);
    };
  }

  private List<AgentActivity> activities(List<Did> page) {
    Map<UserId, AgentRow> agents =
        support.agents(page.stream().map(Did::agent).distinct().toList());
    return page.stream()
        .map(did ->
            AgentActivity.newBuilder()
                .setAgentId(did.agent().value())
                .setAgentName(Objects.requireNonNull(agents.get(did.agent()), "agent").name())
                .setWhat(did.what())
                .setDashboardId(did.dashboard() == null ? "" : did.dashboard().value())
                .setAtMicros(Instants.micros(did.at()))
                .setRevision(did.place().revision())
                .setRecorded(did.recorded())
                .build())
        .toList();
  }
}
