package dev.sightline.rpc;

import dev.sightline.cache.LevelHistory;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.RevisionLog;
import dev.sightline.change.Revision;
import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.UserId;
import io.grpc.Context;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The histories of levels that callers ask for: a few at a time, since each may undo thousands of
 * revisions, and only for as long as somebody waits.
 */
final class Histories {
  private static final int AT_A_TIME = 4;

  private static final Refusal TOO_MANY =
      Refusal.of(
          Reason.TOO_MANY_WAITING,
          "Too many histories are being sought; ask again, or without the history.");
  private static final Refusal TOOK_TOO_LONG =
      Refusal.of(
          Reason.NOT_FRESH,
          "The history was not found before the deadline; ask with a later one, or without the"
              + " history.");

  private final Calls calls;
  private final Semaphore sought = new Semaphore(AT_A_TIME);

  Histories(Calls calls) {
    this.calls = calls;
  }

  /** Finds out while few others do. Blocks. */
  <T> T oneOfFew(Calls.Answer<T> answer) throws Exception {
    if (!sought.tryAcquire(Calls.deadline() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new NotAnswerable(TOO_MANY);
    }
    try {
      return answer.make();
    } finally {
      sought.release();
    }
  }

  /** The history of one level; ends with the call. */
  LevelHistory of(OrganizationId organization, UserId user, DashboardId dashboard) {
    RevisionLog log = whileWanted(calls.log(organization), Calls.deadline());
    return new LevelHistory(log, user, dashboard);
  }

  private static RevisionLog whileWanted(RevisionLog log, long deadline) {
    return new RevisionLog() {
      @Override
      public @Nullable Position positionAt(long revision) throws NotAnswerable {
        requireWanted(deadline);
        return log.positionAt(revision);
      }

      @Override
      public List<Revision> after(long revision, int limit) throws NotAnswerable {
        requireWanted(deadline);
        return log.after(revision, limit);
      }
    };
  }

  private static void requireWanted(long deadline) throws NotAnswerable {
    if (System.nanoTime() - deadline >= 0 || Context.current().isCancelled()) {
      throw new NotAnswerable(TOOK_TOO_LONG);
    }
  }
}
