package dev.sightline.rpc;

import dev.sightline.cache.Fresh;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Instants;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.command.Stages;
import dev.sightline.graph.GraphFacts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.Page;
import dev.sightline.store.Rows.OrganizationRow;
import dev.sightline.store.Rows.TeamRow;
import dev.sightline.store.Rows.UserRow;
import dev.sightline.store.Rows.WorkspaceRow;
import dev.sightline.v1.ExportRequest;
import dev.sightline.v1.ExportResponse;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes whole organizations out, as of one position. */
final class Exports {
  private static final int PART = 1_000;
  private static final int MOST_TRIES = 20;

  private final Calls calls;
  private final Proof proof;
  private final DirectoryReads directory;

  Exports(Calls calls, Proof proof, DirectoryReads directory) {
    this.calls = calls;
    this.proof = proof;
    this.directory = directory;
  }

  /** The graph, and what it does not hold: what everything is called. */
  private record Snapshot(
      Fresh fresh,
      OrganizationRow organization,
      List<UserRow> users,
      List<TeamRow> teams,
      List<WorkspaceRow> workspaces) {}

  void send(ExportRequest request, Backpressure<ExportResponse> stream) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    // As new as can be, which is as new as whatever else may be demanded, if it is there at all.
    calls.fresh(organization, request.getConsistency(), same -> same);
    Snapshot snapshot = snapshot(organization);
    List<TransferRecord> part = new ArrayList<>();
    for (TransferRecord record : records(snapshot)) {
      part.add(record);
      if (part.size() == PART) {
        send(stream, snapshot, part);
      }
    }
    if (!part.isEmpty()) {
      send(stream, snapshot, part);
    }
    stream.complete();
  }

  private void send(
      Backpressure<ExportResponse> stream, Snapshot snapshot, List<TransferRecord> part)
      throws InterruptedException {
    stream.awaitReady();
    stream.send(
        ExportResponse.newBuilder()
            .addAllRecords(part)
            .setPosition(proof.position(snapshot.fresh()))
            .build());
    part.clear();
  }

  /** Graph and names of one position: read again until nothing was written in between. */
  private Snapshot snapshot(OrganizationId organization) throws Exception {
    Fresh before = fresh(organization);
    for (int i = 0; i < MOST_TRIES; i++) {
      OrganizationRow row = Objects.requireNonNull(directory.organization(organization));
      List<UserRow> users =
          all(
              page ->
                  directory.users(
                      organization, EnumSet.complementOf(EnumSet.of(Status.DELETED)), page),
              user -> user.id().value());
      List<TeamRow> teams =
          all(page -> directory.teams(organization, page), team -> team.id().value());
      List<WorkspaceRow> workspaces =
          all(page -> directory.workspaces(organization, page), space -> space.id().value());
      Fresh after = fresh(organization);
      if (after.graph().revision() == before.graph().revision()) {
        return new Snapshot(after, row, users, teams, workspaces);
      }
      before = after;
    }
    throw Statuses.exception(
        Refusal.of(
            Reason.STORE_UNAVAILABLE,
            "Organization %s changes too fast to be taken out as of one position; try again."
                .formatted(organization)));
  }

  private Fresh fresh(OrganizationId organization) throws Exception {
    Fresh fresh = calls.fresh(organization, Calls.fullyConsistent(), same -> same);
    DashboardRpc.refuse(Stages.organization(fresh.graph()));
    return fresh;
  }

  static <T> List<T> all(Function<Page, List<T>> read, Function<T, String> id) {
    List<T> all = new ArrayList<>();
    List<T> page = read.apply(Page.first(PART));
    while (!page.isEmpty()) {
      all.addAll(page);
      page = read.apply(new Page(id.apply(page.getLast()), PART));
    }
    return all;
  }

  private static List<TransferRecord> records(Snapshot snapshot) {
    OrgGraph graph = snapshot.fresh().graph();
    GraphFacts facts = graph.facts();
    List<TransferRecord> records = new ArrayList<>();
    OrganizationFacts organization = Objects.requireNonNull(graph.organization());
    records.add(
        TransferRecord.newBuilder()
            .setHeader(
                TransferHeader.newBuilder()
                    .setOrganizationId(graph.id().value())
                    .setName(snapshot.organization().name())
                    .setParentId(
                        organization.parent() == null ? "" : organization.parent().value()))
            .build());
    snapshot.workspaces().forEach(row -> records.add(workspace(row)));
    for (UserRow row : snapshot.users()) {
      records.add(user(row, Objects.requireNonNull(facts.user(row.id()), "user")));
    }
    snapshot.teams().forEach(row -> records.add(team(row)));
    for (TeamRow row : snapshot.teams()) {
      facts.members(row.id()).forEach(member -> records.add(membership(row.id(), member)));
    }
    facts.dashboards().forEach(id -> records.add(dashboard(id, facts.dashboard(id))));
    for (DashboardId id : facts.dashboards()) {
      facts
          .entries(id)
          .forEach((subject, entry) ->
              records.add(
                  TransferRecord.newBuilder()
                      .setEntry(
                          TransferEntry.newBuilder()
                              .setDashboardId(id.value())
                              .setEntry(AccessPanel.entry(subject, entry)))
                      .build()));
    }
    for (UserId user : facts.subscribers()) {
      facts.subscriptions(user).forEach(id -> records.add(subscription(user, id)));
    }
    records.add(
        TransferRecord.newBuilder()
            .setEnd(TransferEnd.newBuilder().setCounts(DirectoryLists.counts(graph.counts())))
            .build());
    return records;
  }

  private static TransferRecord workspace(WorkspaceRow row) {
    return TransferRecord.newBuilder()
        .setWorkspace(TransferWorkspace.newBuilder().setId(row.id().value()).setName(row.name()))
        .build();
  }

  private static TransferRecord user(UserRow row, UserFacts facts) {
    TransferUser.Builder user =
        TransferUser.newBuilder()
            .setId(row.id().value())
            .setRole(Enums.toProto(facts.role()))
            .setStatus(Enums.toProto(facts.status()))
            .setCreatedAtMicros(Instants.micros(facts.createdAt()))
            .setAdminSinceMicros(
                facts.adminSince() == null ? 0 : Instants.micros(facts.adminSince()))
            .setActiveResponse(facts.activeResponse())
            .setSecondFactor(facts.secondFactor());
    if (row.profile() != null) {
      user.setName(row.profile().name())
          .setEmail(row.profile().email().value())
          .setTitle(row.profile().title());
    }
    return TransferRecord.newBuilder().setUser(user).build();
  }

  private static TransferRecord team(TeamRow row) {
    return TransferRecord.newBuilder()
        .setTeam(TransferTeam.newBuilder().setId(row.id().value()).setName(row.name()))
        .build();
  }

  private static TransferRecord membership(TeamId team, Subject member) {
    TransferMembership.Builder membership = TransferMembership.newBuilder().setTeamId(team.value());
    switch (member) {
      case UserId user -> membership.setUserId(user.value());
      case TeamId inner -> membership.setMemberTeamId(inner.value());
    }
    return TransferRecord.newBuilder().setMembership(membership).build();
  }

  private static TransferRecord subscription(UserId user, DashboardId dashboard) {
    return TransferRecord.newBuilder()
        .setSubscription(
            TransferSubscription.newBuilder()
                .setDashboardId(dashboard.value())
                .setUserId(user.value()))
        .build();
  }

  private static TransferRecord dashboard(DashboardId id, @Nullable DashboardFacts facts) {
    return TransferRecord.newBuilder()
        .setDashboard(
            TransferDashboard.newBuilder()
                .setDashboard(DashboardRpc.dashboard(id, Objects.requireNonNull(facts))))
        .build();
  }
}
