package dev.sightline.client;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import dev.sightline.v1.StreamVisibleDashboardsResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The calls of {@link Organization}, each returning at once with a future. Futures fail with {@link
 * SightlineException} as their cause and complete on the client's executor, so what is chained to
 * them may block. Cancelling one ends the call, on the service too.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="async"}
 */
public final class AsyncOrganization {
  private final Scope scope;
  private final Checks checks;

  AsyncOrganization(Scope scope) {
    this.scope = scope;
    this.checks = new Checks(scope);
  }

  Checks checks() {
    return checks;
  }

  /** As {@link Organization#with}. */
  public AsyncOrganization with(Freshness freshness) {
    return new AsyncOrganization(scope.with(freshness));
  }

  /** As {@link Organization#within}. */
  public AsyncOrganization within(Duration deadline) {
    return new AsyncOrganization(scope.within(deadline));
  }

  /** As {@link Organization#as}. */
  public AsyncActor as(String actor) {
    return new AsyncActor(new Acting(scope, actor));
  }

  /** As {@link Organization#canView}. */
  public CompletableFuture<Decision> canView(String user, String dashboard) {
    return checks.decide(user, Action.VIEW, dashboard);
  }

  /** As {@link Organization#canEdit}. */
  public CompletableFuture<Decision> canEdit(String user, String dashboard) {
    return checks.decide(user, Action.EDIT, dashboard);
  }

  /** As {@link Organization#check}. */
  public CompletableFuture<Decision> check(String user, Action action, String dashboard) {
    return checks.decide(user, action, dashboard);
  }

  /** As {@link Organization#checkAll}. */
  public CompletableFuture<List<Answer>> checkAll(List<Question> questions) {
    return questions.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : checks.askAll(questions);
  }

  /** As {@link Organization#visibleDashboards(String)}. */
  public AsyncListing<VisibleDashboard> visibleDashboards(String user) {
    return visibleDashboards(user, ListOptions.of(Purpose.SIDEBAR));
  }

  /** As {@link Organization#visibleDashboards(String, ListOptions)}. */
  public AsyncListing<VisibleDashboard> visibleDashboards(String user, ListOptions options) {
    return new AsyncListing<>(visiblePages(user, options));
  }

  PageSource<VisibleDashboard> visiblePages(String user, ListOptions options) {
    return new VisiblePages(scope, user, options);
  }

  /**
   * As {@link Organization#streamVisibleDashboards}, page by page as the service sends them. The
   * last one is empty.
   */
  public AsyncListing<VisibleDashboard> streamVisibleDashboards(String user, ListOptions options) {
    return new AsyncListing<>(() -> visibleParts(user, options));
  }

  PageSource<VisibleDashboard> visibleParts(String user, ListOptions options) {
    var request =
        StreamVisibleDashboardsRequest.newBuilder()
            .setOrganizationId(scope.organization())
            .setUserId(user)
            .setPurposeValue(Translation.number(options.purpose()))
            .setFields(Translation.fields(options))
            .setConsistency(scope.consistency())
            .build();
    var method = AccessServiceGrpc.getStreamVisibleDashboardsMethod();
    var parts = new Parts<>(scope.calls(), method, request, scope.organization(), scope.within());
    return new PageSource<>() {
      @Override
      public CompletableFuture<Page<VisibleDashboard>> page(String token) {
        return scope.streamed(parts.next(), reply -> part(reply.message(), options));
      }

      @Override
      public void close() {
        parts.close();
      }
    };
  }

  /** What was sent, or at the end an empty page, which is the last. */
  private Page<VisibleDashboard> part(
      Optional<StreamVisibleDashboardsResponse> message, ListOptions options) {
    if (message.isEmpty()) {
      return new Page<>(List.of(), Position.ORIGIN, "");
    }
    var it = message.get();
    var dashboards =
        it.getDashboardsList().stream().map(each -> Translation.visible(each, options)).toList();
    return new Page<>(dashboards, scope.saw(it.getPosition()), "more");
  }

  /** As {@link Organization#audience}. */
  public AsyncListing<AudienceMember> audience(String dashboard) {
    return new AsyncListing<>(audiencePages(dashboard));
  }

  PageSource<AudienceMember> audiencePages(String dashboard) {
    return token -> {
      var request =
          ListAudienceRequest.newBuilder()
              .setOrganizationId(scope.organization())
              .setDashboardId(dashboard)
              .setPageToken(token)
              .setConsistency(scope.consistency())
              .build();
      return scope.read(
          AccessServiceGrpc.getListAudienceMethod(),
          request,
          reply -> {
            var it = reply.message();
            return new Page<>(
                it.getMembersList().stream().map(Translation::member).toList(),
                scope.saw(it.getPosition()),
                it.getNextPageToken());
          });
    };
  }

  /** As {@link Organization#explain}. */
  public CompletableFuture<Explanation> explain(String user, String dashboard) {
    var request =
        ExplainRequest.newBuilder()
            .setOrganizationId(scope.organization())
            .setUserId(user)
            .setDashboardId(dashboard)
            .setConsistency(scope.consistency())
            .build();
    return scope.read(AccessServiceGrpc.getExplainMethod(), request, this::explanation);
  }

  private Explanation explanation(Reply<ExplainResponse> reply) {
    var it = reply.message();
    return new Explanation(
        Translation.level(it.getLevelValue()),
        Translation.because(it.getBecauseValue()),
        it.getRule(),
        it.getSentence(),
        it.getTeamPathList(),
        it.getGrantIdsList(),
        Translation.end(it.getEndsAtMicros()),
        Translation.actions(it.getAllowedActionsValueList()),
        scope.evidence(reply, it.getPosition(), it.getProofAgeMicros(), it.getValidForMicros()));
  }

  /** As {@link Organization#awaitEverywhere}. */
  public CompletableFuture<Spread> awaitEverywhere(Position position) {
    return scope.awaitEverywhere(position);
  }

  /** As {@link Organization#watch}. */
  public WatchBuilder watch() {
    return WatchBuilder.ofOrganizations(scope, List.of(scope.organization()));
  }
}
