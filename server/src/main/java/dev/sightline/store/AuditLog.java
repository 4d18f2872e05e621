package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST;
import static dev.sightline.store.jooq.Tables.LOG_PERSONAL;
import static dev.sightline.store.jooq.Tables.LOG_RECORD;
import static dev.sightline.store.jooq.Tables.MAIL;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;

import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Organizations' logs, for people to look into: searched, taken out, checked, and relieved of what
 * is personal.
 *
 * <p>Every method throws {@link StoreUnavailable} if the database is away; safe for use by many
 * threads.
 */
public final class AuditLog {
  private static final String ERASED_ADDRESS = "erased@invalid";
  private static final int FETCH = 200;

  /** Of one answer; a single record may be larger. */
  private static final int MOST_BYTES = 1 << 20;

  private final Connections writes;
  private final Connections reads;

  AuditLog(Connections writes, Connections reads) {
    this.writes = writes;
    this.reads = reads;
  }

  /** A record, and when its row says that it was made. */
  record Row(LoggedChange record, Instant at) {}

  /**
   * Some records.
   *
   * @param isLast whether there are no more behind them
   */
  public record Part(List<LoggedChange> records, boolean isLast) {
    public Part {
      records = List.copyOf(records);
    }
  }

  /**
   * The next records that a filter lets through.
   *
   * @param after the record that the part before ended with; null: from the begin of the list
   * @param limit at most so many; fewer if they are large, but never none while there are some
   */
  public Part search(
      OrganizationId organization,
      LogFilter filter,
      @Nullable LogPlace after,
      boolean oldestFirst,
      int limit) {
    return reads.read(connection -> {
      DSLContext statements = Connections.statements(connection);
      Select<?> query =
          LogQuery.of(statements, organization, filter, after, oldestFirst, limit + 1);
      return part(statements, organization, query, limit);
    });
  }

  /** The records after this place, through this revision, oldest first. */
  public Part records(OrganizationId organization, LogPlace after, long through, int limit) {
    return reads.read(connection -> {
      DSLContext statements = Connections.statements(connection);
      return part(
          statements,
          organization,
          LogQuery.range(statements, organization, after, through, limit + 1),
          limit);
    });
  }

  private static Part part(
      DSLContext statements, OrganizationId organization, Select<?> query, int limit) {
    List<Row> rows = new ArrayList<>();
    long bytes = 0;
    boolean isLast = true;
    try (Cursor<?> cursor = query.fetchSize(FETCH).fetchLazy()) {
      for (Record row : cursor) {
        int size = row.get(LOG_RECORD.BODY).length;
        if (rows.size() == limit || (!rows.isEmpty() && bytes + size > MOST_BYTES)) {
          isLast = false;
          break;
        }
        bytes += size;
        rows.add(row(row));
      }
    }
    return new Part(
        revealed(statements, organization, rows).stream().map(Row::record).toList(), isLast);
  }

  /** As {@link #records}, however large they are. */
  List<Row> rows(OrganizationId organization, LogPlace after, long through, int limit) {
    return reads.read(connection -> {
      DSLContext statements = Connections.statements(connection);
      List<Row> rows = new ArrayList<>();
      LogQuery.range(statements, organization, after, through, limit)
          .fetch()
          .forEach(row -> rows.add(row(row)));
      return revealed(statements, organization, rows);
    });
  }

  private static Row row(Record row) {
    return new Row(
        new LoggedChange(
            new LogPlace(row.get(LOG_RECORD.REVISION), row.get(LOG_RECORD.NUMBER)),
            row.get(LOG_RECORD.BODY),
            LogHash.of(row.get(LOG_RECORD.HASH)),
            List.of()),
        row.get(LOG_RECORD.AT));
  }

  /** The same records with the personal values that are not erased. */
  private static List<Row> revealed(
      DSLContext statements, OrganizationId organization, List<Row> rows) {
    if (rows.isEmpty()) {
      return rows;
    }
    Map<LogPlace, List<PersonalValue>> values = new HashMap<>();
    Result<?> found =
        statements
            .select(
                LOG_PERSONAL.REVISION,
                LOG_PERSONAL.NUMBER,
                LOG_PERSONAL.FIELD,
                LOG_PERSONAL.ABOUT,
                LOG_PERSONAL.SALT,
                LOG_PERSONAL.VALUE)
            .from(LOG_PERSONAL)
            .where(LOG_PERSONAL.ORGANIZATION_ID.eq(organization.value()), among(rows))
            .orderBy(LOG_PERSONAL.REVISION, LOG_PERSONAL.NUMBER, LOG_PERSONAL.FIELD)
            .fetch();
    for (Record row : found) {
      values
          .computeIfAbsent(
              new LogPlace(row.get(LOG_PERSONAL.REVISION), row.get(LOG_PERSONAL.NUMBER)),
              _ -> new ArrayList<>())
          .add(
              new PersonalValue(
                  row.get(LOG_PERSONAL.FIELD),
                  row.get(LOG_PERSONAL.ABOUT),
                  row.get(LOG_PERSONAL.SALT),
                  row.get(LOG_PERSONAL.VALUE)));
    }
    return rows.stream()
        .map(row -> {
          LoggedChange bare = row.record;
          List<PersonalValue> personal = values.getOrDefault(bare.place(), List.of());
          return new Row(
              new LoggedChange(bare.place(), bare.body(), bare.hash(), personal), row.at);
        })
        .toList();
  }

  /** By place, and not by revision: one that imported an organization has a million records. */
  private static Condition among(List<Row> rows) {
    List<LogPlace> places = rows.stream().map(row -> row.record.place()).toList();
    return DSL.row(LOG_PERSONAL.REVISION, LOG_PERSONAL.NUMBER)
        .in(
            DSL.select(
                    DSL.field(DSL.name("revision"), Long.class),
                    DSL.field(DSL.name("number"), Integer.class))
                .from(
                    DSL.table(
                        "unnest({0}, {1}) as place(revision, number)",
                        DSL.val(places.stream().map(LogPlace::revision).toArray(Long[]::new)),
                        DSL.val(places.stream().map(LogPlace::number).toArray(Integer[]::new)))));
  }

  /** Where an organization's log stands; null if there is none. */
  public @Nullable LogHead head(OrganizationId organization) {
    return reads.<@Nullable LogHead>read(connection -> {
      List<LogHead> heads = heads(connection, ORGANIZATION.ID.eq(organization.value()), 1);
      return heads.isEmpty() ? null : heads.getFirst();
    });
  }

  /** Where all logs stand, by organization. */
  public List<LogHead> heads(Page page) {
    return reads.read(
        connection -> heads(connection, ORGANIZATION.ID.gt(page.begin()), page.limit()));
  }

  private static List<LogHead> heads(Connection connection, Condition which, int limit) {
    return Connections.statements(connection)
        .select(ORGANIZATION.ID, ORGANIZATION.REVISION, ORGANIZATION.HEAD, ORGANIZATION.AT)
        .from(ORGANIZATION)
        .where(which)
        .orderBy(ORGANIZATION.ID)
        .limit(limit)
        .fetch(row ->
            new LogHead(
                new OrganizationId(row.value1()),
                row.value2(),
                LogHash.of(row.value3()),
                row.value4()));
  }

  /** The hash that the first record of a revision is chained to; null if it is not there. */
  public @Nullable LogHash hashBefore(OrganizationId organization, long revision) {
    if (revision <= 1) {
      return LogHash.EMPTY;
    }
    return reads.<@Nullable LogHash>read(connection -> {
      var position = Log.positionAt(connection, organization, revision - 1);
      return position == null ? null : position.head();
    });
  }

  /** Begins to look at a whole log; null if there is no such organization. */
  public @Nullable ChainVerification verification(OrganizationId organization) {
    LogHead head = head(organization);
    return head == null ? null : new ChainVerification(this, head);
  }

  /**
   * Erases, if the user is deleted, the personal values that the log holds about them and what
   * their row still says. The log's chain stays whole, as it covers only commitments to them.
   */
  public Erasure erase(OrganizationId organization, UserId user) {
    return writes.write(connection -> {
      DSLContext statements = Connections.statements(connection);
      Condition row =
          USER_ACCOUNT
              .ORGANIZATION_ID
              .eq(organization.value())
              .and(USER_ACCOUNT.ID.eq(user.value()));
      Status status =
          statements
              .select(USER_ACCOUNT.STATUS)
              .from(USER_ACCOUNT)
              .where(row)
              .fetchOne(USER_ACCOUNT.STATUS);
      if (status == null) {
        return new Erasure.Unknown();
      }
      // Nobody who is deleted comes back: what was read holds.
      if (status != Status.DELETED) {
        return new Erasure.NotDeleted();
      }
      statements
          .update(USER_ACCOUNT)
          .setNull(USER_ACCOUNT.NAME)
          .setNull(USER_ACCOUNT.NAME_FOLDED)
          .setNull(USER_ACCOUNT.EMAIL)
          .setNull(USER_ACCOUNT.EMAIL_CANONICAL)
          .setNull(USER_ACCOUNT.TITLE)
          .where(row)
          .execute();
      eraseAround(statements, organization, user);
      return new Erasure.Erased(
          statements
              .deleteFrom(LOG_PERSONAL)
              .where(
                  LOG_PERSONAL.ORGANIZATION_ID.eq(organization.value()),
                  LOG_PERSONAL.ABOUT.eq(user.value()))
              .execute());
    });
  }

  /** Reasons that they gave, and mails to them; that some were sent stays known. */
  private static void eraseAround(DSLContext statements, OrganizationId organization, UserId user) {
    statements
        .update(ACCESS_REQUEST)
        .set(ACCESS_REQUEST.REASON, "")
        .where(
            ACCESS_REQUEST.ORGANIZATION_ID.eq(organization.value()),
            ACCESS_REQUEST.REQUESTER_ID.eq(user.value()))
        .execute();
    Condition theirs =
        MAIL.ORGANIZATION_ID.eq(organization.value()).and(MAIL.RECIPIENT_ID.eq(user.value()));
    statements
        .deleteFrom(MAIL)
        .where(
            theirs.or(
                MAIL.ORGANIZATION_ID
                    .eq(organization.value())
                    .and(MAIL.REQUESTER_ID.eq(user.value()))),
            MAIL.STATE.ne(DSL.inline(MailState.SENT.name())))
        .execute();
    statements
        .update(MAIL)
        .set(MAIL.ADDRESS, ERASED_ADDRESS)
        .set(MAIL.ADDRESS_CANONICAL, ERASED_ADDRESS)
        .setNull(MAIL.FAILURE)
        .where(theirs)
        .execute();
  }
}
