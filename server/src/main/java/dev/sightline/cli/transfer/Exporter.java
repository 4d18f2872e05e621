package dev.sightline.cli.transfer;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.Progress;
import dev.sightline.v1.ExportRequest;
import dev.sightline.v1.ExportResponse;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEntry;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferServiceGrpc;
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.TransferWorkspace;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes an organization out of a server, as of one position. */
public final class Exporter {
  private final Channel channel;
  private final Progress progress;

  public Exporter(Channel channel, Progress progress) {
    this.channel = channel;
    this.progress = progress;
  }

  /** The whole organization; refused if anything of it is missing. */
  public OrganizationData export(String organizationId) {
    var request = ExportRequest.newBuilder().setOrganizationId(organizationId).build();
    Iterator<ExportResponse> parts = TransferServiceGrpc.newBlockingStub(channel).export(request);
    var received = new Received();
    while (parts.hasNext()) {
      parts.next().getRecordsList().forEach(received::take);
      progress.at("exporting " + organizationId, received.count, received.count);
    }
    progress.clear();
    return received.complete(organizationId);
  }

  /** What came so far. */
  private static final class Received {
    private @Nullable TransferHeader header;
    private @Nullable OrganizationCounts promised;
    private final List<TransferWorkspace> workspaces = new ArrayList<>();
    private final List<TransferUser> users = new ArrayList<>();
    private final List<TransferTeam> teams = new ArrayList<>();
    private final List<TransferMembership> memberships = new ArrayList<>();
    private final List<TransferDashboard> dashboards = new ArrayList<>();
    private final List<TransferEntry> entries = new ArrayList<>();
    private final List<TransferSubscription> subscriptions = new ArrayList<>();
    private long count;

    void take(TransferRecord record) {
      count++;
      switch (record.getRecordCase()) {
        case HEADER -> header = record.getHeader();
        case WORKSPACE -> workspaces.add(record.getWorkspace());
        case USER -> users.add(record.getUser());
        case TEAM -> teams.add(record.getTeam());
        case MEMBERSHIP -> memberships.add(record.getMembership());
        case DASHBOARD -> dashboards.add(record.getDashboard());
        case ENTRY -> entries.add(record.getEntry());
        case SUBSCRIPTION -> subscriptions.add(record.getSubscription());
        case END -> promised = record.getEnd().getCounts();
        case RECORD_NOT_SET ->
            throw CommandFailure.unexpected(
                "The server sent a kind of record that this program does not know; it is older.");
      }
    }

    OrganizationData complete(String organizationId) {
      TransferHeader first = header;
      if (first == null || promised == null) {
        throw CommandFailure.unexpected("The export of " + organizationId + " was cut short.");
      }
      var organization =
          new OrganizationData(
              first,
              workspaces,
              users,
              teams,
              memberships,
              dashboards,
              entries,
              subscriptions,
              null);
      if (!organization.counts().equals(promised)) {
        throw CommandFailure.unexpected(
            "The export of " + organizationId + " does not hold what it says it holds.");
      }
      return organization;
    }
  }
}
