package dev.sightline.model;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The secret of a link in a mail: whoever has it may do what the link is for, without a login. 256
 * random bits in base64url, 43 characters of {@code A-Za-z0-9_-}. Made when the mail is sent; only
 * its {@link #hash} is kept.
 */
public final class LinkToken {
  private static final int BYTES = 32;

  private final String text;

  private LinkToken(String text) {
    this.text = text;
  }

  /** A token that nobody has had before. */
  public static LinkToken draw(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new LinkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The token that a link ends with; null if that is none. Exactly what was drawn is one. */
  public static @Nullable LinkToken parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
    String drawn = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return bytes.length == BYTES && drawn.equals(text) ? new LinkToken(text) : null;
  }

  /** What is kept of a token, and looked up by: SHA-256 of its text. */
  public byte[] hash() {
    return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The text itself, for the one mail that it goes with. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LinkToken that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Nothing of the secret, so that no log has it. */
  @Override
  public String toString() {
    return "LinkToken[…]";
  }
}
