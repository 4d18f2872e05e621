package dev.sightline.client;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.BatchCheckResponse;
import dev.sightline.v1.CanEditRequest;
import dev.sightline.v1.CanEditResponse;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.CheckResponse;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import dev.sightline.v1.ItemError;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListAudienceResponse;
import dev.sightline.v1.ListFields;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.ListVisibleDashboardsResponse;
import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import dev.sightline.v1.StreamVisibleDashboardsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.stream.IntStream;

/** Everybody but "eve" views everything; only "cal" edits. "ann" sees 25 dashboards. */
final class TestAccess extends AccessServiceGrpc.AccessServiceImplBase {
  private static final int DASHBOARDS = 25;
  private static final long PROOF_AGE = 40_000;
  private static final long VALID_FOR = 60_000_000;

  private final TestService service;

  TestAccess(TestService service) {
    this.service = service;
  }

  private static boolean views(String user) {
    return !user.equals("eve");
  }

  static boolean allows(String user, dev.sightline.v1.Action action) {
    return action.getNumber() >= dev.sightline.v1.Action.ACTION_EDIT_VALUE
        ? user.equals("cal")
        : views(user);
  }

  private static <T> void reply(StreamObserver<T> observer, T response) {
    observer.onNext(response);
    observer.onCompleted();
  }

  @Override
  public void canView(CanViewRequest request, StreamObserver<CanViewResponse> observer) {
    reply(
        observer,
        CanViewResponse.newBuilder()
            .setAllowed(views(request.getUserId()))
            .setPosition(service.position())
            .setProofAgeMicros(PROOF_AGE)
            .setValidForMicros(VALID_FOR)
            .build());
  }

  @Override
  public void canEdit(CanEditRequest request, StreamObserver<CanEditResponse> observer) {
    reply(
        observer,
        CanEditResponse.newBuilder()
            .setAllowed(request.getUserId().equals("cal"))
            .setPosition(service.position())
            .build());
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
    if (request.getOrganizationId().equals("forbidden")) {
      observer.onError(TestCheckStreams.forbidden());
      return;
    }
    reply(
        observer,
        CheckResponse.newBuilder()
            .setAllowed(allows(request.getUserId(), request.getAction()))
            .setPosition(service.position())
            .build());
  }

  @Override
  public StreamObserver<StreamChecksRequest> streamChecks(
      StreamObserver<StreamChecksResponse> observer) {
    return service.checkStreams.open(observer);
  }

  @Override
  public void batchCheck(BatchCheckRequest request, StreamObserver<BatchCheckResponse> observer) {
    reply(
        observer,
        BatchCheckResponse.newBuilder()
            .addAllResults(request.getItemsList().stream().map(TestAccess::result).toList())
            .setPosition(service.position())
            .build());
  }

  private static CheckResult result(CheckItem item) {
    if (item.getUserId().contains(" ")) {
      var error = ItemError.newBuilder().setReason("MALFORMED_ID").setMessage("A user's id…");
      return CheckResult.newBuilder().setError(error).build();
    }
    boolean allowed = allows(item.getUserId(), item.getAction());
    return CheckResult.newBuilder()
        .setAllowed(allowed)
        .setLevel(allowed ? dev.sightline.v1.Level.LEVEL_EDITOR : dev.sightline.v1.Level.LEVEL_NONE)
        .build();
  }

  @Override
  public void listVisibleDashboards(
      ListVisibleDashboardsRequest request,
      StreamObserver<ListVisibleDashboardsResponse> observer) {
    int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    int to = Math.min(DASHBOARDS, from + request.getPageSize());
    reply(
        observer,
        ListVisibleDashboardsResponse.newBuilder()
            .addAllDashboards(
                IntStream.range(from, to).mapToObj(i -> visible(i, request.getFields())).toList())
            .setNextPageToken(to < DASHBOARDS ? Integer.toString(to) : "")
            .setPosition(service.position())
            .build());
  }

  /** Parts of ten; for "all", parts without end, as fast as they are taken. */
  @Override
  public void streamVisibleDashboards(
      StreamVisibleDashboardsRequest request,
      StreamObserver<StreamVisibleDashboardsResponse> observer) {
    if (request.getUserId().equals("all")) {
      var out = (ServerCallStreamObserver<StreamVisibleDashboardsResponse>) observer;
      out.setOnReadyHandler(() -> {
        while (out.isReady()) {
          out.onNext(part(0, 1_000));
          service.parts.incrementAndGet();
        }
      });
      out.setOnCancelHandler(() -> {});
      return;
    }
    for (int from = 0; from < DASHBOARDS; from += 10) {
      observer.onNext(part(from, Math.min(DASHBOARDS, from + 10)));
    }
    observer.onCompleted();
  }

  private StreamVisibleDashboardsResponse part(int from, int to) {
    var nothing = ListFields.getDefaultInstance();
    return StreamVisibleDashboardsResponse.newBuilder()
        .addAllDashboards(IntStream.range(from, to).mapToObj(i -> visible(i, nothing)).toList())
        .setPosition(service.position())
        .build();
  }

  private static dev.sightline.v1.VisibleDashboard visible(int number, ListFields fields) {
    var it = dev.sightline.v1.VisibleDashboard.newBuilder().setDashboardId("d" + number);
    if (fields.getName()) {
      it.setName("Dashboard " + number);
    }
    if (fields.getLevel()) {
      it.setLevel(dev.sightline.v1.Level.LEVEL_OWNER);
    }
    if (fields.getPills()) {
      it.addPills(dev.sightline.v1.Pill.PILL_DRAFT);
    }
    return it.build();
  }

  @Override
  public void listAudience(
      ListAudienceRequest request, StreamObserver<ListAudienceResponse> observer) {
    reply(
        observer,
        ListAudienceResponse.newBuilder()
            .addMembers(
                dev.sightline.v1.AudienceMember.newBuilder()
                    .setUserId("cal")
                    .setLevel(dev.sightline.v1.Level.LEVEL_OWNER)
                    .setBecause(dev.sightline.v1.Because.BECAUSE_OWNER))
            .setPosition(service.position())
            .build());
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> observer) {
    reply(
        observer,
        ExplainResponse.newBuilder()
            .setLevel(dev.sightline.v1.Level.LEVEL_VIEWER)
            .setBecause(dev.sightline.v1.Because.BECAUSE_TEAM_ENTRY)
            .setRule(7)
            .setSentence("A team of the user's has an entry of VIEWER.")
            .setTeamId("sales")
            .addTeamPath("sales-west")
            .addTeamPath("sales")
            .setEndsAtMicros(1_500_000)
            .addAllowedActions(dev.sightline.v1.Action.ACTION_VIEW)
            .addAllowedActionsValue(99)
            .setPosition(service.position())
            .build());
  }
}
