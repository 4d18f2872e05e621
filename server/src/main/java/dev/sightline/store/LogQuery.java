package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_RECORD;
import static dev.sightline.store.jooq.Tables.LOG_SUBJECT;
import static org.jooq.impl.DSL.row;

import dev.sightline.model.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Finds records: where they stand, and how large they are. Of what they must be found by, the first
 * drives: its places are read in the order of the page, and the others are looked up for each, so
 * that a page is found without sorting.
 */
final class LogQuery {
  /** In bytes; read off a value's header, however large the value is. */
  static final Field<Integer> SIZE =
      DSL.function("octet_length", SQLDataType.INTEGER, LOG_RECORD.BODY).as("size");

  private LogQuery() {}

  static Select<?> of(
      DSLContext statements,
      OrganizationId organization,
      LogFilter filter,
      @Nullable LogPlace after,
      boolean oldestFirst,
      int limit) {
    long from = filter.fromRevision();
    long through = filter.throughRevision();
    if (filter.from() != null) {
      from = Math.max(from, firstRevisionAt(statements, organization, filter.from()));
    }
    if (filter.to() != null) {
      through = Math.min(through, firstRevisionAt(statements, organization, filter.to()) - 1);
    }
    return filter.subjects().isEmpty()
        ? records(statements, organization, from, through, after, oldestFirst, limit)
        : found(
            statements, organization, filter.subjects(), from, through, after, oldestFirst, limit);
  }

  /** All records after this place, through this revision, oldest first. */
  static Select<?> range(
      DSLContext statements, OrganizationId organization, LogPlace after, long through, int limit) {
    return records(statements, organization, after.revision(), through, after, true, limit);
  }

  private static Select<?> records(
      DSLContext statements,
      OrganizationId organization,
      long from,
      long through,
      @Nullable LogPlace after,
      boolean oldestFirst,
      int limit) {
    return statements
        .select(LOG_RECORD.REVISION, LOG_RECORD.NUMBER, SIZE)
        .from(LOG_RECORD)
        .where(
            LOG_RECORD.ORGANIZATION_ID.eq(organization.value()),
            within(LOG_RECORD.REVISION, LOG_RECORD.NUMBER, from, through, after, oldestFirst))
        .orderBy(
            oldestFirst ? LOG_RECORD.REVISION.asc() : LOG_RECORD.REVISION.desc(),
            oldestFirst ? LOG_RECORD.NUMBER.asc() : LOG_RECORD.NUMBER.desc())
        .limit(limit);
  }

  private static Select<?> found(
      DSLContext statements,
      OrganizationId organization,
      List<LogSubject> subjects,
      long from,
      long through,
      @Nullable LogPlace after,
      boolean oldestFirst,
      int limit) {
    var driving = LOG_SUBJECT.as("driving");
    List<Condition> conditions = new ArrayList<>();
    conditions.add(driving.ORGANIZATION_ID.eq(organization.value()));
    conditions.add(driving.SUBJECT.eq(subjects.getFirst().text()));
    conditions.add(within(driving.REVISION, driving.NUMBER, from, through, after, oldestFirst));
    for (int i = 1; i < subjects.size(); i++) {
      var other = LOG_SUBJECT.as("other" + i);
      conditions.add(
          DSL.exists(
              DSL.selectOne()
                  .from(other)
                  .where(
                      other.ORGANIZATION_ID.eq(organization.value()),
                      other.SUBJECT.eq(subjects.get(i).text()),
                      other.REVISION.eq(driving.REVISION),
                      other.NUMBER.eq(driving.NUMBER))));
    }
    var places =
        DSL.select(driving.REVISION, driving.NUMBER)
            .from(driving)
            .where(conditions)
            .orderBy(
                oldestFirst ? driving.REVISION.asc() : driving.REVISION.desc(),
                oldestFirst ? driving.NUMBER.asc() : driving.NUMBER.desc())
            .limit(limit)
            .asTable("places");
    return statements
        .select(LOG_RECORD.REVISION, LOG_RECORD.NUMBER, SIZE)
        .from(places)
        .join(LOG_RECORD)
        .on(
            LOG_RECORD.ORGANIZATION_ID.eq(organization.value()),
            LOG_RECORD.REVISION.eq(places.field(driving.REVISION)),
            LOG_RECORD.NUMBER.eq(places.field(driving.NUMBER)))
        .orderBy(
            oldestFirst ? LOG_RECORD.REVISION.asc() : LOG_RECORD.REVISION.desc(),
            oldestFirst ? LOG_RECORD.NUMBER.asc() : LOG_RECORD.NUMBER.desc());
  }

  /**
   * One bound on each side: of two, the index would be entered at the wider one, and all that lies
   * between them read for nothing.
   */
  private static Condition within(
      Field<Long> revision,
      Field<Integer> number,
      long from,
      long through,
      @Nullable LogPlace after,
      boolean oldestFirst) {
    Condition begin = revision.ge(from);
    Condition end = revision.le(through);
    if (after != null) {
      var place = row(after.revision(), after.number());
      if (oldestFirst && after.revision() >= from) {
        begin = row(revision, number).gt(place);
      } else if (!oldestFirst && after.revision() <= through) {
        end = row(revision, number).lt(place);
      }
    }
    return begin.and(end);
  }

  /**
   * The first revision at or after this time, or the one that is still to come. Times never go back
   * from one revision to the next and revisions are dense, so this takes some twenty looks at a log
   * of a million, and no index of its own.
   */
  private static long firstRevisionAt(
      DSLContext statements, OrganizationId organization, Instant time) {
    long low = 1;
    long high = lastRevision(statements, organization) + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      Instant at = at(statements, organization, middle);
      if (at != null && at.isBefore(time)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long lastRevision(DSLContext statements, OrganizationId organization) {
    Long last =
        statements
            .select(LOG_RECORD.REVISION)
            .from(LOG_RECORD)
            .where(LOG_RECORD.ORGANIZATION_ID.eq(organization.value()))
            .orderBy(LOG_RECORD.REVISION.desc(), LOG_RECORD.NUMBER.desc())
            .limit(1)
            .fetchOne(LOG_RECORD.REVISION);
    return last == null ? 0 : last;
  }

  private static @Nullable Instant at(
      DSLContext statements, OrganizationId organization, long revision) {
    Record row =
        statements
            .select(LOG_RECORD.AT)
            .from(LOG_RECORD)
            .where(
                LOG_RECORD.ORGANIZATION_ID.eq(organization.value()),
                LOG_RECORD.REVISION.eq(revision),
                LOG_RECORD.NUMBER.eq(0))
            .fetchOne();
    return row == null ? null : row.get(LOG_RECORD.AT);
  }
}
