package dev.sightline.auth;

import java.util.concurrent.CompletionStage;

/**
 * The number that each change of a token in the database raises, by how much nobody can foretell,
 * as this node's proofs of freshness tell it.
 */
public interface TokenEpochs {
  /** Said when the last proof is too old to rely on. */
  long NOT_FRESH = -1;

  /**
   * The epoch that the last proof told, or {@link #NOT_FRESH}. Never blocks, allocates nothing.
   *
   * <p>INVARIANT: once {@link #proveNow} has completed with an epoch, this is not an older one,
   * unless the database itself went back.
   */
  long epochIfFresh();

  /**
   * The epoch by a proof that is sent after this call. Completes exceptionally if the database does
   * not tell in time.
   */
  CompletionStage<Long> proveNow();
}
