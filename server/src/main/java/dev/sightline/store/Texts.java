package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.DASHBOARD;
import static dev.sightline.store.jooq.Tables.DIRECTORY_EPOCH;
import static dev.sightline.store.jooq.Tables.LOG_PERSONAL;
import static dev.sightline.store.jooq.Tables.LOG_RECORD;
import static dev.sightline.store.jooq.Tables.MAIL;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.ORGANIZATION_AGENT;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT_ID;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT_WORKSPACE;
import static dev.sightline.store.jooq.Tables.TEAM;
import static dev.sightline.store.jooq.Tables.TEAM_ENTRY;
import static dev.sightline.store.jooq.Tables.TEAM_TEAM;
import static dev.sightline.store.jooq.Tables.TEAM_USER;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;
import static dev.sightline.store.jooq.Tables.USER_ENTRY;
import static dev.sightline.store.jooq.Tables.WORKSPACE;
import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.insertInto;

import dev.sightline.model.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The statements that write revisions. Those that insert and those that update the same kind of row
 * take the same values in the same order: what is set, then the key.
 */
final class Texts {
  static final Prepared INSERT_ORGANIZATION =
      insert(
          ORGANIZATION,
          ORGANIZATION.ID,
          ORGANIZATION.NAME,
          ORGANIZATION.PARENT,
          ORGANIZATION.ROOT,
          ORGANIZATION.REVISION,
          ORGANIZATION.HEAD,
          ORGANIZATION.AT,
          ORGANIZATION.FINGERPRINT,
          ORGANIZATION.USERS,
          ORGANIZATION.TEAMS,
          ORGANIZATION.MEMBERSHIPS,
          ORGANIZATION.WORKSPACES,
          ORGANIZATION.DASHBOARDS,
          ORGANIZATION.ENTRIES,
          ORGANIZATION.AGENTS,
          ORGANIZATION.GRANTS);
  static final Prepared ADVANCE =
      update(
          ORGANIZATION,
          List.of(
              ORGANIZATION.REVISION,
              ORGANIZATION.HEAD,
              ORGANIZATION.AT,
              ORGANIZATION.FINGERPRINT,
              ORGANIZATION.USERS,
              ORGANIZATION.TEAMS,
              ORGANIZATION.MEMBERSHIPS,
              ORGANIZATION.WORKSPACES,
              ORGANIZATION.DASHBOARDS,
              ORGANIZATION.ENTRIES,
              ORGANIZATION.AGENTS,
              ORGANIZATION.GRANTS),
          is(ORGANIZATION.ID).and(is(ORGANIZATION.REVISION)));
  static final Prepared NEW_DIRECTORY_EPOCH =
      Prepared.of(
          DSL.update(DIRECTORY_EPOCH).set(DIRECTORY_EPOCH.EPOCH, open(DIRECTORY_EPOCH.EPOCH)));
  static final Prepared RENAME_ORGANIZATION =
      update(ORGANIZATION, List.of(ORGANIZATION.NAME), is(ORGANIZATION.ID));

  private static final List<Field<?>> USER =
      List.of(
          USER_ACCOUNT.ROLE,
          USER_ACCOUNT.STATUS,
          USER_ACCOUNT.CREATED_AT,
          USER_ACCOUNT.ADMIN_SINCE,
          USER_ACCOUNT.ACTIVE_RESPONSE,
          USER_ACCOUNT.SECOND_FACTOR);
  private static final Condition THIS_USER =
      is(USER_ACCOUNT.ORGANIZATION_ID)
          .and(is(USER_ACCOUNT.ID))
          .and(USER_ACCOUNT.STATUS.ne(DSL.inline(Status.DELETED, USER_ACCOUNT.STATUS)));
  static final Prepared INSERT_USER =
      insert(USER_ACCOUNT, USER, USER_ACCOUNT.ORGANIZATION_ID, USER_ACCOUNT.ID);
  static final Prepared UPDATE_USER = update(USER_ACCOUNT, USER, THIS_USER);
  static final Prepared SET_PROFILE =
      update(
          USER_ACCOUNT,
          List.of(
              USER_ACCOUNT.NAME,
              USER_ACCOUNT.NAME_FOLDED,
              USER_ACCOUNT.EMAIL,
              USER_ACCOUNT.EMAIL_CANONICAL,
              USER_ACCOUNT.TITLE),
          THIS_USER);
  static final Prepared DELETE_USER =
      Prepared.of(
          DSL.update(USER_ACCOUNT)
              .set(USER_ACCOUNT.STATUS, DSL.inline(Status.DELETED, USER_ACCOUNT.STATUS))
              .where(THIS_USER));

  static final Prepared INSERT_TEAM =
      insert(TEAM, List.of(TEAM.NAME), TEAM.ORGANIZATION_ID, TEAM.ID);
  private static final Condition THIS_TEAM =
      is(TEAM.ORGANIZATION_ID).and(is(TEAM.ID)).and(TEAM.DELETED.isFalse());
  static final Prepared UPDATE_TEAM = update(TEAM, List.of(TEAM.NAME), THIS_TEAM);
  static final Prepared DELETE_TEAM = bury(TEAM, TEAM.DELETED, THIS_TEAM);

  static final Prepared INSERT_TEAM_USER =
      insert(TEAM_USER, TEAM_USER.ORGANIZATION_ID, TEAM_USER.TEAM_ID, TEAM_USER.USER_ID);
  static final Prepared DELETE_TEAM_USER =
      delete(TEAM_USER, TEAM_USER.ORGANIZATION_ID, TEAM_USER.TEAM_ID, TEAM_USER.USER_ID);
  static final Prepared INSERT_TEAM_TEAM =
      insert(TEAM_TEAM, TEAM_TEAM.ORGANIZATION_ID, TEAM_TEAM.TEAM_ID, TEAM_TEAM.MEMBER_ID);
  static final Prepared DELETE_TEAM_TEAM =
      delete(TEAM_TEAM, TEAM_TEAM.ORGANIZATION_ID, TEAM_TEAM.TEAM_ID, TEAM_TEAM.MEMBER_ID);

  static final Prepared INSERT_WORKSPACE =
      insert(WORKSPACE, List.of(WORKSPACE.NAME), WORKSPACE.ORGANIZATION_ID, WORKSPACE.ID);
  private static final Condition THIS_WORKSPACE =
      is(WORKSPACE.ORGANIZATION_ID).and(is(WORKSPACE.ID)).and(WORKSPACE.DELETED.isFalse());
  static final Prepared UPDATE_WORKSPACE =
      update(WORKSPACE, List.of(WORKSPACE.NAME), THIS_WORKSPACE);
  static final Prepared DELETE_WORKSPACE = bury(WORKSPACE, WORKSPACE.DELETED, THIS_WORKSPACE);

  private static final List<Field<?>> DASHBOARD_FACTS =
      List.of(
          DASHBOARD.NAME,
          DASHBOARD.OWNER_ID,
          DASHBOARD.COMPANY_DEFAULT,
          DASHBOARD.DRAFT,
          DASHBOARD.WORKSPACE_ID);
  private static final Condition THIS_DASHBOARD =
      is(DASHBOARD.ORGANIZATION_ID).and(is(DASHBOARD.ID)).and(DASHBOARD.DELETED.isFalse());
  static final Prepared INSERT_DASHBOARD =
      insert(DASHBOARD, DASHBOARD_FACTS, DASHBOARD.ORGANIZATION_ID, DASHBOARD.ID);
  static final Prepared UPDATE_DASHBOARD = update(DASHBOARD, DASHBOARD_FACTS, THIS_DASHBOARD);
  static final Prepared DELETE_DASHBOARD = bury(DASHBOARD, DASHBOARD.DELETED, THIS_DASHBOARD);
  static final Prepared INHERIT =
      update(
          DASHBOARD,
          List.of(DASHBOARD.OWNER_ID),
          is(DASHBOARD.ORGANIZATION_ID)
              .and(DASHBOARD.ID.eq(DSL.any(DSL.param("ids", DASHBOARD.ID.getDataType().array()))))
              .and(is(DASHBOARD.OWNER_ID))
              .and(DASHBOARD.DELETED.isFalse()));

  /** The same three statements for the entries of users and those of teams. */
  record OfEntries(Prepared insert, Prepared update, Prepared delete) {
    static OfEntries of(
        Table<?> table,
        TableField<Record, String> organization,
        TableField<Record, String> dashboard,
        TableField<Record, String> subject,
        TableField<Record, Short> level,
        TableField<Record, Instant> end) {
      List<Field<?>> facts = List.of(level, end);
      return new OfEntries(
          Texts.insert(table, facts, organization, dashboard, subject),
          Texts.update(table, facts, is(organization).and(is(dashboard)).and(is(subject))),
          Texts.delete(table, organization, dashboard, subject));
    }
  }

  static final OfEntries USER_ENTRIES =
      OfEntries.of(
          USER_ENTRY,
          USER_ENTRY.ORGANIZATION_ID,
          USER_ENTRY.DASHBOARD_ID,
          USER_ENTRY.USER_ID,
          USER_ENTRY.LEVEL,
          USER_ENTRY.ENDS_AT);
  static final OfEntries TEAM_ENTRIES =
      OfEntries.of(
          TEAM_ENTRY,
          TEAM_ENTRY.ORGANIZATION_ID,
          TEAM_ENTRY.DASHBOARD_ID,
          TEAM_ENTRY.TEAM_ID,
          TEAM_ENTRY.LEVEL,
          TEAM_ENTRY.ENDS_AT);

  static final Prepared INSERT_GRANT_ID =
      insert(SUPPORT_GRANT_ID, SUPPORT_GRANT_ID.ID, SUPPORT_GRANT_ID.ORGANIZATION_ID);
  static final Prepared INSERT_GRANT =
      insert(
          SUPPORT_GRANT,
          SUPPORT_GRANT.HOLDER_GROUP,
          SUPPORT_GRANT.HOLDER_AGENT,
          SUPPORT_GRANT.ROLES,
          SUPPORT_GRANT.STARTS_AT,
          SUPPORT_GRANT.ENDS_AT,
          SUPPORT_GRANT.GRANTED_BY,
          SUPPORT_GRANT.GRANTED_BY_ORGANIZATION,
          SUPPORT_GRANT.ORGANIZATION_ID,
          SUPPORT_GRANT.ID);
  private static final Condition THIS_GRANT =
      is(SUPPORT_GRANT.ORGANIZATION_ID)
          .and(is(SUPPORT_GRANT.ID))
          .and(SUPPORT_GRANT.REVOKED_AT.isNull());
  static final Prepared REVOKE_GRANT =
      update(
          SUPPORT_GRANT,
          List.of(
              SUPPORT_GRANT.REVOKED_AT,
              SUPPORT_GRANT.REVOKED_BY,
              SUPPORT_GRANT.REVOKED_BY_ORGANIZATION),
          THIS_GRANT);
  static final Prepared EXPLAIN_GRANT =
      update(SUPPORT_GRANT, List.of(SUPPORT_GRANT.REASON), THIS_GRANT);
  static final Prepared INSERT_GRANT_WORKSPACE =
      insert(
          SUPPORT_GRANT_WORKSPACE,
          SUPPORT_GRANT_WORKSPACE.ROLE,
          SUPPORT_GRANT_WORKSPACE.ORGANIZATION_ID,
          SUPPORT_GRANT_WORKSPACE.GRANT_ID,
          SUPPORT_GRANT_WORKSPACE.WORKSPACE_ID);

  static final Prepared INSERT_AGENT =
      insert(
          ORGANIZATION_AGENT,
          List.of(ORGANIZATION_AGENT.AGENT_GROUP),
          ORGANIZATION_AGENT.ORGANIZATION_ID,
          ORGANIZATION_AGENT.AGENT_ID);
  static final Prepared UPDATE_AGENT =
      update(
          ORGANIZATION_AGENT,
          List.of(ORGANIZATION_AGENT.AGENT_GROUP),
          is(ORGANIZATION_AGENT.ORGANIZATION_ID).and(is(ORGANIZATION_AGENT.AGENT_ID)));
  static final Prepared DELETE_AGENT =
      delete(ORGANIZATION_AGENT, ORGANIZATION_AGENT.ORGANIZATION_ID, ORGANIZATION_AGENT.AGENT_ID);

  static final Prepared INSERT_LOG_RECORD =
      insert(
          LOG_RECORD,
          LOG_RECORD.ORGANIZATION_ID,
          LOG_RECORD.REVISION,
          LOG_RECORD.NUMBER,
          LOG_RECORD.AT,
          LOG_RECORD.BODY,
          LOG_RECORD.HASH);
  static final Prepared INSERT_LOG_PERSONAL =
      insert(
          LOG_PERSONAL,
          LOG_PERSONAL.ORGANIZATION_ID,
          LOG_PERSONAL.REVISION,
          LOG_PERSONAL.NUMBER,
          LOG_PERSONAL.FIELD,
          LOG_PERSONAL.ABOUT,
          LOG_PERSONAL.ABOUT_ORGANIZATION,
          LOG_PERSONAL.SALT,
          LOG_PERSONAL.VALUE);

  static final Prepared INSERT_MAIL =
      insert(
          MAIL,
          MAIL.ORGANIZATION_ID,
          MAIL.RECIPIENT_ID,
          MAIL.ADDRESS,
          MAIL.ADDRESS_CANONICAL,
          MAIL.KIND,
          MAIL.DASHBOARD_ID,
          MAIL.LEVEL,
          MAIL.REQUEST_ID,
          MAIL.REQUESTER_ID,
          MAIL.GRANT_ID,
          MAIL.CONTENT,
          MAIL.WRITTEN_AT,
          MAIL.NEXT_ATTEMPT_AT);

  /** One that is sent says nothing any more. */
  static final Prepared REWRITE_MAIL =
      update(
          MAIL,
          List.of(MAIL.CONTENT),
          is(MAIL.ORGANIZATION_ID)
              .and(is(MAIL.ID))
              .and(MAIL.STATE.ne(DSL.inline(MailState.SENT.name()))));

  private Texts() {}

  static Prepared insert(Table<?> table, List<Field<?>> facts, Field<?>... key) {
    var all = new java.util.ArrayList<Field<?>>(facts);
    all.addAll(Arrays.asList(key));
    return insert(table, all.toArray(Field<?>[]::new));
  }

  static Prepared insert(Table<?> table, Field<?>... fields) {
    return Prepared.of(
        insertInto(table).columns(fields).values(Arrays.stream(fields).map(Texts::open).toList()));
  }

  static Prepared update(Table<?> table, List<? extends Field<?>> facts, Condition key) {
    Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
    facts.forEach(fact -> values.put(fact, open(fact)));
    return Prepared.of(DSL.update(table).set(values).where(key));
  }

  static Prepared delete(Table<?> table, Field<?>... key) {
    return Prepared.of(
        deleteFrom(table).where(DSL.and(Arrays.stream(key).map(Texts::is).toList())));
  }

  /** Inserts a row, or gives the one that is there these facts; the table has no other columns. */
  static Prepared put(Table<?> table, List<Field<?>> facts, Field<?>... key) {
    var all = new java.util.ArrayList<Field<?>>(facts);
    all.addAll(Arrays.asList(key));
    Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
    facts.forEach(fact -> values.put(fact, DSL.excluded(fact)));
    return Prepared.of(
        insertInto(table)
            .columns(all)
            .values(all.stream().map(Texts::open).toList())
            .onConflict(key)
            .doUpdate()
            .set(values));
  }

  /** Ids are never used again, so what is deleted stays as a tombstone. */
  private static Prepared bury(Table<?> table, TableField<Record, Boolean> deleted, Condition key) {
    return Prepared.of(DSL.update(table).set(deleted, DSL.inline(true)).where(key));
  }

  static <T> Condition is(Field<T> field) {
    return field.eq(open(field));
  }

  /** A parameter for a value of this column. */
  private static <T> Field<T> open(Field<T> field) {
    return DSL.param(field.getName(), field);
  }
}
