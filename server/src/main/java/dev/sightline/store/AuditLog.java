package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_PERSONAL;
import static dev.sightline.store.jooq.Tables.LOG_RECORD;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;

import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.UserId;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Organizations' logs, for people to look into: searched, taken out, checked.
 *
 * <p>Every method throws {@link StoreUnavailable} if the database is away; safe for use by many
 * threads.
 */
public final class AuditLog {
  /** Of one answer; a single record may be larger. */
  private static final int MOST_BYTES = 1 << 20;

  private final Connections reads;

  AuditLog(Connections reads) {
    this.reads = reads;
  }

  /** A record, and when its row says that it was made. */
  record Row(LoggedChange record, Instant at) {}

  /** Some records, and whether there are no more behind them. */
  record Rows(List<Row> rows, boolean isLast) {}

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
    Rows found = rows(statements, organization, query, limit, MOST_BYTES);
    return new Part(found.rows().stream().map(Row::record).toList(), found.isLast());
  }

  /** As {@link #records}, with what their rows say beside. */
  Rows rows(OrganizationId organization, LogPlace after, long through, int limit) {
    return reads.read(connection -> {
      DSLContext statements = Connections.statements(connection);
      Select<?> query = LogQuery.range(statements, organization, after, through, limit + 1);
      return rows(statements, organization, query, limit, MOST_BYTES);
    });
  }

  /** Reads no more than it gives: what would be too much is known by its size. */
  private static Rows rows(
      DSLContext statements,
      OrganizationId organization,
      Select<?> query,
      int limit,
      long mostBytes) {
    List<LogPlace> places = new ArrayList<>();
    long bytes = 0;
    boolean isLast = true;
    for (Record found : query.fetch()) {
      bytes += found.get(LogQuery.SIZE);
      if (places.size() == limit || (!places.isEmpty() && bytes > mostBytes)) {
        isLast = false;
        break;
      }
      places.add(new LogPlace(found.get(LOG_RECORD.REVISION), found.get(LOG_RECORD.NUMBER)));
    }
    Map<LogPlace, Row> rows = read(statements, organization, places);
    List<Row> inOrder =
        places.stream().map(place -> Objects.requireNonNull(rows.get(place))).toList();
    return new Rows(revealed(statements, organization, inOrder), isLast);
  }

  private static Map<LogPlace, Row> read(
      DSLContext statements, OrganizationId organization, List<LogPlace> places) {
    Map<LogPlace, Row> rows = new HashMap<>();
    statements
        .select(
            LOG_RECORD.REVISION, LOG_RECORD.NUMBER, LOG_RECORD.AT, LOG_RECORD.BODY, LOG_RECORD.HASH)
        .from(LOG_RECORD)
        .where(
            LOG_RECORD.ORGANIZATION_ID.eq(organization.value()),
            among(LOG_RECORD.REVISION, LOG_RECORD.NUMBER, places))
        .fetch(AuditLog::row)
        .forEach(row -> rows.put(row.record.place(), row));
    return rows;
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
                LOG_PERSONAL.ABOUT_ORGANIZATION,
                LOG_PERSONAL.SALT,
                LOG_PERSONAL.VALUE)
            .from(LOG_PERSONAL)
            .where(
                LOG_PERSONAL.ORGANIZATION_ID.eq(organization.value()),
                among(
                    LOG_PERSONAL.REVISION,
                    LOG_PERSONAL.NUMBER,
                    rows.stream().map(row -> row.record.place()).toList()))
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
                  about(row),
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

  private static Person about(Record row) {
    String home = row.get(LOG_PERSONAL.ABOUT_ORGANIZATION);
    return new Person(
        new UserId(row.get(LOG_PERSONAL.ABOUT)), home == null ? null : new OrganizationId(home));
  }

  /** By place, and not by revision: one that imported an organization has a million records. */
  private static Condition among(
      Field<Long> revision, Field<Integer> number, List<LogPlace> places) {
    return DSL.row(revision, number)
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

  /** One record, without what it only commits to; null if it is not there. */
  @Nullable LoggedChange record(OrganizationId organization, LogPlace place) {
    return reads.<@Nullable LoggedChange>read(connection -> {
      DSLContext statements = Connections.statements(connection);
      Row row = read(statements, organization, List.of(place)).get(place);
      return row == null ? null : row.record();
    });
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
    return head == null
        ? null
        : new ChainVerification(this, new IndexCheck(reads, organization), head);
  }

  /** Begins to follow records that are taken out. */
  public LaterErasures laterErasures(OrganizationId organization) {
    return new LaterErasures(this, organization);
  }

  /** What has to be known before something is erased. */
  public ErasureReads erasures() {
    return new ErasureReads(reads);
  }
}
