package dev.sightline.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a log; all conditions hold at once.
 *
 * @param subjects what a record must all be found by
 * @param from not before this time; null: since ever
 * @param to before this time; null: until now
 * @param fromRevision not before this revision
 * @param throughRevision not after this revision
 */
public record LogFilter(
    List<LogSubject> subjects,
    @Nullable Instant from,
    @Nullable Instant to,
    long fromRevision,
    long throughRevision) {
  public LogFilter {
    subjects = List.copyOf(subjects);
  }
}
