package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST;
import static dev.sightline.store.jooq.Tables.DASHBOARD;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.ORGANIZATION_AGENT;
import static dev.sightline.store.jooq.Tables.SUBSCRIPTION;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT_WORKSPACE;
import static dev.sightline.store.jooq.Tables.TEAM;
import static dev.sightline.store.jooq.Tables.TEAM_ENTRY;
import static dev.sightline.store.jooq.Tables.TEAM_TEAM;
import static dev.sightline.store.jooq.Tables.TEAM_USER;
import static dev.sightline.store.jooq.Tables.TOKEN_EPOCH;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;
import static dev.sightline.store.jooq.Tables.USER_ENTRY;
import static dev.sightline.store.jooq.Tables.WORKSPACE;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import dev.sightline.model.RequestStatus;
import dev.sightline.model.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * How one kind of an organization's facts is read.
 *
 * @param text takes the organization's id
 */
record LoadQuery(Prepared text, Reader reader) {
  /** Gives all rows to the sink and counts them. */
  @FunctionalInterface
  interface Reader {
    void read(ResultSet rows, FactSink sink, Found found) throws SQLException;
  }

  /** How many of each kind have been read. */
  static final class Found {
    long users;
    long teams;
    long memberships;
    long workspaces;
    long dashboards;
    long entries;
    long agents;
    long grants;

    Counts counts() {
      return new Counts(users, teams, memberships, workspaces, dashboards, entries, agents, grants);
    }
  }

  /**
   * Whether this is a standby, and the beat of the node that asks, whose name comes before the
   * organization's id; then the name, the parent, and the head; null if there is none.
   */
  static final Prepared HEAD =
      Prepared.of(
          select(Heads.IN_RECOVERY, Heads.OWN_BEAT, ORGANIZATION.NAME, ORGANIZATION.PARENT)
              .select(Heads.COLUMNS)
              .from(TOKEN_EPOCH)
              .leftJoin(ORGANIZATION)
              .on(of(ORGANIZATION.ID)));

  private static final Prepared USERS =
      Prepared.of(
          select(
                  USER_ACCOUNT.ID,
                  USER_ACCOUNT.ROLE,
                  USER_ACCOUNT.STATUS,
                  USER_ACCOUNT.CREATED_AT,
                  USER_ACCOUNT.ADMIN_SINCE,
                  USER_ACCOUNT.ACTIVE_RESPONSE,
                  USER_ACCOUNT.SECOND_FACTOR)
              .from(USER_ACCOUNT)
              .where(of(USER_ACCOUNT.ORGANIZATION_ID))
              .and(USER_ACCOUNT.STATUS.ne(DSL.inline(Status.DELETED, USER_ACCOUNT.STATUS)))
              .orderBy(USER_ACCOUNT.ID));

  private static final Prepared TEAMS =
      Prepared.of(
          select(TEAM.ID, TEAM.NAME)
              .from(TEAM)
              .where(of(TEAM.ORGANIZATION_ID))
              .and(TEAM.DELETED.isFalse())
              .orderBy(TEAM.ID));

  private static final Prepared TEAM_USERS =
      Prepared.of(
          select(TEAM_USER.TEAM_ID, TEAM_USER.USER_ID)
              .from(TEAM_USER)
              .where(of(TEAM_USER.ORGANIZATION_ID))
              .orderBy(TEAM_USER.TEAM_ID, TEAM_USER.USER_ID));

  private static final Prepared TEAM_TEAMS =
      Prepared.of(
          select(TEAM_TEAM.TEAM_ID, TEAM_TEAM.MEMBER_ID)
              .from(TEAM_TEAM)
              .where(of(TEAM_TEAM.ORGANIZATION_ID))
              .orderBy(TEAM_TEAM.TEAM_ID, TEAM_TEAM.MEMBER_ID));

  private static final Prepared WORKSPACES =
      Prepared.of(
          select(WORKSPACE.ID, WORKSPACE.NAME)
              .from(WORKSPACE)
              .where(of(WORKSPACE.ORGANIZATION_ID))
              .and(WORKSPACE.DELETED.isFalse())
              .orderBy(WORKSPACE.ID));

  private static final Prepared DASHBOARDS =
      Prepared.of(
          select(
                  DASHBOARD.ID,
                  DASHBOARD.NAME,
                  DASHBOARD.OWNER_ID,
                  DASHBOARD.COMPANY_DEFAULT,
                  DASHBOARD.DRAFT,
                  DASHBOARD.WORKSPACE_ID)
              .from(DASHBOARD)
              .where(of(DASHBOARD.ORGANIZATION_ID))
              .and(DASHBOARD.DELETED.isFalse())
              .orderBy(DASHBOARD.ID));

  private static final Prepared USER_ENTRIES =
      Prepared.of(
          select(USER_ENTRY.DASHBOARD_ID, USER_ENTRY.USER_ID, USER_ENTRY.LEVEL, USER_ENTRY.ENDS_AT)
              .from(USER_ENTRY)
              .where(of(USER_ENTRY.ORGANIZATION_ID))
              .orderBy(USER_ENTRY.DASHBOARD_ID, USER_ENTRY.USER_ID));

  private static final Prepared TEAM_ENTRIES =
      Prepared.of(
          select(TEAM_ENTRY.DASHBOARD_ID, TEAM_ENTRY.TEAM_ID, TEAM_ENTRY.LEVEL, TEAM_ENTRY.ENDS_AT)
              .from(TEAM_ENTRY)
              .where(of(TEAM_ENTRY.ORGANIZATION_ID))
              .orderBy(TEAM_ENTRY.DASHBOARD_ID, TEAM_ENTRY.TEAM_ID));

  private static final Prepared AGENTS =
      Prepared.of(
          select(ORGANIZATION_AGENT.AGENT_ID, ORGANIZATION_AGENT.AGENT_GROUP)
              .from(ORGANIZATION_AGENT)
              .where(of(ORGANIZATION_AGENT.ORGANIZATION_ID))
              .orderBy(ORGANIZATION_AGENT.AGENT_ID));

  /** A row for each workspace of a grant, or one row without. */
  private static final Prepared GRANTS =
      Prepared.of(
          select(
                  SUPPORT_GRANT.ID,
                  SUPPORT_GRANT.HOLDER_GROUP,
                  SUPPORT_GRANT.HOLDER_AGENT,
                  SUPPORT_GRANT.ROLES,
                  SUPPORT_GRANT.STARTS_AT,
                  SUPPORT_GRANT.ENDS_AT,
                  SUPPORT_GRANT_WORKSPACE.WORKSPACE_ID,
                  SUPPORT_GRANT_WORKSPACE.ROLE)
              .from(SUPPORT_GRANT)
              .leftJoin(SUPPORT_GRANT_WORKSPACE)
              .on(
                  SUPPORT_GRANT_WORKSPACE.ORGANIZATION_ID.eq(SUPPORT_GRANT.ORGANIZATION_ID),
                  SUPPORT_GRANT_WORKSPACE.GRANT_ID.eq(SUPPORT_GRANT.ID))
              .where(of(SUPPORT_GRANT.ORGANIZATION_ID))
              .and(SUPPORT_GRANT.REVOKED_AT.isNull())
              .orderBy(SUPPORT_GRANT.ID, SUPPORT_GRANT_WORKSPACE.WORKSPACE_ID));

  private static final Prepared REQUESTS =
      Prepared.of(
          select(
                  ACCESS_REQUEST.ID,
                  ACCESS_REQUEST.DASHBOARD_ID,
                  ACCESS_REQUEST.REQUESTER_ID,
                  ACCESS_REQUEST.ADDRESSEE_ID,
                  ACCESS_REQUEST.ADDRESSING,
                  ACCESS_REQUEST.MADE_AT,
                  ACCESS_REQUEST.ENDS_AT)
              .from(ACCESS_REQUEST)
              .where(of(ACCESS_REQUEST.ORGANIZATION_ID))
              .and(
                  ACCESS_REQUEST.STATUS.eq(
                      DSL.inline(RequestStatus.PENDING, ACCESS_REQUEST.STATUS)))
              .orderBy(ACCESS_REQUEST.ID));

  private static final Prepared SUBSCRIPTIONS =
      Prepared.of(
          select(SUBSCRIPTION.USER_ID, SUBSCRIPTION.DASHBOARD_ID)
              .from(SUBSCRIPTION)
              .where(of(SUBSCRIPTION.ORGANIZATION_ID))
              .orderBy(SUBSCRIPTION.USER_ID, SUBSCRIPTION.DASHBOARD_ID));

  /** In the order that {@link FactSink} promises. */
  static final List<LoadQuery> ALL =
      List.of(
          new LoadQuery(USERS, LoadReaders::users),
          new LoadQuery(TEAMS, LoadReaders::teams),
          new LoadQuery(TEAM_USERS, LoadReaders::teamUsers),
          new LoadQuery(TEAM_TEAMS, LoadReaders::teamTeams),
          new LoadQuery(WORKSPACES, LoadReaders::workspaces),
          new LoadQuery(DASHBOARDS, LoadReaders::dashboards),
          new LoadQuery(USER_ENTRIES, LoadReaders::userEntries),
          new LoadQuery(TEAM_ENTRIES, LoadReaders::teamEntries),
          new LoadQuery(AGENTS, LoadReaders::agents),
          new LoadQuery(GRANTS, LoadReaders::grants),
          new LoadQuery(REQUESTS, LoadReaders::requests),
          new LoadQuery(SUBSCRIPTIONS, LoadReaders::subscriptions));

  private static Condition of(Field<String> organization) {
    return organization.eq(param("organization", organization));
  }
}
