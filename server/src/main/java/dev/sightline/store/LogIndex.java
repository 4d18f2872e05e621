package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_SUBJECT;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Writes what records can be found by. Many at a time: a revision of a million changes, which
 * importing makes, would otherwise be as many statements.
 */
final class LogIndex {
  private static final int TOGETHER = 5_000;
  private static final Field<String> SUBJECT = DSL.field(DSL.name("subject"), String.class);
  private static final Field<Integer> NUMBER = DSL.field(DSL.name("number"), Integer.class);

  static final Prepared INSERT =
      Prepared.of(
          DSL.insertInto(
                  LOG_SUBJECT,
                  LOG_SUBJECT.ORGANIZATION_ID,
                  LOG_SUBJECT.REVISION,
                  LOG_SUBJECT.SUBJECT,
                  LOG_SUBJECT.NUMBER)
              .select(
                  DSL.select(
                          DSL.param("organization", LOG_SUBJECT.ORGANIZATION_ID),
                          DSL.param("revision", LOG_SUBJECT.REVISION),
                          SUBJECT,
                          NUMBER)
                      .from(
                          DSL.table(
                              "unnest({0}, {1}) as named(subject, number)",
                              DSL.param("subjects", SQLDataType.CLOB.array()),
                              DSL.param("numbers", SQLDataType.INTEGER.array())))));

  private final PendingStatements pending;
  private final List<String> subjects = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();

  /** Most records of a revision name what others name, too: kept once. */
  private final Map<LogSubject, String> texts = new HashMap<>();

  private @Nullable String organization;
  private long revision;

  LogIndex(PendingStatements pending) {
    this.pending = pending;
  }

  void add(String ofOrganization, long ofRevision, int number, Collection<LogSubject> ofRecord) {
    if (!ofOrganization.equals(organization) || revision != ofRevision) {
      flush();
      organization = ofOrganization;
      revision = ofRevision;
    }
    for (LogSubject subject : ofRecord) {
      subjects.add(texts.computeIfAbsent(subject, LogSubject::text));
      numbers.add(number);
      if (subjects.size() == TOGETHER) {
        flush();
      }
    }
  }

  /** Hands over what has been gathered. */
  void flush() {
    if (!subjects.isEmpty()) {
      pending.addTouching(
          subjects.size(),
          LOG_SUBJECT,
          INSERT,
          organization,
          revision,
          subjects.toArray(String[]::new),
          numbers.toArray(Integer[]::new));
      subjects.clear();
      numbers.clear();
      texts.clear();
    }
  }
}
