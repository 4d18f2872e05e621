package dev.sightline.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A token as its holder has it: {@code sl_<id>_<secret>}. The id, 16 characters of {@code a-z2-7},
 * names it and is no secret. The secret is 43 characters of {@code A-Za-z0-9}, drawn from 256 bits.
 * Whatever else is presented is no token, and is told apart without asking anybody.
 */
public final class TokenText {
  private static final String PREFIX = "sl_";
  private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String SECRET_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 16;
  private static final int SECRET_LENGTH = 43;
  private static final int ID_END = PREFIX.length() + ID_LENGTH;
  private static final int LENGTH = ID_END + 1 + SECRET_LENGTH;

  private final String text;

  private TokenText(String text) {
    this.text = text;
  }

  /** A token that nobody has had before. */
  public static TokenText draw(SecureRandom random) {
    return drawNamed(draw(random, ID_ALPHABET, ID_LENGTH), random);
  }

  /** A token with this id and a secret that nobody has had before. */
  static TokenText drawNamed(String id, SecureRandom random) {
    return new TokenText(PREFIX + id + "_" + draw(random, SECRET_ALPHABET, SECRET_LENGTH));
  }

  private static String draw(SecureRandom random, String alphabet, int length) {
    var drawn = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return drawn.toString();
  }

  /** The token that {@code value} ends with, from {@code from} on; null if that is none. */
  static @Nullable TokenText parse(String value, int from) {
    if (value.length() - from != LENGTH
        || !value.startsWith(PREFIX, from)
        || value.charAt(from + ID_END) != '_'
        || !consistsOf(ID_ALPHABET, value, from + PREFIX.length(), from + ID_END)
        || !consistsOf(SECRET_ALPHABET, value, from + ID_END + 1, value.length())) {
      return null;
    }
    return new TokenText(value.substring(from));
  }

  private static boolean consistsOf(String alphabet, String value, int from, int to) {
    for (int i = from; i < to; i++) {
      if (alphabet.indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The id at its place in a value that may hold a token; null if it is too short for one. */
  static @Nullable String idIn(String value, int from) {
    return value.length() - from == LENGTH
        ? value.substring(from + PREFIX.length(), from + ID_END)
        : null;
  }

  /**
   * Whether {@code value} ends with this token, from {@code from} on. Takes the same time wherever
   * the two differ.
   */
  boolean isIn(String value, int from) {
    if (value.length() - from != LENGTH) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < LENGTH; i++) {
      difference |= text.charAt(i) ^ value.charAt(from + i);
    }
    return difference == 0;
  }

  public String id() {
    return text.substring(PREFIX.length(), ID_END);
  }

  /** What is kept of a token: SHA-256 of the whole. */
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** The text itself, to be shown once and to nobody but its holder. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenText that && isIn(that.text, 0);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return PREFIX + id() + "_…";
  }
}
