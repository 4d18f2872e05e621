package dev.sightline.client;

/**
 * A token that was just made, and what to connect with. The secret is shown this once and kept
 * nowhere; it is no part of {@link #toString}.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 *
 * @param token the token
 * @param secret what to give to {@link SightlineBuilder#token}
 */
public record IssuedToken(Token token, String secret) {
  @Override
  public String toString() {
    return "IssuedToken[" + token + "]";
  }
}
