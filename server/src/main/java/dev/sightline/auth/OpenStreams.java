package dev.sightline.auth;

import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The streams that are open, by token, so that they end with it. Owns no thread: somebody calls
 * {@link #recheck} whenever the token epoch has moved, and now and then because tokens end by
 * themselves.
 */
public final class OpenStreams {
  /** The streams of one token, what it was presented as, and when the last of them ended. */
  private static final class OfToken {
    private final String authorization;
    private final Set<StreamCall<?, ?>> streams = ConcurrentHashMap.newKeySet();
    private long quietSince;

    OfToken(String authorization) {
      this.authorization = authorization;
    }
  }

  private final Authentication authentication;
  private final Function<Refusal, StatusRuntimeException> statuses;
  private final long keptNanos;
  private final Map<String, OfToken> byToken = new ConcurrentHashMap<>();

  /**
   * @param statuses what a refusal is on the wire
   * @param kept for how long it is known of a stream that it was open
   */
  public OpenStreams(
      Authentication authentication,
      Function<Refusal, StatusRuntimeException> statuses,
      Duration kept) {
    this.authentication = authentication;
    this.statuses = statuses;
    this.keptNanos = kept.toNanos();
  }

  void opened(Caller caller, @Nullable String authorization, StreamCall<?, ?> stream) {
    if (authorization == null) {
      return; // Whoever needs no token cannot lose it.
    }
    byToken.compute(
        caller.tokenId(),
        (_, open) -> {
          OfToken of = open == null ? new OfToken(authorization) : open;
          of.streams.add(stream);
          return of;
        });
    // The token may have ended since it was looked at, and nobody have found the stream here.
    recheck(caller.tokenId(), authorization);
  }

  void ended(Caller caller, StreamCall<?, ?> stream) {
    byToken.computeIfPresent(
        caller.tokenId(),
        (_, open) -> {
          open.streams.remove(stream);
          open.quietSince = System.nanoTime();
          return open;
        });
  }

  /**
   * A reading of {@link System#nanoTime}: since then no stream has been open with this token. Now,
   * if one is.
   */
  long quietSince(String tokenId) {
    long[] since = {System.nanoTime() - keptNanos};
    byToken.computeIfPresent(
        tokenId,
        (_, open) -> {
          since[0] = open.streams.isEmpty() ? open.quietSince : System.nanoTime();
          return open;
        });
    return since[0];
  }

  /** How many streams are open. */
  public int count() {
    return byToken.values().stream().mapToInt(open -> open.streams.size()).sum();
  }

  /**
   * Looks at the token of every stream and ends the streams of those that have ended. Returns at
   * once; what has to be looked up, virtual threads look up. Where the database does not tell,
   * streams stay open: they prove by themselves how fresh they are.
   */
  public void recheck() {
    for (String tokenId : byToken.keySet()) {
      OfToken open = byToken.computeIfPresent(tokenId, (_, of) -> isOver(of) ? null : of);
      if (open != null && !open.streams.isEmpty()) {
        recheck(tokenId, open.authorization);
      }
    }
  }

  private boolean isOver(OfToken of) {
    return of.streams.isEmpty() && System.nanoTime() - of.quietSince > keptNanos;
  }

  private void recheck(String tokenId, String authorization) {
    Identity atOnce = authentication.ifKnown(authorization);
    if (atOnce == null) {
      Thread.ofVirtual()
          .name("recheck-token")
          .start(() -> endIfRefused(tokenId, authentication.find(authorization)));
    } else {
      endIfRefused(tokenId, atOnce);
    }
  }

  private void endIfRefused(String tokenId, Identity identity) {
    if (identity instanceof Identity.Refused(Refusal refusal)
        && refusal.reason() == Reason.NOT_AUTHENTICATED) {
      closeAll(tokenId, refusal);
    }
  }

  /** Ends the streams of a token that was revoked. */
  public void closeAll(String tokenId) {
    closeAll(tokenId, TokenAuthentication.NOBODY.refusal());
  }

  private void closeAll(String tokenId, Refusal refusal) {
    OfToken open = byToken.get(tokenId);
    if (open != null) {
      open.streams.forEach(stream -> stream.end(statuses.apply(refusal)));
    }
  }
}
