package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_SUBJECT;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;

import dev.sightline.model.OrganizationId;
import dev.sightline.store.ChainCheck.Broken;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Holds what records can be searched by against the records. No hash covers it, but it follows from
 * the log: each record's rows must be there, and if there are as many as that, there is none that
 * should not be. Only if there are more, each is looked up, to name the first.
 *
 * <p>A few thousand rows are in memory at a time, and each step is a transaction of its own.
 */
final class IndexCheck {
  private static final int TOGETHER = 5_000;

  private final Connections reads;
  private final OrganizationId organization;
  private long expected;

  IndexCheck(Connections reads, OrganizationId organization) {
    this.reads = reads;
    this.organization = organization;
  }

  /** A row of the index. */
  private record Entry(String subject, LogPlace place) {}

  /** The first of these records that cannot be found by something that it names, or null. */
  @Nullable Broken missing(List<AuditLog.Row> rows) {
    List<Entry> entries = new ArrayList<>();
    for (AuditLog.Row row : rows) {
      LoggedChange record = row.record();
      for (LogSubject subject : LogSubject.all(record.json())) {
        entries.add(new Entry(subject.text(), record.place()));
        if (entries.size() == TOGETHER) {
          Broken broken = missingOf(entries);
          if (broken != null) {
            return broken;
          }
          entries.clear();
        }
      }
    }
    return missingOf(entries);
  }

  private @Nullable Broken missingOf(List<Entry> entries) {
    expected += entries.size();
    if (entries.isEmpty()) {
      return null;
    }
    Field<String> subject = DSL.field(DSL.name("named", "subject"), String.class);
    Field<Long> revision = DSL.field(DSL.name("named", "revision"), Long.class);
    Field<Integer> number = DSL.field(DSL.name("named", "number"), Integer.class);
    Record first =
        reads.<@Nullable Record>read(connection ->
            Connections.statements(connection)
                .select(subject, revision, number)
                .from(
                    DSL.table(
                        "unnest({0}, {1}, {2}) with ordinality as named(subject, revision, number, place)",
                        DSL.val(entries.stream().map(Entry::subject).toArray(String[]::new)),
                        DSL.val(entries.stream().map(e -> e.place.revision()).toArray(Long[]::new)),
                        DSL.val(
                            entries.stream().map(e -> e.place.number()).toArray(Integer[]::new))))
                .leftAntiJoin(LOG_SUBJECT)
                .on(
                    LOG_SUBJECT.ORGANIZATION_ID.eq(organization.value()),
                    LOG_SUBJECT.SUBJECT.eq(subject),
                    LOG_SUBJECT.REVISION.eq(revision),
                    LOG_SUBJECT.NUMBER.eq(number))
                .orderBy(DSL.field(DSL.name("named", "place"), SQLDataType.BIGINT))
                .limit(1)
                .fetchOne());
    return first == null
        ? null
        : new Broken(
            first.get(revision),
            first.get(number),
            "a search for %s does not find it, which it names".formatted(first.get(subject)));
  }

  /**
   * Something that is found by what it does not name, once all records through this revision have
   * been looked at; null if there is none.
   */
  @Nullable Broken superfluous(AuditLog log, long through) {
    long found = 0;
    Entry last = null;
    Part part;
    do {
      part = next(last);
      for (Entry entry : part.entries) {
        if (entry.place.revision() > part.head) {
          return superfluous(entry);
        }
        found += entry.place.revision() <= through ? 1 : 0;
      }
      last = part.entries.isEmpty() ? last : part.entries.getLast();
    } while (part.entries.size() == TOGETHER);
    return found == expected ? null : firstSuperfluous(log, through);
  }

  /** Some rows in the order of the index, and the revision that the log has with them. */
  private record Part(List<Entry> entries, long head) {}

  private Part next(@Nullable Entry after) {
    return reads.read(connection -> {
      DSLContext statements = Connections.statements(connection);
      var behind =
          after == null
              ? DSL.noCondition()
              : DSL.row(LOG_SUBJECT.SUBJECT, LOG_SUBJECT.REVISION, LOG_SUBJECT.NUMBER)
                  .gt(after.subject, after.place.revision(), after.place.number());
      Result<Record> rows =
          statements
              .selectFrom(LOG_SUBJECT)
              .where(LOG_SUBJECT.ORGANIZATION_ID.eq(organization.value()), behind)
              .orderBy(LOG_SUBJECT.SUBJECT, LOG_SUBJECT.REVISION, LOG_SUBJECT.NUMBER)
              .limit(TOGETHER)
              .fetch();
      Long head =
          statements
              .select(ORGANIZATION.REVISION)
              .from(ORGANIZATION)
              .where(ORGANIZATION.ID.eq(organization.value()))
              .fetchOne(ORGANIZATION.REVISION);
      return new Part(rows.map(IndexCheck::entry), head == null ? 0 : head);
    });
  }

  private static Entry entry(Record row) {
    return new Entry(
        row.get(LOG_SUBJECT.SUBJECT),
        new LogPlace(row.get(LOG_SUBJECT.REVISION), row.get(LOG_SUBJECT.NUMBER)));
  }

  private @Nullable Broken firstSuperfluous(AuditLog log, long through) {
    Broken first = null;
    Entry last = null;
    Part part;
    do {
      part = next(last);
      for (Entry entry : part.entries) {
        boolean earlier =
            entry.place.revision() <= through
                && (first == null || isBefore(entry.place, first))
                && !names(log, entry);
        first = earlier ? superfluous(entry) : first;
      }
      last = part.entries.isEmpty() ? last : part.entries.getLast();
    } while (part.entries.size() == TOGETHER);
    return first;
  }

  private static boolean isBefore(LogPlace place, Broken other) {
    return place.revision() < other.revision()
        || (place.revision() == other.revision() && place.number() < other.number());
  }

  private boolean names(AuditLog log, Entry entry) {
    LoggedChange record = log.record(organization, entry.place);
    return record != null
        && LogSubject.all(record.json()).stream()
            .anyMatch(subject -> subject.text().equals(entry.subject));
  }

  private static Broken superfluous(Entry entry) {
    return new Broken(
        entry.place.revision(),
        entry.place.number(),
        "a search for %s finds it, which it does not name".formatted(entry.subject));
  }
}
