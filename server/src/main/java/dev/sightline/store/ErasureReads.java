package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_PERSONAL;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What has to be known before somebody's personal data is erased. */
public final class ErasureReads {
  private final Connections reads;

  ErasureReads(Connections reads) {
    this.reads = reads;
  }

  /**
   * Somebody whose personal data is to be erased.
   *
   * @param status null: there never was such a user
   * @param portals under the organization, that keep something of the user, too; by id
   */
  public record Found(@Nullable Status status, List<OrganizationId> portals) {
    public Found {
      portals = List.copyOf(portals);
    }
  }

  /**
   * A user of an organization, and where else something is kept of the user. As of one snapshot: to
   * somebody found DELETED nothing is added later.
   */
  public Found user(OrganizationId organization, UserId user) {
    return reads.read(connection -> {
      DSLContext statements = Connections.statements(connection);
      Status status =
          statements
              .select(USER_ACCOUNT.STATUS)
              .from(USER_ACCOUNT)
              .where(
                  USER_ACCOUNT.ORGANIZATION_ID.eq(organization.value()),
                  USER_ACCOUNT.ID.eq(user.value()))
              .fetchOne(USER_ACCOUNT.STATUS);
      return new Found(status, portals(statements, organization, user));
    });
  }

  private static List<OrganizationId> portals(
      DSLContext statements, OrganizationId root, UserId user) {
    String[] realm =
        statements
            .select(ORGANIZATION.ID)
            .from(ORGANIZATION)
            .where(ORGANIZATION.ROOT.eq(root.value()), ORGANIZATION.ID.ne(root.value()))
            .fetchArray(ORGANIZATION.ID);
    return statements
        .selectDistinct(LOG_PERSONAL.ORGANIZATION_ID)
        .from(LOG_PERSONAL)
        .where(
            LOG_PERSONAL.ORGANIZATION_ID.eq(DSL.any(realm)),
            LOG_PERSONAL.ABOUT.eq(user.value()),
            LOG_PERSONAL.ABOUT_ORGANIZATION.eq(root.value()))
        .union(
            DSL.selectDistinct(SUPPORT_GRANT.ORGANIZATION_ID)
                .from(SUPPORT_GRANT)
                .where(
                    SUPPORT_GRANT.ORGANIZATION_ID.eq(DSL.any(realm)),
                    SUPPORT_GRANT.GRANTED_BY.eq(user.value()),
                    SUPPORT_GRANT.GRANTED_BY_ORGANIZATION.eq(root.value()),
                    SUPPORT_GRANT.REASON.ne("")))
        .orderBy(1)
        .fetch(row -> new OrganizationId(row.value1()));
  }
}
