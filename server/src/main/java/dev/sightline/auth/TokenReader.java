package dev.sightline.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads tokens as the database has them. */
@FunctionalInterface
public interface TokenReader {
  /**
   * The token with this hash, and the epoch under which it was read. Blocks.
   *
   * @throws dev.sightline.store.StoreUnavailable if the database does not tell
   */
  Reading read(byte[] hash);

  /**
   * What the database said.
   *
   * @param epoch not newer than what was read
   * @param holder null if there is no such token, or none that has not been revoked
   */
  record Reading(long epoch, @Nullable Holder holder) {}

  /**
   * Whom a token stands for.
   *
   * @param expiresAt when it ends, null if never
   */
  record Holder(Caller caller, @Nullable Instant expiresAt) {}
}
