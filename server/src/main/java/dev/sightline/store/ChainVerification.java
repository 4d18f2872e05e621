package dev.sightline.store;

import dev.sightline.store.ChainCheck.Broken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a whole log, some records at a time: its hashes, and the commitments to personal values
 * that are not erased. Each part is read in a transaction of its own, so a long log keeps no
 * connection busy; what is there is only ever added to. For use by one thread at a time.
 */
public final class ChainVerification {
  private static final int TOGETHER = 2_000;

  private final AuditLog log;
  private final LogHead head;
  private final ChainWalk walk;
  private long records;

  ChainVerification(AuditLog log, LogHead head) {
    this.log = log;
    this.head = head;
    this.walk = new ChainWalk(head.organization());
  }

  /** Looks at the next records; null while there are more, else what was found. */
  public @Nullable ChainCheck next() {
    List<AuditLog.Row> rows =
        log.rows(head.organization(), walk.place(), head.revision(), TOGETHER);
    for (AuditLog.Row row : rows) {
      LoggedChange record = row.record();
      Broken broken =
          walk.follow(
              record.place().revision(),
              record.place().number(),
              row.at(),
              record.body(),
              record.hash().bytes());
      if (broken == null) {
        broken = misplaced(record);
      }
      if (broken != null) {
        return broken;
      }
      records++;
    }
    return rows.size() < TOGETHER ? walk.end(head.revision(), head.hash()) : null;
  }

  private static @Nullable Broken misplaced(LoggedChange record) {
    if (record.personal().isEmpty()) {
      return null;
    }
    var body = record.json();
    for (PersonalValue value : record.personal()) {
      if (!value.commitment().equals(body.at(value.pointer()).asText())) {
        return new Broken(
            record.place().revision(),
            record.place().number(),
            "the value kept for " + value.field() + " is not the one that it commits to");
      }
    }
    return null;
  }

  /** Where the log stood when the verification began: so far it looks. */
  public LogHead head() {
    return head;
  }

  /** How many records were found to be as they were written. */
  public long records() {
    return records;
  }
}
