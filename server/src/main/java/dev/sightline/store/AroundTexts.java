package dev.sightline.store;

import static dev.sightline.store.Texts.is;
import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST;
import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST_ID;
import static dev.sightline.store.jooq.Tables.INVITATION;
import static dev.sightline.store.jooq.Tables.SUBSCRIPTION;
import static dev.sightline.store.jooq.Tables.SUPPORT_POLICY;
import static dev.sightline.store.jooq.Tables.SUPPORT_REQUEST;
import static dev.sightline.store.jooq.Tables.WAITING_MAIL;

import dev.sightline.model.RequestStatus;
import java.util.List;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The statements that write what goes on around access; in the same order as {@link Texts}. */
final class AroundTexts {
  static final Prepared INSERT_REQUEST_ID =
      Texts.insert(ACCESS_REQUEST_ID, ACCESS_REQUEST_ID.ID, ACCESS_REQUEST_ID.ORGANIZATION_ID);
  static final Prepared INSERT_REQUEST =
      Texts.insert(
          ACCESS_REQUEST,
          ACCESS_REQUEST.DASHBOARD_ID,
          ACCESS_REQUEST.REQUESTER_ID,
          ACCESS_REQUEST.MADE_AT,
          ACCESS_REQUEST.ENDS_AT,
          ACCESS_REQUEST.ADDRESSEE_ID,
          ACCESS_REQUEST.ADDRESSING,
          ACCESS_REQUEST.STATUS,
          ACCESS_REQUEST.DECIDED_BY,
          ACCESS_REQUEST.DECIDED_AT,
          ACCESS_REQUEST.LEVEL,
          ACCESS_REQUEST.ORGANIZATION_ID,
          ACCESS_REQUEST.ID);
  private static final Condition THIS_REQUEST =
      is(ACCESS_REQUEST.ORGANIZATION_ID).and(is(ACCESS_REQUEST.ID));

  /** One that is not pending stays as it is. */
  static final Prepared UPDATE_REQUEST =
      Texts.update(
          ACCESS_REQUEST,
          List.of(
              ACCESS_REQUEST.ADDRESSEE_ID,
              ACCESS_REQUEST.ADDRESSING,
              ACCESS_REQUEST.STATUS,
              ACCESS_REQUEST.DECIDED_BY,
              ACCESS_REQUEST.DECIDED_AT,
              ACCESS_REQUEST.LEVEL),
          THIS_REQUEST.and(
              ACCESS_REQUEST.STATUS.eq(DSL.inline(RequestStatus.PENDING, ACCESS_REQUEST.STATUS))));

  static final Prepared EXPLAIN_REQUEST =
      Texts.update(ACCESS_REQUEST, List.of(ACCESS_REQUEST.REASON), THIS_REQUEST);

  static final Prepared INSERT_SUBSCRIPTION =
      Texts.insert(
          SUBSCRIPTION,
          SUBSCRIPTION.ORGANIZATION_ID,
          SUBSCRIPTION.USER_ID,
          SUBSCRIPTION.DASHBOARD_ID);
  static final Prepared DELETE_SUBSCRIPTION =
      Texts.delete(
          SUBSCRIPTION,
          SUBSCRIPTION.ORGANIZATION_ID,
          SUBSCRIPTION.USER_ID,
          SUBSCRIPTION.DASHBOARD_ID);

  static final Prepared PUT_INVITATION =
      Texts.put(
          INVITATION,
          List.of(INVITATION.SENDING, INVITATION.SENT_AT, INVITATION.ENDS_AT),
          INVITATION.ORGANIZATION_ID,
          INVITATION.USER_ID);
  static final Prepared DELETE_INVITATION =
      Texts.delete(INVITATION, INVITATION.ORGANIZATION_ID, INVITATION.USER_ID);

  /** Replaces one past its end that nobody has taken away, its reason included. */
  static final Prepared PUT_SUPPORT_REQUEST =
      Texts.put(
          SUPPORT_REQUEST,
          List.of(SUPPORT_REQUEST.MADE_AT, SUPPORT_REQUEST.ENDS_AT, SUPPORT_REQUEST.REASON),
          SUPPORT_REQUEST.ORGANIZATION_ID,
          SUPPORT_REQUEST.AGENT_ID);

  static final Prepared EXPLAIN_SUPPORT_REQUEST =
      Texts.update(
          SUPPORT_REQUEST,
          List.of(SUPPORT_REQUEST.REASON),
          is(SUPPORT_REQUEST.ORGANIZATION_ID).and(is(SUPPORT_REQUEST.AGENT_ID)));
  static final Prepared DELETE_SUPPORT_REQUEST =
      Texts.delete(SUPPORT_REQUEST, SUPPORT_REQUEST.ORGANIZATION_ID, SUPPORT_REQUEST.AGENT_ID);

  static final Prepared PUT_SUPPORT_POLICY =
      Texts.put(
          SUPPORT_POLICY,
          List.of(
              SUPPORT_POLICY.USUAL_MICROS,
              SUPPORT_POLICY.LONGEST_MICROS,
              SUPPORT_POLICY.UNTIL_REVOKED,
              SUPPORT_POLICY.AGENT_GROUPS),
          SUPPORT_POLICY.ORGANIZATION_ID);

  static final Prepared PUT_WAITING =
      Texts.put(
          WAITING_MAIL,
          List.of(WAITING_MAIL.KIND, WAITING_MAIL.BY_ID),
          WAITING_MAIL.ORGANIZATION_ID,
          WAITING_MAIL.DASHBOARD_ID,
          WAITING_MAIL.USER_ID);
  static final Prepared DELETE_WAITING =
      Texts.delete(
          WAITING_MAIL,
          WAITING_MAIL.ORGANIZATION_ID,
          WAITING_MAIL.DASHBOARD_ID,
          WAITING_MAIL.USER_ID);
  static final Prepared DELETE_ALL_WAITING =
      Texts.delete(WAITING_MAIL, WAITING_MAIL.ORGANIZATION_ID, WAITING_MAIL.DASHBOARD_ID);

  private AroundTexts() {}
}
