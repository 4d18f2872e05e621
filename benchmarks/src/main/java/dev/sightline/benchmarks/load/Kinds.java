package dev.sightline.benchmarks.load;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.Action;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.BatchCheckResponse;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoResponse;
import dev.sightline.v1.EchoServiceGrpc;
import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is called: always about random users and dashboards of the portal. */
final class Kinds {
  private static final int REQUESTS = 1 << 16;
  private static final int BATCHES = 1 << 10;
  private static final int BATCH = 100;

  private final SplittableRandom random = new SplittableRandom(3);

  Kind<EchoRequest, EchoResponse> echo() {
    return new Kind<>(
        EchoServiceGrpc.getEchoMethod(),
        requests(
            REQUESTS,
            () ->
                EchoRequest.newBuilder()
                    .setOrganizationId(Portal.ID)
                    .setUserId(user())
                    .setDashboardId(dashboard())
                    .build()),
        1,
        _ -> true);
  }

  Kind<CanViewRequest, CanViewResponse> canView() {
    return new Kind<>(
        AccessServiceGrpc.getCanViewMethod(),
        requests(
            REQUESTS,
            () ->
                CanViewRequest.newBuilder()
                    .setOrganizationId(Portal.ID)
                    .setUserId(user())
                    .setDashboardId(dashboard())
                    .build()),
        1,
        _ -> true);
  }

  Kind<BatchCheckRequest, BatchCheckResponse> batchCheck() {
    return new Kind<>(
        AccessServiceGrpc.getBatchCheckMethod(),
        requests(
            BATCHES,
            () ->
                BatchCheckRequest.newBuilder()
                    .setOrganizationId(Portal.ID)
                    .addAllItems(requests(BATCH, this::item))
                    .build()),
        BATCH,
        response -> response.getResultsList().stream().noneMatch(CheckResult::hasError));
  }

  /** Each question names its organization, though only the first on a stream would have to. */
  Kind<StreamChecksRequest, StreamChecksResponse> streamChecks() {
    return new Kind<>(
        AccessServiceGrpc.getStreamChecksMethod(),
        requests(
            REQUESTS,
            () ->
                StreamChecksRequest.newBuilder()
                    .setId(random.nextInt())
                    .setOrganizationId(Portal.ID)
                    .setUserId(user())
                    .setDashboardId(dashboard())
                    .setAction(Action.ACTION_VIEW)
                    .build()),
        1,
        response -> !response.hasError());
  }

  private CheckItem item() {
    return CheckItem.newBuilder()
        .setUserId(user())
        .setDashboardId(dashboard())
        .setAction(Action.ACTION_VIEW)
        .build();
  }

  private static <Q> List<Q> requests(int count, Supplier<Q> request) {
    return Stream.generate(request).limit(count).toList();
  }

  private String user() {
    return Portal.user(random.nextInt(Portal.USERS));
  }

  private String dashboard() {
    return Portal.dashboard(random.nextInt(Portal.DASHBOARDS));
  }
}
