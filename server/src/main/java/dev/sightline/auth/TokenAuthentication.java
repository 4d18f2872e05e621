package dev.sightline.auth;

import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.StoreUnavailable;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by API tokens, {@code authorization: Bearer sl_…}.
 *
 * <p>A caller who is known, under an epoch that is proved, is recognized at once and without a
 * lock. Everybody else is looked up, one look-up a token at a time. Look-ups of tokens that nobody
 * has presented before go through a narrow gate, so that garbage keeps neither the database nor
 * those who are known busy.
 */
public final class TokenAuthentication implements Authentication {
  /** Missing, malformed, unknown, ended or revoked: all the same to who asks. */
  static final Identity.Refused NOBODY =
      refused(
          Reason.NOT_AUTHENTICATED,
          "The call carries no valid token. Send authorization: Bearer <token>, with a token that"
              + " has neither ended nor been revoked.");

  private static final Identity CROWDED =
      refused(
          Reason.TOO_MANY_WAITING,
          "Too many tokens that are not known yet wait to be looked up. Try again.");
  private static final Identity UNAVAILABLE =
      refused(
          Reason.STORE_UNAVAILABLE,
          "The database did not tell in time whether the token holds. Try again.");

  private static final String SCHEME = "Bearer ";
  private static final int STRANGERS_AT_ONCE = 4;
  private static final int STRANGERS_WAITING = 256;
  private static final int ATTEMPTS = 4;

  private final TokenReader reader;
  private final TokenEpochs epochs;
  private final KnownTokens known;
  private final ConcurrentHashMap<TokenText, CompletableFuture<Boolean>> reading =
      new ConcurrentHashMap<>();
  private final Semaphore gate = new Semaphore(STRANGERS_AT_ONCE);
  private final AtomicInteger strangers = new AtomicInteger();

  /**
   * @param clock tells when tokens have ended; the estimated time of the database
   */
  public TokenAuthentication(TokenReader reader, TokenEpochs epochs, InstantSource clock) {
    this.reader = reader;
    this.epochs = epochs;
    this.known = new KnownTokens(clock);
  }

  @Override
  public @Nullable Identity ifKnown(@Nullable String authorization) {
    if (authorization == null || !hasScheme(authorization)) {
      return NOBODY;
    }
    long epoch = epochs.epochIfFresh();
    if (epoch == TokenEpochs.NOT_FRESH) {
      return TokenText.parse(authorization, SCHEME.length()) == null ? NOBODY : null;
    }
    return known.under(epoch, authorization, SCHEME.length());
  }

  /** Names of schemes have no case (RFC 9110, 11.1). */
  private static boolean hasScheme(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  @Override
  public Identity find(@Nullable String authorization) {
    Identity atOnce = ifKnown(authorization);
    if (atOnce != null || authorization == null) {
      return atOnce == null ? NOBODY : atOnce;
    }
    TokenText text = TokenText.parse(authorization, SCHEME.length());
    return text == null ? NOBODY : lookUp(authorization, text);
  }

  /** Reads and proves until both are of one epoch; tokens hardly ever change, so at once. */
  private Identity lookUp(String authorization, TokenText text) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        long epoch = epochs.epochIfFresh();
        if (epoch == TokenEpochs.NOT_FRESH || epoch < known.epochOf(text)) {
          epoch = epochs.proveNow().toCompletableFuture().join();
        }
        if (epoch != known.epochOf(text) && !read(text)) {
          return CROWDED;
        }
        Identity identity = ifKnown(authorization);
        if (identity != null) {
          return identity;
        }
      }
    } catch (StoreUnavailable | CompletionException | CancellationException e) {
      return UNAVAILABLE;
    }
    return UNAVAILABLE;
  }

  /** Reads the token, or waits for whoever is reading it. False if too many wait already. */
  private boolean read(TokenText text) {
    var mine = new CompletableFuture<Boolean>();
    CompletableFuture<Boolean> others = reading.putIfAbsent(text, mine);
    if (others != null) {
      return others.join();
    }
    try {
      boolean read = known.hasSeen(text) ? readNow(text) : readThroughGate(text);
      mine.complete(read);
      return read;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      reading.remove(text);
    }
  }

  private boolean readThroughGate(TokenText text) {
    if (strangers.incrementAndGet() > STRANGERS_WAITING) {
      strangers.decrementAndGet();
      return false;
    }
    gate.acquireUninterruptibly();
    try {
      return readNow(text);
    } finally {
      gate.release();
      strangers.decrementAndGet();
    }
  }

  private boolean readNow(TokenText text) {
    known.found(text, reader.read(text.hash()));
    return true;
  }

  /** Ends a token on this node at once; for the moment after its revocation was committed. */
  public void revoked(String tokenId) {
    known.revoked(tokenId);
  }

  private static Identity.Refused refused(Reason reason, String message) {
    return new Identity.Refused(Refusal.of(reason, message));
  }
}
