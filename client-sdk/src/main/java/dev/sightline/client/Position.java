package dev.sightline.client;

import com.google.protobuf.ByteString;
import java.util.Base64;

/**
 * A point in an organization's life. Every answer and every write names one; whoever passes it on
 * with {@link Freshness#atLeast} sees nothing older. What is in it is the service's affair, and
 * positions of two organizations say nothing of each other.
 *
 * <p>A client carries the positions that it has seen along by itself. To carry one to another
 * process (in a cookie, a message, a row), use {@link #text} and {@link #ofText}.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="position"}
 */
public final class Position {
  /** Before anything: what an answer about an unknown organization names. Asks for nothing. */
  public static final Position ORIGIN = new Position(ByteString.EMPTY);

  private static final int PACKED = 3 * Long.BYTES;

  private final ByteString token;

  // The token's first 24 bytes, zeros behind a shorter one: to compare without looking at bytes.
  private final long first;
  private final long second;
  private final long third;

  private Position(ByteString token) {
    this.token = token;
    this.first = packed(token, 0);
    this.second = packed(token, Long.BYTES);
    this.third = packed(token, 2 * Long.BYTES);
  }

  private static long packed(ByteString token, int from) {
    long packed = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      packed = packed << Byte.SIZE | (i < token.size() ? token.byteAt(i) & 0xff : 0);
    }
    return packed;
  }

  static Position of(ByteString token) {
    return token.isEmpty() ? ORIGIN : new Position(token);
  }

  /**
   * A position that {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static Position ofText(String text) {
    return of(ByteString.copyFrom(Base64.getUrlDecoder().decode(text)));
  }

  /** The position as letters, digits, {@code -} and {@code _}; empty for {@link #ORIGIN}. */
  public String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.toByteArray());
  }

  ByteString token() {
    return token;
  }

  /** The later of two positions of one organization. */
  Position later(Position other) {
    return isBefore(other) ? other : this;
  }

  /**
   * Whether another position of the same organization is later: tokens are made to sort as unsigned
   * bytes. Allocates nothing.
   */
  boolean isBefore(Position other) {
    if (first != other.first) {
      return Long.compareUnsigned(first, other.first) < 0;
    }
    if (second != other.second) {
      return Long.compareUnsigned(second, other.second) < 0;
    }
    if (third != other.third) {
      return Long.compareUnsigned(third, other.third) < 0;
    }
    return isBeforeInTheRest(other);
  }

  /** Where all packed bytes are the same: the rest of longer tokens, and how long the others are. */
  private boolean isBeforeInTheRest(Position other) {
    @SuppressWarnings("ReferenceEquality") // Only to save the look at each byte.
    boolean same = token == other.token;
    if (same) {
      return false; // Most often: what was told is what was seen.
    }
    int both = Math.min(token.size(), other.token.size());
    for (int i = PACKED; i < both; i++) {
      int order = Byte.compareUnsigned(token.byteAt(i), other.token.byteAt(i));
      if (order != 0) {
        return order < 0;
      }
    }
    return token.size() < other.token.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Position that && token.equals(that.token);
  }

  @Override
  public int hashCode() {
    return token.hashCode();
  }

  @Override
  public String toString() {
    return "Position[" + text() + "]";
  }
}
