package dev.sightline.client;

import java.time.Duration;
import java.util.Set;

/**
 * An API token to make.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 *
 * @param name what people call it, 1 to 200 characters
 * @param reach which organizations it is good for
 * @param scopes what it may be used for; at least one
 * @param expiresIn how long until it ends; zero: never
 */
public record NewToken(String name, TokenReach reach, Set<TokenScope> scopes, Duration expiresIn) {
  /** Copies what could change. */
  public NewToken {
    scopes = Set.copyOf(scopes);
  }

  /** A token that does not end. */
  public static NewToken of(String name, TokenReach reach, TokenScope... scopes) {
    return new NewToken(name, reach, Set.of(scopes), Duration.ZERO);
  }

  /** One that ends by itself. */
  public NewToken expiringIn(Duration duration) {
    return new NewToken(name, reach, scopes, duration);
  }
}
