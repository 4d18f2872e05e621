package dev.sightline.cli.transfer;

import com.google.protobuf.ByteString;
import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.Progress;
import dev.sightline.model.Ids;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.sightline.v1.Action;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.BatchCheckResponse;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListAudienceResponse;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.ListVisibleDashboardsResponse;
import io.grpc.Channel;
import java.util.List;

/** Asks a server about every pair of user and dashboard of an organization, in three ways. */
public final class TotalsCheck {
  /** As many questions as BatchCheck takes. */
  private static final int BATCH = 10_000;

  private static final int PAGE = 10_000;

  private final AccessServiceBlockingStub access;
  private final Progress progress;

  public TotalsCheck(Channel channel, Progress progress) {
    this.access = AccessServiceGrpc.newBlockingStub(channel);
    this.progress = progress;
  }

  /** The totals of an organization that was imported, not older than the import. */
  public Totals of(Importer.Imported organization) {
    var asked = new Asked(organization.id(), consistency(organization.position()));
    asked.batches(organization.userIds(), organization.dashboardIds());
    asked.lists(organization.userIds());
    asked.audiences(organization.dashboardIds());
    progress.done("checked " + organization.id());
    return new Totals(
        organization.id(),
        asked.levels,
        asked.allowed,
        asked.listed,
        asked.audience,
        organization.expected());
  }

  private static Consistency consistency(ByteString position) {
    return position.isEmpty()
        ? Consistency.getDefaultInstance()
        : Consistency.newBuilder().setAtLeast(position).build();
  }

  /** The counting of one organization. */
  private final class Asked {
    private final String organization;
    private final Consistency consistency;
    private LevelTotals levels = LevelTotals.ZERO;
    private long allowed;
    private long listed;
    private long audience;

    Asked(String organization, Consistency consistency) {
      this.organization = organization;
      this.consistency = consistency;
    }

    void batches(List<String> users, List<String> dashboards) {
      var batch = newBatch();
      long total = (long) users.size() * dashboards.size();
      for (String user : users) {
        for (String dashboard : dashboards) {
          batch.addItems(
              CheckItem.newBuilder()
                  .setUserId(user)
                  .setDashboardId(dashboard)
                  .setAction(Action.ACTION_VIEW));
          if (batch.getItemsCount() == BATCH) {
            ask(batch.build());
            progress.at("checking " + organization, levels.pairs(), total);
            batch = newBatch();
          }
        }
      }
      if (batch.getItemsCount() > 0) {
        ask(batch.build());
      }
    }

    private BatchCheckRequest.Builder newBatch() {
      return BatchCheckRequest.newBuilder()
          .setOrganizationId(organization)
          .setConsistency(consistency);
    }

    private void ask(BatchCheckRequest request) {
      BatchCheckResponse response = access.batchCheck(request);
      if (response.getResultsCount() != request.getItemsCount()) {
        throw CommandFailure.unexpected(
            request.getItemsCount()
                + " checks were asked and "
                + response.getResultsCount()
                + " answered.");
      }
      response.getResultsList().forEach(this::count);
    }

    private void count(CheckResult result) {
      if (result.hasError()) {
        throw CommandFailure.unexpected("A check had no answer: " + result.getError().getMessage());
      }
      levels = levels.plus(result.getLevel());
      allowed += result.getAllowed() ? 1 : 0;
    }

    void lists(List<String> users) {
      long done = 0;
      for (String user : users) {
        listed += list(user);
        progress.at("listing for users of " + organization, ++done, users.size());
      }
    }

    private long list(String user) {
      var request =
          ListVisibleDashboardsRequest.newBuilder()
              .setOrganizationId(organization)
              .setUserId(user)
              .setPageSize(PAGE)
              .setConsistency(consistency);
      long count = 0;
      do {
        ListVisibleDashboardsResponse response = access.listVisibleDashboards(request.build());
        count += response.getDashboardsCount();
        request.setPageToken(response.getNextPageToken());
      } while (!request.getPageToken().isEmpty());
      return count;
    }

    void audiences(List<String> dashboards) {
      long done = 0;
      for (String dashboard : dashboards) {
        audience += audience(dashboard);
        progress.at("audiences of " + organization, ++done, dashboards.size());
      }
    }

    private long audience(String dashboard) {
      var request =
          ListAudienceRequest.newBuilder()
              .setOrganizationId(organization)
              .setDashboardId(dashboard)
              .setPageSize(PAGE)
              .setConsistency(consistency);
      long count = 0;
      do {
        ListAudienceResponse response = access.listAudience(request.build());
        count +=
            response.getMembersList().stream()
                .filter(member -> !member.getUserId().startsWith(Ids.AGENT_PREFIX))
                .count();
        request.setPageToken(response.getNextPageToken());
      } while (!request.getPageToken().isEmpty());
      return count;
    }
  }
}
