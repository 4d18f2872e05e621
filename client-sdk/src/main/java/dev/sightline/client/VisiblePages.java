package dev.sightline.client;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.ListVisibleDashboardsResponse;
import java.util.concurrent.CompletableFuture;

/** The pages of what a user may view: those that are held are given, those asked for are held. */
record VisiblePages(Scope scope, String user, ListOptions options)
    implements PageSource<VisibleDashboard> {
  @Override
  public CompletableFuture<Page<VisibleDashboard>> page(String token) {
    var near = scope.near();
    if (near == null) {
      return ask(token);
    }
    Page<VisibleDashboard> held;
    try {
      held = near.find(new HeldPages.Key(user, options, token), scope.freshness());
    } catch (SightlineException e) {
      return CompletableFuture.failedFuture(e);
    }
    return held == null ? ask(token) : CompletableFuture.completedFuture(held);
  }

  private CompletableFuture<Page<VisibleDashboard>> ask(String token) {
    var request =
        ListVisibleDashboardsRequest.newBuilder()
            .setOrganizationId(scope.organization())
            .setUserId(user)
            .setPurposeValue(Translation.number(options.purpose()))
            .setFields(Translation.fields(options))
            .setPageSize(options.pageSize())
            .setPageToken(token)
            .setConsistency(scope.consistency())
            .build();
    return scope.read(
        AccessServiceGrpc.getListVisibleDashboardsMethod(),
        request,
        reply -> answered(token, reply));
  }

  private Page<VisibleDashboard> answered(
      String token, Reply<ListVisibleDashboardsResponse> reply) {
    var it = reply.message();
    var dashboards = it.getDashboardsList().stream();
    var position = scope.saw(it.getPosition());
    var page =
        new Page<>(
            dashboards.map(dashboard -> Translation.visible(dashboard, options)).toList(),
            position,
            it.getNextPageToken());
    var near = scope.near();
    if (near != null) {
      var proved =
          new Proved(
              position, reply.sentAt(), it.getProofAgeMicros(), it.getValidForMicros(), null);
      near.fill(new HeldPages.Key(user, options, token), page, proved);
    }
    return page;
  }
}
