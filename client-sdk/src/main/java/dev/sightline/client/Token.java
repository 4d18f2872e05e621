package dev.sightline.client;

import java.time.Instant;
import java.util.Set;

/**
 * An API token, without what would let anybody use it.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 *
 * @param id its id, which is also its first part
 * @param name what people call it
 * @param scopes what it may be used for; those that this SDK does not know are left out
 * @param reach which organizations it is good for
 * @param createdAt when it was made
 * @param end when it ends by itself
 * @param revoked whether it was revoked
 */
public record Token(
    String id,
    String name,
    Set<TokenScope> scopes,
    TokenReach reach,
    Instant createdAt,
    End end,
    boolean revoked) {
  /** Copies what could change. */
  public Token {
    scopes = Set.copyOf(scopes);
  }
}
