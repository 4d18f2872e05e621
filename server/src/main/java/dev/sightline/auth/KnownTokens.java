package dev.sightline.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What this node has read about tokens, each under an epoch.
 *
 * <p>Tokens that exist are kept by id, with the text that was presented and found: there are no
 * more of them than were ever made, whatever strangers send. Texts that are no token are kept
 * apart, few and briefly.
 *
 * <p>INVARIANT: what was read counts only under a fresh proof of the same epoch. So a revocation,
 * which moves the epoch, ends a token wherever it is known, and a database that went back makes
 * everybody be read anew. The one exception: that a token was revoked is final.
 */
final class KnownTokens {
  private static final int MAX_TOKENS = 100_000;
  private static final int MAX_STRANGERS = 10_000;
  private static final Duration STRANGERS_KEPT = Duration.ofSeconds(30);

  /** What is known of one token id. */
  private sealed interface Entry {}

  private record Valid(TokenText text, Identity.Known identity, long expiresAtMillis, long epoch)
      implements Entry {}

  private record Revoked() implements Entry {}

  private final Cache<String, Entry> byId = Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();
  private final Cache<TokenText, Long> strangers =
      Caffeine.newBuilder().maximumSize(MAX_STRANGERS).expireAfterWrite(STRANGERS_KEPT).build();
  private final InstantSource clock;

  KnownTokens(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Who presents the token at the end of {@code header}, as read under {@code epoch}; null if that
   * was not read.
   */
  @Nullable Identity under(long epoch, String header, int from) {
    String id = TokenText.idIn(header, from);
    if (id == null) {
      return TokenAuthentication.NOBODY;
    }
    return switch (byId.getIfPresent(id)) {
      case Valid valid -> underEpoch(valid, epoch, header, from);
      case Revoked _ -> TokenAuthentication.NOBODY;
      case null -> stranger(epoch, header, from);
    };
  }

  private @Nullable Identity underEpoch(Valid valid, long epoch, String header, int from) {
    if (!valid.text.isIn(header, from)) {
      return valid.epoch == epoch ? TokenAuthentication.NOBODY : stranger(epoch, header, from);
    }
    if (valid.epoch != epoch) {
      return null;
    }
    return clock.millis() < valid.expiresAtMillis ? valid.identity : TokenAuthentication.NOBODY;
  }

  private @Nullable Identity stranger(long epoch, String header, int from) {
    TokenText text = TokenText.parse(header, from);
    if (text == null) {
      return TokenAuthentication.NOBODY;
    }
    Long readUnder = strangers.getIfPresent(text);
    return readUnder != null && readUnder == epoch ? TokenAuthentication.NOBODY : null;
  }

  /** Whether this very token was found once, so that asking again is no stranger's doing. */
  boolean hasSeen(TokenText text) {
    return byId.getIfPresent(text.id()) instanceof Valid valid && valid.text.equals(text);
  }

  /** The epoch that is known of this token; -1 if nothing is. */
  long epochOf(TokenText text) {
    if (byId.getIfPresent(text.id()) instanceof Valid valid && valid.text.equals(text)) {
      return valid.epoch;
    }
    Long readUnder = strangers.getIfPresent(text);
    return readUnder == null ? -1 : readUnder;
  }

  void found(TokenText text, TokenReader.Reading reading) {
    TokenReader.Holder holder = reading.holder();
    if (holder == null) {
      notFound(text, reading.epoch());
      return;
    }
    var valid =
        new Valid(
            text, new Identity.Known(holder.caller()), millis(holder.expiresAt()), reading.epoch());
    byId.asMap().merge(text.id(), valid, KnownTokens::later);
  }

  private void notFound(TokenText text, long epoch) {
    byId.asMap()
        .computeIfPresent(
            text.id(),
            (_, entry) -> entry instanceof Valid valid && valid.text.equals(text) ? null : entry);
    strangers.put(text, epoch);
  }

  /** Readings may come in out of order: an older one only makes somebody read again. */
  private static Entry later(Entry known, Entry read) {
    return known instanceof Revoked ? known : read;
  }

  void revoked(String tokenId) {
    byId.put(tokenId, new Revoked());
  }

  /** Rounded down: a token may end a millisecond early, never late. */
  private static long millis(@Nullable Instant expiresAt) {
    return expiresAt == null ? Long.MAX_VALUE : expiresAt.toEpochMilli();
  }
}
