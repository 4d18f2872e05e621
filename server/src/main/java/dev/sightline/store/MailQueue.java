package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.MAIL;

import dev.sightline.change.Mail;
import dev.sightline.change.Mail.Recipient;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The outbox: what transactions have left to be sent. Any number of nodes send from it.
 *
 * <p>INVARIANT: of the mails to one address that wait, only the oldest is handed out; so they are
 * sent in the order in which they were written. A mail that was handed out is handed out again if
 * nothing was said of it before the claim ran out.
 */
public final class MailQueue {
  private final Connections writes;
  private final Connections reads;

  MailQueue(Connections writes, Connections reads) {
    this.writes = writes;
    this.reads = reads;
  }

  /**
   * A mail to be sent now, by whoever has claimed it.
   *
   * @param claimedUntil from then on it may be somebody else's
   */
  public record Due(MailRow row, Mail mail, Instant claimedUntil) {}

  /**
   * Which mails to list.
   *
   * @param organization null: of all; so with the others
   */
  public record Filter(
      @Nullable OrganizationId organization,
      @Nullable MailKind kind,
      @Nullable MailState state,
      @Nullable UserId recipient,
      @Nullable RequestId request) {}

  /**
   * Claims mails that are due: nobody else is given them before the claim has run out.
   *
   * @param now what is due by this instant
   * @param lease how long the claim lasts
   * @param limit at most so many
   */
  public List<Due> claim(Instant now, Duration lease, int limit) {
    Instant until = Instants.truncated(now.plus(lease));
    var older = MAIL.as("older");
    var due =
        DSL.select(MAIL.ID)
            .from(MAIL)
            .where(
                isWaiting(),
                MAIL.NEXT_ATTEMPT_AT.le(now),
                MAIL.CLAIMED_UNTIL.isNull().or(MAIL.CLAIMED_UNTIL.le(now)),
                DSL.notExists(
                    DSL.selectOne()
                        .from(older)
                        .where(
                            older.ADDRESS_CANONICAL.eq(MAIL.ADDRESS_CANONICAL),
                            older.STATE.eq(DSL.inline(MailState.WAITING.name())),
                            older.ID.lt(MAIL.ID))))
            .orderBy(MAIL.ID)
            .limit(limit)
            .forUpdate()
            .skipLocked();
    return writes.write(connection ->
        Connections.statements(connection)
            .update(MAIL)
            .set(MAIL.CLAIMED_UNTIL, until)
            .where(MAIL.ID.in(due))
            .returning()
            .fetch(row -> new Due(read(row), mail(row), until)));
  }

  /** Notes that a mail was taken; what it says is forgotten. */
  public void sent(Due due, Instant at) {
    writes.write(connection ->
        Connections.statements(connection)
            .update(MAIL)
            .set(MAIL.STATE, MailState.SENT.name())
            .set(MAIL.SENT_AT, at)
            .setNull(MAIL.CONTENT)
            .setNull(MAIL.FAILURE)
            .setNull(MAIL.CLAIMED_UNTIL)
            .where(isStillClaimed(due))
            .execute());
  }

  /** Notes that sending failed and is to be tried again. */
  public void failed(Due due, String failure, Instant nextAttempt) {
    fail(due, failure, MailState.WAITING, nextAttempt);
  }

  /** Notes that sending failed for good. */
  public void died(Due due, String failure, Instant at) {
    fail(due, failure, MailState.DEAD, at);
  }

  private void fail(Due due, String failure, MailState state, Instant nextAttempt) {
    writes.write(connection ->
        Connections.statements(connection)
            .update(MAIL)
            .set(MAIL.STATE, state.name())
            .set(MAIL.ATTEMPTS, MAIL.ATTEMPTS.plus(1))
            .set(MAIL.FAILURE, failure)
            .set(MAIL.NEXT_ATTEMPT_AT, nextAttempt)
            .setNull(MAIL.CLAIMED_UNTIL)
            .where(isStillClaimed(due))
            .execute());
  }

  /** Whoever is late has nothing to say any more: the mail is somebody else's. */
  private static Condition isStillClaimed(Due due) {
    return MAIL.ID
        .eq(due.row().id())
        .and(isWaiting())
        .and(MAIL.CLAIMED_UNTIL.eq(due.claimedUntil()));
  }

  /** Forgets mails that were sent before this; returns how many. */
  public int purge(Instant sentBefore) {
    return writes.write(connection ->
        Connections.statements(connection)
            .deleteFrom(MAIL)
            .where(MAIL.STATE.eq(DSL.inline(MailState.SENT.name())), MAIL.SENT_AT.lt(sentBefore))
            .execute());
  }

  /** Lets a dead mail be sent again; false if it is not dead. */
  public boolean retry(long id, Instant at) {
    return writes.write(connection ->
        Connections.statements(connection)
            .update(MAIL)
            .set(MAIL.STATE, MailState.WAITING.name())
            .set(MAIL.WRITTEN_AT, at)
            .set(MAIL.NEXT_ATTEMPT_AT, at)
            .where(MAIL.ID.eq(id), MAIL.STATE.eq(MailState.DEAD.name()))
            .execute())
        == 1;
  }

  /** One mail, or null. */
  public @Nullable MailRow find(long id) {
    return reads.<@Nullable MailRow>read(connection ->
        Connections.statements(connection)
            .selectFrom(MAIL)
            .where(MAIL.ID.eq(id))
            .fetchOne(MailQueue::read));
  }

  /**
   * Mails by id, the oldest first.
   *
   * @param after the id that the last page ended with, 0 for the first page
   */
  public List<MailRow> list(Filter filter, long after, int limit) {
    return listed(filter, MAIL.ID.gt(after), MAIL.ID.asc(), limit);
  }

  /**
   * Mails by id, the newest first.
   *
   * @param before the id that the last page ended with, {@link Long#MAX_VALUE} for the first page
   */
  public List<MailRow> newest(Filter filter, long before, int limit) {
    return listed(filter, MAIL.ID.lt(before), MAIL.ID.desc(), limit);
  }

  private List<MailRow> listed(Filter filter, Condition from, SortField<Long> order, int limit) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(from);
    only(conditions, MAIL.ORGANIZATION_ID, filter.organization(), OrganizationId::value);
    only(conditions, MAIL.KIND, filter.kind(), MailKind::name);
    only(conditions, MAIL.STATE, filter.state(), MailState::name);
    only(conditions, MAIL.RECIPIENT_ID, filter.recipient(), UserId::value);
    only(conditions, MAIL.REQUEST_ID, filter.request(), RequestId::value);
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(MAIL)
            .where(conditions)
            .orderBy(order)
            .limit(limit)
            .fetch(MailQueue::read));
  }

  private static <T> void only(
      List<Condition> conditions,
      TableField<Record, String> field,
      @Nullable T wanted,
      Function<T, String> text) {
    if (wanted != null) {
      conditions.add(field.eq(text.apply(wanted)));
    }
  }

  private static Condition isWaiting() {
    return MAIL.STATE.eq(DSL.inline(MailState.WAITING.name()));
  }

  static Mail mail(Record row) {
    return MailCodec.decode(
        MailKind.valueOf(row.get(MAIL.KIND)),
        new Recipient(
            new UserId(row.get(MAIL.RECIPIENT_ID)), new EmailAddress(row.get(MAIL.ADDRESS))),
        row.get(MAIL.CONTENT));
  }

  private static MailRow read(Record row) {
    Short level = row.get(MAIL.LEVEL);
    return new MailRow(
        row.get(MAIL.ID),
        new OrganizationId(row.get(MAIL.ORGANIZATION_ID)),
        new UserId(row.get(MAIL.RECIPIENT_ID)),
        new EmailAddress(row.get(MAIL.ADDRESS)),
        MailKind.valueOf(row.get(MAIL.KIND)),
        MailState.valueOf(row.get(MAIL.STATE)),
        orNull(row.get(MAIL.DASHBOARD_ID), DashboardId::new),
        level == null ? null : Level.ofOrdinal(level),
        orNull(row.get(MAIL.REQUEST_ID), RequestId::new),
        orNull(row.get(MAIL.REQUESTER_ID), UserId::new),
        orNull(row.get(MAIL.GRANT_ID), GrantId::new),
        row.get(MAIL.WRITTEN_AT),
        row.get(MAIL.SENT_AT),
        row.get(MAIL.ATTEMPTS),
        row.get(MAIL.FAILURE));
  }

  private static <T> @Nullable T orNull(@Nullable String text, Function<String, T> read) {
    return text == null ? null : read.apply(text);
  }
}
