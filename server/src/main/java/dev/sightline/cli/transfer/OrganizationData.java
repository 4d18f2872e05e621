package dev.sightline.cli.transfer;

import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEnd;
import dev.sightline.v1.TransferEntry;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.TransferWorkspace;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An organization as a file holds it.
 *
 * @param expected how many pairs must have each level once it is in, if the file says so
 */
public record OrganizationData(
    TransferHeader header,
    List<TransferWorkspace> workspaces,
    List<TransferUser> users,
    List<TransferTeam> teams,
    List<TransferMembership> memberships,
    List<TransferDashboard> dashboards,
    List<TransferEntry> entries,
    List<TransferSubscription> subscriptions,
    @Nullable LevelTotals expected) {

  public String id() {
    return header.getOrganizationId();
  }

  public List<String> userIds() {
    return users.stream().map(TransferUser::getId).toList();
  }

  public List<String> dashboardIds() {
    return dashboards.stream().map(each -> each.getDashboard().getId()).toList();
  }

  public OrganizationCounts counts() {
    return OrganizationCounts.newBuilder()
        .setUsers(users.size())
        .setTeams(teams.size())
        .setMemberships(memberships.size())
        .setDashboards(dashboards.size())
        .setEntries(entries.size())
        .build();
  }

  /** How many records {@link #records} has. */
  public long recordCount() {
    return 2L
        + workspaces.size()
        + users.size()
        + teams.size()
        + memberships.size()
        + dashboards.size()
        + entries.size()
        + subscriptions.size();
  }

  /** Everything, in the order that Import takes. */
  public Stream<TransferRecord> records() {
    return Stream.of(
            Stream.of(TransferRecord.newBuilder().setHeader(header)),
            workspaces.stream().map(each -> TransferRecord.newBuilder().setWorkspace(each)),
            users.stream().map(each -> TransferRecord.newBuilder().setUser(each)),
            teams.stream().map(each -> TransferRecord.newBuilder().setTeam(each)),
            memberships.stream().map(each -> TransferRecord.newBuilder().setMembership(each)),
            dashboards.stream().map(each -> TransferRecord.newBuilder().setDashboard(each)),
            entries.stream().map(each -> TransferRecord.newBuilder().setEntry(each)),
            subscriptions.stream().map(each -> TransferRecord.newBuilder().setSubscription(each)),
            Stream.of(
                TransferRecord.newBuilder().setEnd(TransferEnd.newBuilder().setCounts(counts()))))
        .flatMap(records -> records)
        .map(TransferRecord.Builder::build);
  }
}
