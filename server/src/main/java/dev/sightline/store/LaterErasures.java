package dev.sightline.store;

import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows records that are taken out of a log, and tells which records behind them account for
 * values that are gone: a range may end before somebody was erased, and somebody may be erased
 * while a log is taken out. For use by one thread at a time.
 */
public final class LaterErasures {
  private static final int TOGETHER = 500;

  private final AuditLog log;
  private final OrganizationId organization;
  private final MissingValues missing = new MissingValues();

  LaterErasures(AuditLog log, OrganizationId organization) {
    this.log = log;
    this.organization = organization;
  }

  /** That what is missing of somebody was erased at a revision. */
  public record Later(Person person, long revision) {}

  /** The next record as it is taken out. What is wrong with it is for whoever checks it. */
  public void follow(LoggedChange record) {
    try {
      var _ = missing.follow(record, record.json());
    } catch (IllegalArgumentException e) {
      // It says what no record can say.
    }
  }

  /** By revision; once the last record, of revision {@code through}, has been followed. */
  public List<Later> find(long through) {
    List<Later> found = new ArrayList<>();
    LogFilter erasures =
        new LogFilter(List.of(LogSubject.kind("ERASURE")), null, null, through + 1, Long.MAX_VALUE);
    @Nullable LogPlace after = null;
    boolean isLast = false;
    while (missing.isOpen() && !isLast) {
      AuditLog.Part part = log.search(organization, erasures, after, true, TOGETHER);
      for (LoggedChange record : part.records()) {
        after = record.place();
        if (LogCodec.decode(record.body()) instanceof PersonalDataErased erasure
            && missing.close(erasure.person())) {
          found.add(new Later(erasure.person(), record.place().revision()));
        }
      }
      isLast = part.isLast();
    }
    return found;
  }
}
