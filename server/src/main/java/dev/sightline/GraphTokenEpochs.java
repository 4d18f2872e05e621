package dev.sightline;

import dev.sightline.auth.TokenEpochs;
import dev.sightline.cache.Graphs;
import java.util.concurrent.CompletionStage;

/** The token epoch comes with the proofs of graphs. */
record GraphTokenEpochs(Graphs graphs) implements TokenEpochs {
  @Override
  public long epochIfFresh() {
    return graphs.tokenEpochIfFresh();
  }

  @Override
  public CompletionStage<Long> proveNow() {
    return graphs.proveTokenEpoch();
  }
}
