package dev.sightline.client;

import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DuplicateDashboardRequest;
import dev.sightline.v1.GetAccessRequest;
import dev.sightline.v1.GetDashboardRequest;
import dev.sightline.v1.MoveDashboardRequest;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.SearchPeopleRequest;
import dev.sightline.v1.SetDraftRequest;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.TransferOwnershipRequest;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateAccessResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The calls of {@link Actor}, each returning at once with a future, as in {@link
 * AsyncOrganization}.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="async"}
 */
public final class AsyncActor {
  private final Acting acting;

  AsyncActor(Acting acting) {
    this.acting = acting;
  }

  /** As {@link Actor#withIdempotencyKey}. */
  public AsyncActor withIdempotencyKey(String key) {
    return new AsyncActor(acting.withKey(key));
  }

  /** As {@link Actor#everywhere}. */
  public AsyncActor everywhere() {
    return new AsyncActor(acting.everywhere());
  }

  /** As {@link Actor#directory}. */
  public AsyncDirectory directory() {
    return new AsyncDirectory(acting);
  }

  /** As {@link Actor#createDashboard}. */
  public CompletableFuture<Result<Dashboard>> createDashboard(NewDashboard dashboard) {
    return acting.write(
        DashboardServiceGrpc.getCreateDashboardMethod(),
        key ->
            CreateDashboardRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setDashboardId(dashboard.id())
                .setName(dashboard.name())
                .setCompanyDefaultValue(Translation.number(dashboard.companyDefault()))
                .setDraft(dashboard.draft())
                .setWorkspaceId(dashboard.workspaceId())
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Result<>(
                Translation.dashboard(reply.getDashboard()), wrote.apply(reply.getWritten())));
  }

  /** As {@link Actor#dashboard}. */
  public CompletableFuture<DashboardView> dashboard(String dashboard) {
    var request =
        GetDashboardRequest.newBuilder()
            .setOrganizationId(acting.organization())
            .setActor(acting.actor())
            .setDashboardId(dashboard)
            .setConsistency(acting.scope().consistency())
            .build();
    return acting
        .scope()
        .read(
            DashboardServiceGrpc.getGetDashboardMethod(),
            request,
            reply -> {
              var it = reply.message();
              return new DashboardView(
                  Translation.dashboard(it.getDashboard()),
                  Translation.level(it.getLevelValue()),
                  Translation.actions(it.getAllowedActionsValueList()),
                  acting.scope().saw(it.getPosition()));
            });
  }

  /** As {@link Actor#renameDashboard}. */
  public CompletableFuture<Written> renameDashboard(String dashboard, String name) {
    return acting.write(
        DashboardServiceGrpc.getRenameDashboardMethod(),
        key ->
            RenameDashboardRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setDashboardId(dashboard)
                .setName(name)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) -> wrote.apply(reply.getWritten()));
  }

  /** As {@link Actor#deleteDashboard}. */
  public CompletableFuture<Written> deleteDashboard(String dashboard) {
    return acting.write(
        DashboardServiceGrpc.getDeleteDashboardMethod(),
        key ->
            DeleteDashboardRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setDashboardId(dashboard)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) -> wrote.apply(reply.getWritten()));
  }

  /** As {@link Actor#duplicateDashboard}. */
  public CompletableFuture<Result<Dashboard>> duplicateDashboard(Copy copy) {
    return acting.write(
        DashboardServiceGrpc.getDuplicateDashboardMethod(),
        key ->
            DuplicateDashboardRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setDashboardId(copy.original())
                .setNewDashboardId(copy.id())
                .setName(copy.name())
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Result<>(
                Translation.dashboard(reply.getDashboard()), wrote.apply(reply.getWritten())));
  }

  /** As {@link Actor#makeDraft}. */
  public CompletableFuture<Written> makeDraft(String dashboard) {
    return setDraft(dashboard, true);
  }

  /** As {@link Actor#publish}. */
  public CompletableFuture<Written> publish(String dashboard) {
    return setDraft(dashboard, false);
  }

  /** As {@link Actor#moveToWorkspace}. */
  public CompletableFuture<Written> moveToWorkspace(String dashboard, String workspace) {
    return acting.write(
        DashboardServiceGrpc.getMoveDashboardMethod(),
        key ->
            MoveDashboardRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setDashboardId(dashboard)
                .setWorkspaceId(workspace)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) -> wrote.apply(reply.getWritten()));
  }

  /** As {@link Actor#moveOutOfWorkspace}. */
  public CompletableFuture<Written> moveOutOfWorkspace(String dashboard) {
    return moveToWorkspace(dashboard, "");
  }

  /** As {@link Actor#transferOwnership}. */
  public CompletableFuture<Written> transferOwnership(String dashboard, String newOwner) {
    return acting.write(
        DashboardServiceGrpc.getTransferOwnershipMethod(),
        key ->
            TransferOwnershipRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setDashboardId(dashboard)
                .setNewOwnerId(newOwner)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) -> wrote.apply(reply.getWritten()));
  }

  /** As {@link Actor#access}. */
  public CompletableFuture<DashboardAccess> access(String dashboard) {
    var request =
        GetAccessRequest.newBuilder()
            .setOrganizationId(acting.organization())
            .setActor(acting.actor())
            .setDashboardId(dashboard)
            .setConsistency(acting.scope().consistency())
            .build();
    return acting
        .scope()
        .read(
            DashboardServiceGrpc.getGetAccessMethod(),
            request,
            reply -> {
              var it = reply.message();
              return new DashboardAccess(
                  Translation.dashboard(it.getDashboard()),
                  Translation.entries(it.getEntriesList()),
                  it.getEtag(),
                  acting.scope().saw(it.getPosition()));
            });
  }

  /** As {@link Actor#changeAccess}. */
  public CompletableFuture<ChangedAccess> changeAccess(String dashboard, AccessChange change) {
    return update(
        dashboard,
        change,
        false,
        (reply, wrote) ->
            new ChangedAccess(
                Translation.level(reply.getCompanyDefaultValue()),
                Translation.entries(reply.getEntriesList()),
                reply.getEtag(),
                wrote.apply(reply.getWritten())));
  }

  /** As {@link Actor#previewAccess}. */
  public CompletableFuture<AccessPreview> previewAccess(String dashboard, AccessChange change) {
    return update(
        dashboard,
        change,
        true,
        (reply, _) ->
            new AccessPreview(
                Translation.level(reply.getCompanyDefaultValue()),
                Translation.entries(reply.getEntriesList()),
                reply.getEffectsList().stream().map(Translation::effect).toList(),
                reply.getEffectCount()));
  }

  /** As {@link Actor#share}. */
  public CompletableFuture<Share> share(String dashboard, String email, Level level) {
    return acting.write(
        DashboardServiceGrpc.getShareDashboardMethod(),
        key ->
            ShareDashboardRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setDashboardId(dashboard)
                .setEmail(email)
                .setLevelValue(Translation.number(level))
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) ->
            new Share(
                reply.getUserId(),
                Translation.level(reply.getLevelValue()),
                wrote.apply(reply.getWritten())));
  }

  /** As {@link Actor#searchPeople}. */
  public CompletableFuture<List<Person>> searchPeople(String query, int limit) {
    var request =
        SearchPeopleRequest.newBuilder()
            .setOrganizationId(acting.organization())
            .setActor(acting.actor())
            .setQuery(query)
            .setLimit(limit)
            .build();
    return acting
        .scope()
        .read(
            DashboardServiceGrpc.getSearchPeopleMethod(),
            request,
            reply -> {
              var _ = acting.scope().saw(reply.message().getPosition());
              return reply.message().getPeopleList().stream().map(Translation::person).toList();
            });
  }

  private CompletableFuture<Written> setDraft(String dashboard, boolean draft) {
    return acting.write(
        DashboardServiceGrpc.getSetDraftMethod(),
        key ->
            SetDraftRequest.newBuilder()
                .setOrganizationId(acting.organization())
                .setActor(acting.actor())
                .setDashboardId(dashboard)
                .setDraft(draft)
                .setIdempotencyKey(key)
                .build(),
        (reply, wrote) -> wrote.apply(reply.getWritten()));
  }

  private <T> CompletableFuture<T> update(
      String dashboard,
      AccessChange change,
      boolean dryRun,
      Acting.Telling<UpdateAccessResponse, T> translate) {
    return acting.write(
        DashboardServiceGrpc.getUpdateAccessMethod(),
        key -> {
          var request =
              UpdateAccessRequest.newBuilder()
                  .setOrganizationId(acting.organization())
                  .setActor(acting.actor())
                  .setDashboardId(dashboard)
                  .addAllSet(change.entriesToSet().stream().map(Translation::toSet).toList())
                  .addAllRemove(
                      change.entriesToRemove().stream().map(Translation::toRemove).toList())
                  .setEtag(change.etag().orElse(""))
                  .setDryRun(dryRun)
                  .setIdempotencyKey(key);
          change
              .companyDefault()
              .ifPresent(level -> request.setCompanyDefaultValue(Translation.number(level)));
          return request.build();
        },
        translate);
  }
}
