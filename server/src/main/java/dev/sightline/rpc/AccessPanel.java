package dev.sightline.rpc;

import dev.sightline.cache.Fresh;
import dev.sightline.change.Change;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.Instants;
import dev.sightline.change.Revision;
import dev.sightline.command.AccessCommands.End;
import dev.sightline.command.AccessCommands.EntryToSet;
import dev.sightline.command.AccessCommands.Share;
import dev.sightline.command.AccessCommands.UpdateAccess;
import dev.sightline.command.AccessEtag;
import dev.sightline.command.Actor;
import dev.sightline.command.Decision;
import dev.sightline.command.Stages;
import dev.sightline.command.Writes;
import dev.sightline.graph.LevelChange;
import dev.sightline.graph.LevelChanges;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.DashboardId;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.GetAccessRequest;
import dev.sightline.v1.GetAccessResponse;
import dev.sightline.v1.LevelEffect;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.ShareDashboardResponse;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateAccessResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The access panel: who has access to a dashboard, and changing it. */
final class AccessPanel {
  private static final int MOST_ENTRIES = 1_000;
  private static final int MOST_EFFECTS = 1_000;
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private final Calls calls;
  private final WriteCalls writes;
  private final Proof proof;

  AccessPanel(Calls calls, WriteCalls writes, Proof proof) {
    this.calls = calls;
    this.writes = writes;
    this.proof = proof;
  }

  GetAccessResponse shown(GetAccessRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    Actor actor = Requests.actor(organization, request.getActor());
    DashboardId dashboard = Requests.dashboard(request.getDashboardId());
    return calls.fresh(
        organization,
        request.getConsistency(),
        fresh -> {
          OrgGraph graph = fresh.graph();
          DashboardRpc.refuse(Stages.actor(graph, actor));
          DashboardRpc.refuse(Stages.dashboard(graph, actor, dashboard, Action.MANAGE_ACCESS));
          return GetAccessResponse.newBuilder()
              .setDashboard(DashboardRpc.dashboard(dashboard, facts(graph, dashboard)))
              .addAllEntries(entries(graph, dashboard))
              .setEtag(AccessEtag.of(graph, dashboard))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  void update(UpdateAccessRequest request, StreamObserver<UpdateAccessResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> command(request, actor),
        (dashboard, written) ->
            after(written.graph(), dashboard)
                .setWritten(WriteCalls.written(written))
                .setEtag(AccessEtag.of(written.graph(), dashboard))
                .build(),
        UpdateAccessResponse.parser());
  }

  /** What an update would do, with whose level it would change; nothing is changed. */
  UpdateAccessResponse rehearsed(UpdateAccessRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    UpdateAccess command = command(request, Requests.actor(organization, request.getActor()));
    return calls.fresh(organization, Calls.fullyConsistent(), fresh -> rehearsed(command, fresh));
  }

  private UpdateAccessResponse rehearsed(UpdateAccess command, Fresh fresh) {
    Instant now = proof.now(fresh);
    OrgGraph before = fresh.graph();
    return switch (Writes.rehearse(command, before, now)) {
      case Decision.Refused<DashboardId>(var refusal) -> throw Statuses.exception(refusal);
      case Decision.Accepted<DashboardId>(List<Change> changes, var _, DashboardId dashboard) -> {
        OrgGraph after = changes.isEmpty() ? before : applied(before, changes, now);
        UpdateAccessResponse.Builder response = after(after, dashboard);
        List<LevelChange> effects =
            LevelChanges.byRevision(before, after, changes).stream()
                .sorted(Comparator.comparing(LevelChange::user))
                .toList();
        effects.stream().limit(MOST_EFFECTS).forEach(change -> response.addEffects(effect(change)));
        yield response
            .setEffectCount(effects.size())
            .setWritten(
                dev.sightline.v1.Written.newBuilder()
                    .setPosition(proof.position(fresh))
                    .setRevision(before.position().revision()))
            .build();
      }
    };
  }

  private static OrgGraph applied(OrgGraph graph, List<Change> changes, Instant now) {
    Instant at =
        now.isBefore(graph.position().endedThrough()) ? graph.position().endedThrough() : now;
    Position next = new Position(graph.position().revision() + 1, LogHash.EMPTY, at);
    return graph.applied(new Revision(next, changes));
  }

  private static LevelEffect effect(LevelChange change) {
    return LevelEffect.newBuilder()
        .setUserId(change.user().value())
        .setBefore(Enums.toProto(change.before()))
        .setAfter(Enums.toProto(change.after()))
        .build();
  }

  void share(ShareDashboardRequest request, StreamObserver<ShareDashboardResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> share(request, actor),
        (result, written) ->
            ShareDashboardResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setUserId(result.user().value())
                .setLevel(Enums.toProto(result.level()))
                .build(),
        ShareDashboardResponse.parser());
  }

  private static Share share(ShareDashboardRequest request, Actor actor) {
    return switch (request.getLevel()) {
      case LEVEL_VIEWER, LEVEL_EDITOR ->
          new Share(
              actor,
              Requests.dashboard(request.getDashboardId()),
              Requests.email("email", request.getEmail()),
              Enums.grantable("level", request.getLevel()));
      case LEVEL_NONE, LEVEL_OWNER, LEVEL_UNSPECIFIED, UNRECOGNIZED ->
          throw Enums.unknown("level", request.getLevel(), "LEVEL_VIEWER or LEVEL_EDITOR");
    };
  }

  private static UpdateAccess command(UpdateAccessRequest request, Actor actor) {
    if (request.getSetCount() > MOST_ENTRIES || request.getRemoveCount() > MOST_ENTRIES) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          "set",
          "one change sets and removes at most %d entries each".formatted(MOST_ENTRIES));
    }
    Set<Subject> named = new HashSet<>();
    List<EntryToSet> set = new ArrayList<>();
    for (dev.sightline.v1.EntryToSet entry : request.getSetList()) {
      set.add(entryToSet(entry));
      requireNew(named, set.getLast().subject());
    }
    List<Subject> remove = new ArrayList<>();
    for (EntryToRemove entry : request.getRemoveList()) {
      remove.add(subject(entry));
      requireNew(named, remove.getLast());
    }
    return new UpdateAccess(
        actor,
        Requests.dashboard(request.getDashboardId()),
        Enums.grantableOrNone("company_default", request.getCompanyDefault()),
        List.copyOf(set),
        List.copyOf(remove),
        request.getEtag().isEmpty() ? null : request.getEtag());
  }

  private static EntryToSet entryToSet(dev.sightline.v1.EntryToSet entry) {
    Subject subject =
        switch (entry.getSubjectCase()) {
          case USER_ID -> Requests.user("user_id", entry.getUserId());
          case TEAM_ID -> Requests.team("team_id", entry.getTeamId());
          case SUBJECT_NOT_SET -> throw noSubject("set");
        };
    return new EntryToSet(subject, Enums.grantable("level", entry.getLevel()), end(entry));
  }

  private static End end(dev.sightline.v1.EntryToSet entry) {
    return switch (entry.getEndCase()) {
      case ENDS_AT_MICROS ->
          new End.At(Requests.instant("ends_at_micros", entry.getEndsAtMicros()));
      case EXPIRES_IN_MICROS -> {
        long micros = entry.getExpiresInMicros();
        if (micros < 1 || micros > LONGEST.toNanos() / 1_000) {
          throw Requests.invalid(
              Reason.OUT_OF_RANGE,
              "expires_in_micros",
              "expires_in_micros is at least 1 and at most 100 years, not " + micros);
        }
        yield new End.After(Duration.ofNanos(micros * 1_000));
      }
      case END_NOT_SET -> new End.Never();
    };
  }

  private static Subject subject(EntryToRemove entry) {
    return switch (entry.getSubjectCase()) {
      case USER_ID -> Requests.user("user_id", entry.getUserId());
      case TEAM_ID -> Requests.team("team_id", entry.getTeamId());
      case SUBJECT_NOT_SET -> throw noSubject("remove");
    };
  }

  private static void requireNew(Set<Subject> named, Subject subject) {
    if (!named.add(subject)) {
      throw Requests.invalid(
          Reason.NAMED_TWICE,
          "set",
          "%s is named twice; one change says one thing about each".formatted(subject.value()));
    }
  }

  private static io.grpc.StatusRuntimeException noSubject(String field) {
    return Requests.invalid(
        Reason.MALFORMED_REQUEST, field, "each entry names a user_id or a team_id; this has none");
  }

  private static UpdateAccessResponse.Builder after(OrgGraph graph, DashboardId dashboard) {
    return UpdateAccessResponse.newBuilder()
        .addAllEntries(entries(graph, dashboard))
        .setCompanyDefault(Enums.toProto(facts(graph, dashboard).companyDefault()));
  }

  /** Those that have not ended, users first, each kind by id. */
  private static List<AccessEntry> entries(OrgGraph graph, DashboardId dashboard) {
    Instant now = graph.position().endedThrough();
    return graph.facts().entries(dashboard).entrySet().stream()
        .filter(entry -> !entry.getValue().hasEnded(now))
        .sorted(
            Comparator.comparing(
                    (Map.Entry<Subject, Entry> entry) -> entry.getKey() instanceof TeamId)
                .thenComparing(entry -> entry.getKey().value()))
        .map(entry -> entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  static AccessEntry entry(Subject subject, Entry entry) {
    AccessEntry.Builder item =
        AccessEntry.newBuilder()
            .setLevel(Enums.toProto(entry.level()))
            .setEndsAtMicros(entry.end() == null ? 0 : Instants.micros(entry.end()));
    return switch (subject) {
      case UserId user -> item.setUserId(user.value()).build();
      case TeamId team -> item.setTeamId(team.value()).build();
    };
  }

  private static DashboardFacts facts(OrgGraph graph, DashboardId dashboard) {
    return Objects.requireNonNull(graph.facts().dashboard(dashboard), "dashboard");
  }
}
