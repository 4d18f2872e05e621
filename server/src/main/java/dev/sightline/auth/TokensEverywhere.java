package dev.sightline.auth;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.RollCall;
import dev.sightline.cache.Staleness;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Finds out when nobody is let in with a revoked token any more.
 *
 * <p><b>How.</b> As with a change of an organization: once max-staleness has passed since the
 * revocation was known to be committed, every node knows of it; or every node is {@linkplain
 * RollCall asked}, and confirms once it refuses the token, has ended its streams, and what clients
 * held that were told on them that it is fresh has lapsed. Whether a client has heard of the end of
 * its stream nobody knows, so that takes max-staleness from when the last one ended.
 *
 * <p><b>What breaks if it is changed.</b> The proof has to come behind the look into the database:
 * before it, an older epoch may still let the token in that was put out of the cache meanwhile. And
 * the streams have to be looked at behind both: until then one may have been opened.
 */
public final class TokensEverywhere {
  private static final String QUESTION = "heed-token";

  private final TokenStore store;
  private final TokenEpochs epochs;
  private final TokenAuthentication authentication;
  private final OpenStreams streams;
  private final RollCall rollCall;
  private final Staleness staleness;

  /** Answers the other nodes from now on. */
  public TokensEverywhere(
      TokenStore store,
      TokenEpochs epochs,
      TokenAuthentication authentication,
      OpenStreams streams,
      RollCall rollCall,
      Staleness staleness) {
    this.store = store;
    this.epochs = epochs;
    this.authentication = authentication;
    this.streams = streams;
    this.rollCall = rollCall;
    this.staleness = staleness;
    rollCall.answer(QUESTION, this::refused);
  }

  /**
   * Waits until nobody is let in with a token that was read to be revoked. Blocks.
   *
   * @param until a reading of {@link System#nanoTime}
   * @throws NotAnswerable if the database does not tell whom to ask
   */
  public RollCall.Spread await(TokenFacts revoked, long until)
      throws NotAnswerable, InterruptedException {
    return rollCall.call(QUESTION, revoked.id(), System.nanoTime(), until);
  }

  private CompletableFuture<Void> refused(String tokenId) {
    TokenFacts token = store.find(tokenId);
    if (token == null || token.revokedAt() == null) {
      // Another database than the one that was asked.
      return CompletableFuture.failedFuture(new IllegalStateException("not revoked: " + tokenId));
    }
    authentication.revoked(tokenId);
    streams.closeAll(tokenId);
    return epochs
        .proveNow()
        .thenCompose(_ -> passed(streams.quietSince(tokenId) + staleness.max().toNanos()))
        .toCompletableFuture();
  }

  private static CompletableFuture<Void> passed(long nanoTime) {
    long left = Math.max(0, nanoTime - System.nanoTime());
    return new CompletableFuture<Void>().completeOnTimeout(null, left, TimeUnit.NANOSECONDS);
  }
}
