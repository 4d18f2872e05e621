package dev.sightline.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.store.ChainCheck.Broken;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a whole log, some records at a time: its hashes, the commitments to personal values, and
 * what its records are searched by. Each part is read in a transaction of its own, so a long log
 * keeps no connection busy; what is there is only ever added to. For use by one thread at a time.
 *
 * <p>Only personal values go, and while a log is looked at, too. A value goes in the transaction of
 * the record that says so: so if one is found gone, that record is there by then, and if it lies
 * beyond where the log ended at first, this looks on to where it ends now.
 */
public final class ChainVerification {
  private static final int TOGETHER = 2_000;

  private final AuditLog log;
  private final ChainWalk walk;
  private final MissingValues missing = new MissingValues();
  private final IndexCheck index;
  private LogHead head;
  private long records;

  ChainVerification(AuditLog log, IndexCheck index, LogHead head) {
    this.log = log;
    this.index = index;
    this.head = head;
    this.walk = new ChainWalk(head.organization());
  }

  /** Looks at the next records; null while there are more, else what was found. */
  public @Nullable ChainCheck next() {
    AuditLog.Rows part = log.rows(head.organization(), walk.place(), head.revision(), TOGETHER);
    for (AuditLog.Row row : part.rows()) {
      Broken broken = follow(row);
      if (broken != null) {
        return broken;
      }
      records++;
    }
    Broken unfound = index.missing(part.rows());
    if (unfound != null) {
      return unfound;
    }
    return part.isLast() ? end() : null;
  }

  private @Nullable Broken follow(AuditLog.Row row) {
    LoggedChange record = row.record();
    LogPlace place = record.place();
    Broken broken =
        walk.follow(
            place.revision(), place.number(), row.at(), record.body(), record.hash().bytes());
    if (broken != null) {
      return broken;
    }
    JsonNode body = record.json();
    try {
      return missing.follow(record, body);
    } catch (IllegalArgumentException e) {
      return new Broken(place.revision(), place.number(), "it says what no record can say");
    }
  }

  private @Nullable ChainCheck end() {
    ChainCheck chain = walk.end(head.revision(), head.hash());
    if (chain instanceof Broken) {
      return chain;
    }
    LogHead now = Objects.requireNonNull(log.head(head.organization()), "head");
    if (missing.isOpen() && now.revision() > head.revision()) {
      head = now;
      return null;
    }
    Broken gone = missing.first();
    if (gone != null) {
      return gone;
    }
    Broken superfluous = index.superfluous(log, head.revision());
    return superfluous != null ? superfluous : chain;
  }

  /** Where the log stood when the verification began, or at its end: so far it looks. */
  public LogHead head() {
    return head;
  }

  /** How many records were found to be as they were written. */
  public long records() {
    return records;
  }

  /** How many values are gone that the log says were erased. */
  public long erased() {
    return missing.erased();
  }

  /** How many of these were gone already when erasing began to be recorded. */
  public long unrecorded() {
    return missing.unrecorded();
  }
}
