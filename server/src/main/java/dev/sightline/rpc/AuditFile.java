package dev.sightline.rpc;

import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.LaterErasures.Later;
import dev.sightline.store.LoggedChange;
import java.time.Instant;
import java.util.List;

/** How a log, or a range of it, is written into a file. */
sealed interface AuditFile permits AuditLines, AuditTable {
  /**
   * What is taken out.
   *
   * @param from the first revision
   * @param through the last revision
   * @param head the revision that the log ends with
   * @param start the hash that the first record is chained to
   * @param end the hash of the last record, as the organization's head says it or, where the range
   *     ends before, the log
   * @param at when it is taken out: the head is read later
   * @param personal whether personal values that are not erased come with it
   */
  record Range(
      OrganizationId organization,
      long from,
      long through,
      long head,
      LogHash start,
      LogHash end,
      Instant at,
      boolean personal) {}

  /** What stands before the records. */
  byte[] begin();

  byte[] record(LoggedChange change);

  /**
   * What stands behind the records.
   *
   * @param later which revisions behind them have erased what is missing in them; empty where
   *     personal values were not asked for
   */
  byte[] end(long records, List<Later> later);
}
