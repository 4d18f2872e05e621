package dev.sightline.rpc;

import dev.sightline.cache.Fresh;
import dev.sightline.change.DashboardFacts;
import dev.sightline.command.Actor;
import dev.sightline.command.DashboardCommands;
import dev.sightline.command.Stages;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateDashboardResponse;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DeleteDashboardResponse;
import dev.sightline.v1.DuplicateDashboardRequest;
import dev.sightline.v1.DuplicateDashboardResponse;
import dev.sightline.v1.GetAccessRequest;
import dev.sightline.v1.GetAccessResponse;
import dev.sightline.v1.GetDashboardRequest;
import dev.sightline.v1.GetDashboardResponse;
import dev.sightline.v1.MoveDashboardRequest;
import dev.sightline.v1.MoveDashboardResponse;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.RenameDashboardResponse;
import dev.sightline.v1.SearchPeopleRequest;
import dev.sightline.v1.SearchPeopleResponse;
import dev.sightline.v1.SetDraftRequest;
import dev.sightline.v1.SetDraftResponse;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.ShareDashboardResponse;
import dev.sightline.v1.TransferOwnershipRequest;
import dev.sightline.v1.TransferOwnershipResponse;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateAccessResponse;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Dashboards and who has access to them, as people manage them. */
final class DashboardRpc extends DashboardServiceGrpc.DashboardServiceImplBase {
  private final Calls calls;
  private final WriteCalls writes;
  private final Proof proof;
  private final AccessPanel panel;
  private final PeopleSearch people;

  DashboardRpc(
      Calls calls, WriteCalls writes, Proof proof, AccessPanel panel, PeopleSearch people) {
    this.calls = calls;
    this.writes = writes;
    this.proof = proof;
    this.panel = panel;
    this.people = people;
  }

  @Override
  public void createDashboard(
      CreateDashboardRequest request, StreamObserver<CreateDashboardResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new DashboardCommands.Create(
                actor,
                Requests.newId("dashboard_id", request.getDashboardId(), DashboardId::new),
                Requests.name("name", request.getName()),
                companyDefault(request.getCompanyDefault()),
                request.getDraft(),
                Requests.workspaceOrNone(request.getWorkspaceId())),
        (result, written) ->
            CreateDashboardResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setDashboard(dashboard(result.dashboard(), result.facts()))
                .build(),
        CreateDashboardResponse.parser());
  }

  private static Level companyDefault(dev.sightline.v1.Level level) {
    return Objects.requireNonNullElse(
        Enums.grantableOrNone("company_default", level), Level.VIEWER);
  }

  @Override
  public void getDashboard(
      GetDashboardRequest request, StreamObserver<GetDashboardResponse> observer) {
    calls.answer(
        observer,
        () -> {
          OrganizationId organization = Requests.organization(request.getOrganizationId());
          Actor actor = Requests.actor(organization, request.getActor());
          DashboardId dashboard = Requests.dashboard(request.getDashboardId());
          return calls.fresh(
              organization, request.getConsistency(), fresh -> seenBy(fresh, actor, dashboard));
        });
  }

  private GetDashboardResponse seenBy(Fresh fresh, Actor actor, DashboardId dashboard) {
    OrgGraph graph = fresh.graph();
    refuse(Stages.actor(graph, actor));
    refuse(Stages.dashboard(graph, actor, dashboard, Action.VIEW));
    int decision = AccessRules.decide(graph, actor.user(), dashboard);
    Level level = AccessRules.level(decision);
    DashboardFacts facts = Objects.requireNonNull(graph.facts().dashboard(dashboard));
    return GetDashboardResponse.newBuilder()
        .setDashboard(dashboard(dashboard, facts))
        .setLevel(Enums.toProto(level))
        .addAllAllowedActions(
            Arrays.stream(Action.values())
                .filter(action -> action.allowedBy(level, AccessRules.because(decision)))
                .map(Enums::toProto)
                .toList())
        .setPosition(proof.position(fresh))
        .build();
  }

  static void refuse(@Nullable Refusal refusal) {
    if (refusal != null) {
      throw Statuses.exception(refusal);
    }
  }

  @Override
  public void renameDashboard(
      RenameDashboardRequest request, StreamObserver<RenameDashboardResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new DashboardCommands.Rename(
                actor,
                Requests.dashboard(request.getDashboardId()),
                Requests.name("name", request.getName())),
        (_, written) ->
            RenameDashboardResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        RenameDashboardResponse.parser());
  }

  @Override
  public void deleteDashboard(
      DeleteDashboardRequest request, StreamObserver<DeleteDashboardResponse> observer) {
    writes.write(
        observer,
        request,
        actor -> new DashboardCommands.Delete(actor, Requests.dashboard(request.getDashboardId())),
        (_, written) ->
            DeleteDashboardResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        DeleteDashboardResponse.parser());
  }

  @Override
  public void duplicateDashboard(
      DuplicateDashboardRequest request, StreamObserver<DuplicateDashboardResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new DashboardCommands.Duplicate(
                actor,
                Requests.dashboard(request.getDashboardId()),
                Requests.newId("new_dashboard_id", request.getNewDashboardId(), DashboardId::new),
                request.getName().isEmpty() ? null : Requests.name("name", request.getName())),
        (result, written) ->
            DuplicateDashboardResponse.newBuilder()
                .setWritten(WriteCalls.written(written))
                .setDashboard(dashboard(result.dashboard(), result.facts()))
                .build(),
        DuplicateDashboardResponse.parser());
  }

  @Override
  public void setDraft(SetDraftRequest request, StreamObserver<SetDraftResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new DashboardCommands.SetDraft(
                actor, Requests.dashboard(request.getDashboardId()), request.getDraft()),
        (_, written) ->
            SetDraftResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        SetDraftResponse.parser());
  }

  @Override
  public void moveDashboard(
      MoveDashboardRequest request, StreamObserver<MoveDashboardResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new DashboardCommands.Move(
                actor,
                Requests.dashboard(request.getDashboardId()),
                Requests.workspaceOrNone(request.getWorkspaceId())),
        (_, written) ->
            MoveDashboardResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        MoveDashboardResponse.parser());
  }

  @Override
  public void transferOwnership(
      TransferOwnershipRequest request, StreamObserver<TransferOwnershipResponse> observer) {
    writes.write(
        observer,
        request,
        actor ->
            new DashboardCommands.TransferOwnership(
                actor,
                Requests.dashboard(request.getDashboardId()),
                Requests.user("new_owner_id", request.getNewOwnerId())),
        (_, written) ->
            TransferOwnershipResponse.newBuilder().setWritten(WriteCalls.written(written)).build(),
        TransferOwnershipResponse.parser());
  }

  @Override
  public void getAccess(GetAccessRequest request, StreamObserver<GetAccessResponse> observer) {
    calls.answer(observer, () -> panel.shown(request));
  }

  @Override
  public void updateAccess(
      UpdateAccessRequest request, StreamObserver<UpdateAccessResponse> observer) {
    if (request.getDryRun()) {
      calls.answer(observer, () -> panel.rehearsed(request));
    } else {
      panel.update(request, observer);
    }
  }

  @Override
  public void shareDashboard(
      ShareDashboardRequest request, StreamObserver<ShareDashboardResponse> observer) {
    panel.share(request, observer);
  }

  @Override
  public void searchPeople(
      SearchPeopleRequest request, StreamObserver<SearchPeopleResponse> observer) {
    calls.answer(observer, () -> people.search(request));
  }

  static Dashboard dashboard(DashboardId id, DashboardFacts facts) {
    return Dashboard.newBuilder()
        .setId(id.value())
        .setName(facts.name())
        .setOwnerId(facts.owner().value())
        .setCompanyDefault(Enums.toProto(facts.companyDefault()))
        .setDraft(facts.draft())
        .setWorkspaceId(facts.workspace() == null ? "" : facts.workspace().value())
        .build();
  }
}
