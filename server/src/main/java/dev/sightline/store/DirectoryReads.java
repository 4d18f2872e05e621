package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST;
import static dev.sightline.store.jooq.Tables.DASHBOARD;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.TEAM;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;
import static dev.sightline.store.jooq.Tables.WORKSPACE;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.Status;
import dev.sightline.store.Rows.DashboardRow;
import dev.sightline.store.Rows.OrganizationRow;
import dev.sightline.store.Rows.TeamRow;
import dev.sightline.store.Rows.UserRow;
import dev.sightline.store.Rows.WorkspaceRow;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What the directory shows beyond the graph: names, addresses, deleted ones. Each call reads what
 * is committed when it begins; two calls may see two revisions, and neither decides about access.
 */
public final class DirectoryReads {
  private final Connections reads;

  DirectoryReads(Connections reads) {
    this.reads = reads;
  }

  /** An organization, or null. */
  public @Nullable OrganizationRow organization(OrganizationId id) {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(ORGANIZATION)
            .where(ORGANIZATION.ID.eq(id.value()))
            .fetchOne(RowReader::organization));
  }

  /** All organizations by id. */
  public List<OrganizationRow> organizations(Page page) {
    return organizations(DSL.noCondition(), page);
  }

  /** The organizations of a realm by id, the root among them. */
  public List<OrganizationRow> realm(OrganizationId root, Page page) {
    return organizations(ORGANIZATION.ROOT.eq(root.value()), page);
  }

  private List<OrganizationRow> organizations(Condition which, Page page) {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(ORGANIZATION)
            .where(which, ORGANIZATION.ID.gt(page.begin()))
            .orderBy(ORGANIZATION.ID)
            .limit(page.limit())
            .fetch(RowReader::organization));
  }

  /** The ids of all organizations in order; of a realm's, the root among them, if one is named. */
  public List<OrganizationId> organizationIds(@Nullable OrganizationId root) {
    Condition which = root == null ? DSL.noCondition() : ORGANIZATION.ROOT.eq(root.value());
    return reads.read(connection ->
        Connections.statements(connection)
            .select(ORGANIZATION.ID)
            .from(ORGANIZATION)
            .where(which)
            .orderBy(ORGANIZATION.ID)
            .fetch(row -> new OrganizationId(row.value1())));
  }

  /** An organization's users in one of these statuses, by id. */
  public List<UserRow> users(OrganizationId organization, Set<Status> statuses, Page page) {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(USER_ACCOUNT)
            .where(
                USER_ACCOUNT.ORGANIZATION_ID.eq(organization.value()),
                USER_ACCOUNT.STATUS.in(statuses),
                USER_ACCOUNT.ID.gt(page.begin()))
            .orderBy(USER_ACCOUNT.ID)
            .limit(page.limit())
            .fetch(RowReader::user));
  }

  /**
   * Users who are not deleted and whose name or address contains this text, whatever its case:
   * those where one of them begins with it first, then by name.
   */
  public List<UserRow> people(OrganizationId organization, String text, int limit) {
    String folded = text.toLowerCase(Locale.ROOT);
    Condition begins =
        USER_ACCOUNT
            .NAME_FOLDED
            .startsWith(folded)
            .or(USER_ACCOUNT.EMAIL_CANONICAL.startsWith(folded));
    Condition contains =
        USER_ACCOUNT.NAME_FOLDED.contains(folded).or(USER_ACCOUNT.EMAIL_CANONICAL.contains(folded));
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(USER_ACCOUNT)
            .where(
                USER_ACCOUNT.ORGANIZATION_ID.eq(organization.value()),
                USER_ACCOUNT.STATUS.ne(Status.DELETED),
                contains)
            .orderBy(DSL.field(begins).desc(), USER_ACCOUNT.NAME_FOLDED, USER_ACCOUNT.ID)
            .limit(limit)
            .fetch(RowReader::user));
  }

  /** An organization's teams by id, without those deleted. */
  public List<TeamRow> teams(OrganizationId organization, Page page) {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(TEAM)
            .where(
                TEAM.ORGANIZATION_ID.eq(organization.value()),
                TEAM.DELETED.isFalse(),
                TEAM.ID.gt(page.begin()))
            .orderBy(TEAM.ID)
            .limit(page.limit())
            .fetch(RowReader::team));
  }

  /** An organization's workspaces by id, without those deleted. */
  public List<WorkspaceRow> workspaces(OrganizationId organization, Page page) {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(WORKSPACE)
            .where(
                WORKSPACE.ORGANIZATION_ID.eq(organization.value()),
                WORKSPACE.DELETED.isFalse(),
                WORKSPACE.ID.gt(page.begin()))
            .orderBy(WORKSPACE.ID)
            .limit(page.limit())
            .fetch(RowReader::workspace));
  }

  /** An organization's dashboards by id, without those deleted. */
  public List<DashboardRow> dashboards(OrganizationId organization, Page page) {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(DASHBOARD)
            .where(
                DASHBOARD.ORGANIZATION_ID.eq(organization.value()),
                DASHBOARD.DELETED.isFalse(),
                DASHBOARD.ID.gt(page.begin()))
            .orderBy(DASHBOARD.ID)
            .limit(page.limit())
            .fetch(RowReader::dashboard));
  }

  /** Reads rows of one organization by their ids, all in one snapshot. */
  public <R extends @Nullable Object> R rows(
      OrganizationId organization, Function<? super OrganizationRows, ? extends R> read) {
    return reads.read(connection ->
        read.apply(new OrganizationRows(Connections.statements(connection), organization)));
  }

  /** The organizations in which somebody waits for access; few of all. */
  public List<OrganizationId> organizationsWithPendingRequests() {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectDistinct(ACCESS_REQUEST.ORGANIZATION_ID)
            .from(ACCESS_REQUEST)
            .where(
                ACCESS_REQUEST.STATUS.eq(DSL.inline(RequestStatus.PENDING, ACCESS_REQUEST.STATUS)))
            .fetch(row -> new OrganizationId(row.value1())));
  }
}
