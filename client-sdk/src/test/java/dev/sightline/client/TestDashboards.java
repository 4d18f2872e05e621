package dev.sightline.client;

import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateDashboardResponse;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Does what it is asked to, and remembers idempotency keys of new dashboards. */
final class TestDashboards extends DashboardServiceGrpc.DashboardServiceImplBase {
  private final TestService service;

  TestDashboards(TestService service) {
    this.service = service;
  }

  private static <T> void reply(StreamObserver<T> observer, T response) {
    observer.onNext(response);
    observer.onCompleted();
  }

  private final Map<String, CreateDashboardResponse> created = new ConcurrentHashMap<>();

  private static dev.sightline.v1.Dashboard dashboard(String id, String owner) {
    return dev.sightline.v1.Dashboard.newBuilder()
        .setId(id.isEmpty() ? "made-by-the-service" : id)
        .setName("Revenue")
        .setOwnerId(owner)
        .setCompanyDefault(dev.sightline.v1.Level.LEVEL_VIEWER)
        .build();
  }

  @Override
  public void createDashboard(
      CreateDashboardRequest request, StreamObserver<CreateDashboardResponse> observer) {
    reply(
        observer,
        created.computeIfAbsent(
            request.getIdempotencyKey(),
            _ ->
                CreateDashboardResponse.newBuilder()
                    .setWritten(service.write())
                    .setDashboard(
                        dashboard(request.getDashboardId(), request.getActor().getUserId()))
                    .build()));
  }

  @Override
  public void getDashboard(
      GetDashboardRequest request, StreamObserver<GetDashboardResponse> observer) {
    reply(
        observer,
        GetDashboardResponse.newBuilder()
            .setDashboard(dashboard(request.getDashboardId(), "cal"))
            .setLevel(dev.sightline.v1.Level.LEVEL_VIEWER)
            .addAllowedActions(dev.sightline.v1.Action.ACTION_VIEW)
            .setPosition(service.position())
            .build());
  }

  @Override
  public void renameDashboard(
      RenameDashboardRequest request, StreamObserver<RenameDashboardResponse> observer) {
    reply(observer, RenameDashboardResponse.newBuilder().setWritten(service.write()).build());
  }

  @Override
  public void deleteDashboard(
      DeleteDashboardRequest request, StreamObserver<DeleteDashboardResponse> observer) {
    reply(observer, DeleteDashboardResponse.newBuilder().setWritten(service.write()).build());
  }

  @Override
  public void duplicateDashboard(
      DuplicateDashboardRequest request, StreamObserver<DuplicateDashboardResponse> observer) {
    reply(
        observer,
        DuplicateDashboardResponse.newBuilder()
            .setWritten(service.write())
            .setDashboard(dashboard("copy", request.getActor().getUserId()))
            .build());
  }

  @Override
  public void setDraft(SetDraftRequest request, StreamObserver<SetDraftResponse> observer) {
    reply(observer, SetDraftResponse.newBuilder().setWritten(service.write()).build());
  }

  @Override
  public void moveDashboard(
      MoveDashboardRequest request, StreamObserver<MoveDashboardResponse> observer) {
    reply(observer, MoveDashboardResponse.newBuilder().setWritten(service.write()).build());
  }

  @Override
  public void transferOwnership(
      TransferOwnershipRequest request, StreamObserver<TransferOwnershipResponse> observer) {
    reply(observer, TransferOwnershipResponse.newBuilder().setWritten(service.write()).build());
  }

  @Override
  public void getAccess(GetAccessRequest request, StreamObserver<GetAccessResponse> observer) {
    reply(
        observer,
        GetAccessResponse.newBuilder()
            .setDashboard(dashboard(request.getDashboardId(), "cal"))
            .setEtag("e1")
            .addEntries(
                dev.sightline.v1.AccessEntry.newBuilder()
                    .setTeamId("sales")
                    .setLevel(dev.sightline.v1.Level.LEVEL_VIEWER))
            .setPosition(service.position())
            .build());
  }

  @Override
  public void updateAccess(
      UpdateAccessRequest request, StreamObserver<UpdateAccessResponse> observer) {
    reply(
        observer,
        UpdateAccessResponse.newBuilder()
            .setWritten(service.write())
            .setCompanyDefault(dev.sightline.v1.Level.LEVEL_VIEWER)
            .setEtag("e2")
            .addEffects(
                dev.sightline.v1.LevelEffect.newBuilder()
                    .setUserId("ann")
                    .setBefore(dev.sightline.v1.Level.LEVEL_NONE)
                    .setAfter(dev.sightline.v1.Level.LEVEL_VIEWER))
            .setEffectCount(1)
            .build());
  }

  @Override
  public void shareDashboard(
      ShareDashboardRequest request, StreamObserver<ShareDashboardResponse> observer) {
    reply(
        observer,
        ShareDashboardResponse.newBuilder()
            .setWritten(service.write())
            .setUserId("ann")
            .setLevel(request.getLevel())
            .build());
  }

  @Override
  public void searchPeople(
      SearchPeopleRequest request, StreamObserver<SearchPeopleResponse> observer) {
    reply(
        observer,
        SearchPeopleResponse.newBuilder()
            .addPeople(
                dev.sightline.v1.Person.newBuilder()
                    .setUserId("ann")
                    .setName("Ann")
                    .setEmail("ann@acme.example")
                    .setRole(dev.sightline.v1.Role.ROLE_ANALYST)
                    .setStatus(dev.sightline.v1.UserStatus.USER_STATUS_ACTIVE))
            .setPosition(service.position())
            .build());
  }
}
