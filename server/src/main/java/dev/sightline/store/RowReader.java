package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.DASHBOARD;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.TEAM;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;
import static dev.sightline.store.jooq.Tables.WORKSPACE;

import dev.sightline.change.Profile;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import dev.sightline.store.Rows.DashboardRow;
import dev.sightline.store.Rows.OrganizationRow;
import dev.sightline.store.Rows.TeamRow;
import dev.sightline.store.Rows.UserRow;
import dev.sightline.store.Rows.WorkspaceRow;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** From jOOQ's records to the directory's. */
final class RowReader {
  private RowReader() {}

  static OrganizationRow organization(Record row) {
    String parent = row.get(ORGANIZATION.PARENT);
    return new OrganizationRow(
        new OrganizationId(row.get(ORGANIZATION.ID)),
        row.get(ORGANIZATION.NAME),
        parent == null ? null : new OrganizationId(parent),
        new OrganizationId(row.get(ORGANIZATION.ROOT)));
  }

  static UserRow user(Record row) {
    return new UserRow(
        new UserId(row.get(USER_ACCOUNT.ID)),
        profile(row),
        row.get(USER_ACCOUNT.ROLE),
        row.get(USER_ACCOUNT.STATUS),
        row.get(USER_ACCOUNT.CREATED_AT),
        row.get(USER_ACCOUNT.ADMIN_SINCE),
        row.get(USER_ACCOUNT.ACTIVE_RESPONSE),
        row.get(USER_ACCOUNT.SECOND_FACTOR));
  }

  private static @Nullable Profile profile(Record row) {
    String email = row.get(USER_ACCOUNT.EMAIL);
    return email == null
        ? null
        : new Profile(
            row.get(USER_ACCOUNT.NAME), new EmailAddress(email), row.get(USER_ACCOUNT.TITLE));
  }

  static TeamRow team(Record row) {
    return new TeamRow(new TeamId(row.get(TEAM.ID)), row.get(TEAM.NAME), row.get(TEAM.DELETED));
  }

  static WorkspaceRow workspace(Record row) {
    return new WorkspaceRow(
        new WorkspaceId(row.get(WORKSPACE.ID)),
        row.get(WORKSPACE.NAME),
        row.get(WORKSPACE.DELETED));
  }

  static DashboardRow dashboard(Record row) {
    String workspace = row.get(DASHBOARD.WORKSPACE_ID);
    return new DashboardRow(
        new DashboardId(row.get(DASHBOARD.ID)),
        row.get(DASHBOARD.NAME),
        new UserId(row.get(DASHBOARD.OWNER_ID)),
        Level.ofOrdinal(row.get(DASHBOARD.COMPANY_DEFAULT)),
        row.get(DASHBOARD.DRAFT),
        workspace == null ? null : new WorkspaceId(workspace),
        row.get(DASHBOARD.DELETED));
  }
}
