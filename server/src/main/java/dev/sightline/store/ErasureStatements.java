package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST;
import static dev.sightline.store.jooq.Tables.LOG_PERSONAL;
import static dev.sightline.store.jooq.Tables.MAIL;
import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT_ACTIVITY;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.SUPPORT_REQUEST;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;

import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Takes away what an organization keeps of somebody that is personal: the values that its log only
 * commits to, and whatever stands in rows beside it. That something was done and by which id stays.
 */
final class ErasureStatements {
  /** Of whoever was written to; no mail can ever get there. */
  static final String ERASED_ADDRESS = "erased@invalid";

  private final DSLContext statements;
  private final OrganizationId organization;

  ErasureStatements(DSLContext statements, OrganizationId organization) {
    this.statements = statements;
    this.organization = organization;
  }

  /**
   * Erases at once, in the transaction of the change.
   *
   * @throws StoreFault if the log holds another number of values than the change says
   */
  void erase(PersonalDataErased erasure) {
    Person person = erasure.person();
    int erased =
        statements
            .deleteFrom(LOG_PERSONAL)
            .where(PersonalRows.ofLog(organization, person))
            .execute();
    if (erased != erasure.values()) {
      throw new StoreFault(
          "%d values about %s were erased and not %d, as the log would say"
              .formatted(erased, person, erasure.values()));
    }
    eraseAccount(person);
    eraseReasons(person);
    eraseMails(person);
    statements
        .deleteFrom(SUPPORT_AGENT_ACTIVITY)
        .where(PersonalRows.ofActivity(organization, person))
        .execute();
  }

  private void eraseAccount(Person person) {
    statements
        .update(USER_ACCOUNT)
        .setNull(USER_ACCOUNT.NAME)
        .setNull(USER_ACCOUNT.NAME_FOLDED)
        .setNull(USER_ACCOUNT.EMAIL)
        .setNull(USER_ACCOUNT.EMAIL_CANONICAL)
        .setNull(USER_ACCOUNT.TITLE)
        .where(PersonalRows.ofAccount(organization, person))
        .execute();
  }

  private void eraseReasons(Person person) {
    statements
        .update(ACCESS_REQUEST)
        .set(ACCESS_REQUEST.REASON, "")
        .where(PersonalRows.ofRequests(organization, person))
        .execute();
    statements
        .update(SUPPORT_GRANT)
        .set(SUPPORT_GRANT.REASON, "")
        .where(PersonalRows.ofGrants(organization, person))
        .execute();
    statements
        .update(SUPPORT_REQUEST)
        .set(SUPPORT_REQUEST.REASON, "")
        .where(PersonalRows.ofSupportRequests(organization, person))
        .execute();
  }

  /** That mails were sent, and which, stays known. */
  private void eraseMails(Person person) {
    statements
        .deleteFrom(MAIL)
        .where(
            PersonalRows.toPerson(organization, person),
            MAIL.STATE.ne(DSL.inline(MailState.SENT.name())))
        .execute();
    statements.deleteFrom(MAIL).where(PersonalRows.aboutRequester(organization, person)).execute();
    statements
        .update(MAIL)
        .set(MAIL.ADDRESS, ERASED_ADDRESS)
        .set(MAIL.ADDRESS_CANONICAL, ERASED_ADDRESS)
        .setNull(MAIL.FAILURE)
        .where(PersonalRows.toPerson(organization, person))
        .execute();
  }
}
