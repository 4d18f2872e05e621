package dev.sightline.auth;

import dev.sightline.model.OrganizationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens. Everything here blocks, and throws {@link dev.sightline.store.StoreUnavailable} if
 * the database does not do it. Every change moves the token epoch in the same transaction.
 */
public interface TokenStore extends TokenReader {
  /** Keeps a new token. */
  TokenFacts create(TokenText text, NewToken token);

  /**
   * Keeps the first token there ever was; null if there was one already, revoked or not. Of several
   * nodes that start at the same time, one succeeds.
   */
  @Nullable TokenFacts createFirst(TokenText text, NewToken token);

  /** All tokens, by id. */
  List<TokenFacts> all();

  /** The tokens that are bound to exactly this organization, by id. */
  List<TokenFacts> boundTo(OrganizationId organization);

  @Nullable TokenFacts find(String id);

  /** Revokes a token, if it was not already; null if there is no such token. */
  @Nullable TokenFacts revoke(String id);
}
