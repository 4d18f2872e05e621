package dev.sightline.store;

import java.time.Instant;

/** What a transaction takes for the time. Tests and scenario runs supply one that they set. */
@FunctionalInterface
public interface TimeSource {
  /** The database's clock, and so the same for all nodes. */
  TimeSource DATABASE = databaseTime -> databaseTime;

  /**
   * The time now.
   *
   * @param databaseTime the database's clock, read after the organization's lock was taken
   */
  Instant now(Instant databaseTime);
}
