package dev.sightline.auth;

import dev.sightline.store.ApiTokens;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Epochs of a real database, whose proofs grow old when the test says so. */
public final class ProvenEpochs implements TokenEpochs {
  private final ApiTokens tokens;
  private volatile long proved = NOT_FRESH;
  private volatile boolean cutOff;

  public ProvenEpochs(ApiTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public long epochIfFresh() {
    return proved;
  }

  @Override
  public CompletionStage<Long> proveNow() {
    if (cutOff) {
      return CompletableFuture.failedFuture(new IllegalStateException("no proof in time"));
    }
    return CompletableFuture.supplyAsync(() -> {
      proved = tokens.epoch();
      return proved;
    });
  }

  /** The last proof is too old from now on. */
  public void growOld() {
    proved = NOT_FRESH;
  }

  /** No proof comes through any more, and the last one is too old. */
  public void cutOff() {
    cutOff = true;
    growOld();
  }
}
