package dev.sightline.rpc;

import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.Profile;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.command.ImportDraft;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.TransferEntry;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.UserStatus;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads an import's records; the first that is wrong is refused with its number. */
final class ImportReader {
  private final ImportDraft draft = new ImportDraft();
  private final Instant now;
  private long number;
  private boolean ended;

  /**
   * Reads nothing yet.
   *
   * @param now stands for what is left out
   */
  ImportReader(Instant now) {
    this.now = now;
  }

  ImportDraft draft() {
    return draft;
  }

  void read(ImportRequest request) {
    for (TransferRecord record : request.getRecordsList()) {
      number++;
      try {
        refuse(record(record));
      } catch (StatusRuntimeException e) {
        throw Statuses.prefixed("Record " + number + ": ", e);
      }
    }
  }

  /** The organization, once everything is in. */
  OrganizationId finished() {
    if (!ended) {
      throw Statuses.exception(
          ImportDraft.malformed(
              "The import was cut short: after record %d there is no end. Nothing was brought in."
                  .formatted(number)));
    }
    return Objects.requireNonNull(draft.id());
  }

  private static void refuse(@Nullable Refusal refusal) {
    if (refusal != null) {
      throw Statuses.exception(refusal);
    }
  }

  private @Nullable Refusal record(TransferRecord record) {
    if (ended) {
      return ImportDraft.malformed("nothing may come after the end");
    }
    if (draft.id() == null && record.getRecordCase() != TransferRecord.RecordCase.HEADER) {
      return ImportDraft.malformed("the header must come first");
    }
    return switch (record.getRecordCase()) {
      case HEADER -> header(record.getHeader());
      case WORKSPACE ->
          draft.workspace(
              Requests.id("workspace.id", record.getWorkspace().getId(), WorkspaceId::new),
              new WorkspaceFacts(Requests.name("workspace.name", record.getWorkspace().getName())));
      case USER -> user(record.getUser());
      case TEAM ->
          draft.team(
              Requests.team("team.id", record.getTeam().getId()),
              new TeamFacts(Requests.name("team.name", record.getTeam().getName())));
      case MEMBERSHIP -> membership(record.getMembership());
      case DASHBOARD -> dashboard(record.getDashboard().getDashboard());
      case ENTRY -> entry(record.getEntry());
      case SUBSCRIPTION -> subscription(record.getSubscription());
      case END -> end(record.getEnd().getCounts());
      case RECORD_NOT_SET -> ImportDraft.malformed("the record is empty, or of an unknown kind");
    };
  }

  private @Nullable Refusal header(TransferHeader header) {
    OrganizationId parent =
        header.getParentId().isEmpty()
            ? null
            : Requests.id("header.parent_id", header.getParentId(), OrganizationId::new);
    return draft.header(
        Requests.organization(header.getOrganizationId()),
        Requests.name("header.name", header.getName()),
        parent);
  }

  private @Nullable Refusal user(TransferUser user) {
    return draft.user(
        Requests.id("user.id", user.getId(), UserId::new),
        ImportDraft.facts(
            Enums.roleOrAnalyst(user.getRole()),
            status(user.getStatus()),
            at("user.created_at_micros", user.getCreatedAtMicros()),
            at("user.admin_since_micros", user.getAdminSinceMicros()),
            user.getActiveResponse(),
            user.getSecondFactor()),
        new Profile(
            Requests.name("user.name", user.getName()),
            Requests.email("user.email", user.getEmail()),
            Requests.title("user.title", user.getTitle())));
  }

  private static Status status(UserStatus status) {
    return switch (status) {
      case USER_STATUS_UNSPECIFIED, USER_STATUS_ACTIVE -> Status.ACTIVE;
      case USER_STATUS_INVITED -> Status.INVITED;
      case USER_STATUS_DISABLED -> Status.DISABLED;
      case USER_STATUS_DELETED, UNRECOGNIZED ->
          throw Enums.unknown("user.status", status, "INVITED, ACTIVE or DISABLED");
    };
  }

  private @Nullable Refusal membership(TransferMembership membership) {
    Subject member =
        switch (membership.getMemberCase()) {
          case USER_ID -> Requests.user("membership.user_id", membership.getUserId());
          case MEMBER_TEAM_ID ->
              Requests.team("membership.member_team_id", membership.getMemberTeamId());
          case MEMBER_NOT_SET -> throw Statuses.exception(ImportDraft.malformed("no member"));
        };
    return draft.membership(Requests.team("membership.team_id", membership.getTeamId()), member);
  }

  private @Nullable Refusal dashboard(Dashboard dashboard) {
    Level companyDefault =
        Objects.requireNonNullElse(
            Enums.grantableOrNone("dashboard.company_default", dashboard.getCompanyDefault()),
            Level.VIEWER);
    return draft.dashboard(
        Requests.dashboard(dashboard.getId()),
        new DashboardFacts(
            Requests.name("dashboard.name", dashboard.getName()),
            Requests.id("dashboard.owner_id", dashboard.getOwnerId(), UserId::new),
            companyDefault,
            dashboard.getDraft(),
            Requests.workspaceOrNone(dashboard.getWorkspaceId())));
  }

  private @Nullable Refusal entry(TransferEntry record) {
    AccessEntry entry = record.getEntry();
    Subject subject =
        switch (entry.getSubjectCase()) {
          case USER_ID -> Requests.user("entry.user_id", entry.getUserId());
          case TEAM_ID -> Requests.team("entry.team_id", entry.getTeamId());
          case SUBJECT_NOT_SET -> throw Statuses.exception(ImportDraft.malformed("no subject"));
        };
    Instant end =
        entry.getEndsAtMicros() == 0
            ? null
            : Requests.instant("entry.ends_at_micros", entry.getEndsAtMicros());
    return draft.entry(
        Requests.dashboard(record.getDashboardId()),
        subject,
        new Entry(Enums.grantable("entry.level", entry.getLevel()), end));
  }

  private @Nullable Refusal subscription(TransferSubscription record) {
    return draft.subscription(
        Requests.dashboard(record.getDashboardId()),
        Requests.user("subscription.user_id", record.getUserId()));
  }

  private @Nullable Refusal end(OrganizationCounts counts) {
    ended = true;
    OrganizationCounts came =
        OrganizationCounts.newBuilder()
            .setUsers(draft.users())
            .setTeams(draft.teams())
            .setMemberships(draft.memberships())
            .setDashboards(draft.dashboards())
            .setEntries(draft.entries())
            .build();
    return came.equals(counts)
        ? null
        : ImportDraft.malformed(
            "the end says that there are %s, but there came %s"
                .formatted(oneLine(counts), oneLine(came)));
  }

  private static String oneLine(OrganizationCounts counts) {
    return counts.toString().strip().replace("\n", ", ");
  }

  private Instant at(String field, long micros) {
    return micros == 0 ? now : Requests.instant(field, micros);
  }
}
