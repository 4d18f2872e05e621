package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST_ID;
import static dev.sightline.store.jooq.Tables.DASHBOARD;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT_ID;
import static dev.sightline.store.jooq.Tables.TEAM;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;
import static dev.sightline.store.jooq.Tables.WORKSPACE;

import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.Status;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import dev.sightline.store.Rows.DashboardRow;
import dev.sightline.store.Rows.TeamRow;
import dev.sightline.store.Rows.UserRow;
import dev.sightline.store.Rows.WorkspaceRow;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * One organization's rows by their ids, each kind in one statement for however many ids. Ids
 * without a row are left out; a row that is there means that the id has been used, even if it is
 * deleted.
 */
public final class OrganizationRows {
  private final DSLContext statements;
  private final OrganizationId organization;

  OrganizationRows(DSLContext statements, OrganizationId organization) {
    this.statements = statements;
    this.organization = organization;
  }

  /** Users by id, deleted ones included. */
  public Map<UserId, UserRow> users(Collection<UserId> ids) {
    return byId(
        USER_ACCOUNT,
        USER_ACCOUNT.ORGANIZATION_ID,
        USER_ACCOUNT.ID,
        ids.stream().map(UserId::value),
        RowReader::user,
        UserRow::id);
  }

  /** One user by id, also a deleted one, or null. */
  public @Nullable UserRow user(UserId id) {
    return users(Set.of(id)).get(id);
  }

  /** The user with this address, whatever its case, who is not deleted; or null. */
  public @Nullable UserRow userByEmail(EmailAddress email) {
    return usersByEmail(Set.of(email)).get(email.canonical());
  }

  /** Users who are not deleted by their addresses' canonical forms. */
  public Map<String, UserRow> usersByEmail(Collection<EmailAddress> emails) {
    String[] canonical =
        emails.stream().map(EmailAddress::canonical).distinct().toArray(String[]::new);
    return statements
        .selectFrom(USER_ACCOUNT)
        .where(
            USER_ACCOUNT.ORGANIZATION_ID.eq(organization.value()),
            USER_ACCOUNT.EMAIL_CANONICAL.eq(org.jooq.impl.DSL.any(canonical)),
            USER_ACCOUNT.STATUS.ne(org.jooq.impl.DSL.inline(Status.DELETED, USER_ACCOUNT.STATUS)))
        .fetchMap(USER_ACCOUNT.EMAIL_CANONICAL, RowReader::user);
  }

  /** Teams by id, deleted ones included. */
  public Map<TeamId, TeamRow> teams(Collection<TeamId> ids) {
    return byId(
        TEAM,
        TEAM.ORGANIZATION_ID,
        TEAM.ID,
        ids.stream().map(TeamId::value),
        RowReader::team,
        TeamRow::id);
  }

  /** Workspaces by id, deleted ones included. */
  public Map<WorkspaceId, WorkspaceRow> workspaces(Collection<WorkspaceId> ids) {
    return byId(
        WORKSPACE,
        WORKSPACE.ORGANIZATION_ID,
        WORKSPACE.ID,
        ids.stream().map(WorkspaceId::value),
        RowReader::workspace,
        WorkspaceRow::id);
  }

  /** Dashboards by id, deleted ones included. */
  public Map<DashboardId, DashboardRow> dashboards(Collection<DashboardId> ids) {
    return byId(
        DASHBOARD,
        DASHBOARD.ORGANIZATION_ID,
        DASHBOARD.ID,
        ids.stream().map(DashboardId::value),
        RowReader::dashboard,
        DashboardRow::id);
  }

  /** Which of these grants' ids have been used, by whatever organization. */
  public Set<GrantId> usedGrants(Collection<GrantId> ids) {
    return statements
        .select(SUPPORT_GRANT_ID.ID)
        .from(SUPPORT_GRANT_ID)
        .where(SUPPORT_GRANT_ID.ID.eq(any(ids.stream().map(GrantId::value))))
        .fetchSet(row -> new GrantId(row.value1()));
  }

  /** Whether the organization ever had this grant. */
  public boolean hasGrant(GrantId id) {
    return statements.fetchExists(
        SUPPORT_GRANT,
        SUPPORT_GRANT.ORGANIZATION_ID.eq(organization.value()),
        SUPPORT_GRANT.ID.eq(id.value()));
  }

  /** Which of these requests' ids have been used, by whatever organization. */
  public Set<RequestId> usedRequests(Collection<RequestId> ids) {
    return statements
        .select(ACCESS_REQUEST_ID.ID)
        .from(ACCESS_REQUEST_ID)
        .where(ACCESS_REQUEST_ID.ID.eq(any(ids.stream().map(RequestId::value))))
        .fetchSet(row -> new RequestId(row.value1()));
  }

  private <I, R> Map<I, R> byId(
      Table<Record> table,
      Field<String> tenant,
      Field<String> id,
      Stream<String> ids,
      Function<Record, R> read,
      Function<R, I> key) {
    return statements
        .selectFrom(table)
        .where(tenant.eq(organization.value()), id.eq(any(ids)))
        .fetch()
        .stream()
        .map(read)
        .collect(Collectors.toMap(key, row -> row));
  }

  /** One array instead of a list of parameters: the statement's text stays the same. */
  private static org.jooq.QuantifiedSelect<org.jooq.Record1<String>> any(Stream<String> ids) {
    return org.jooq.impl.DSL.any(ids.toArray(String[]::new));
  }
}
