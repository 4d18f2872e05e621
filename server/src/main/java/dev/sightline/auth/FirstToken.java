package dev.sightline.auth;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The token that a new installation begins with. */
public final class FirstToken {
  private static final NewToken OPERATOR =
      new NewToken("first operator", Scopes.ALL, Binding.ALL, null);

  /** Always the same, and an id is taken once: of nodes that start together, one makes it. */
  private static final String ID = "firstoperatorkey";

  private FirstToken() {}

  /**
   * Makes the one operator token that all others can be made with, to be printed once; null if any
   * token was ever made.
   */
  public static @Nullable TokenText createIfNone(TokenStore tokens) {
    TokenText text = TokenText.drawNamed(ID, new SecureRandom());
    return tokens.createFirst(text, OPERATOR) == null ? null : text;
  }
}
