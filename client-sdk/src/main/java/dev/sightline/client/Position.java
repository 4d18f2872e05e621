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

  private final ByteString token;

  private Position(ByteString token) {
    this.token = token;
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

  /** The later of two positions of one organization: tokens are made to sort as unsigned bytes. */
  Position later(Position other) {
    var order = ByteString.unsignedLexicographicalComparator();
    return order.compare(token, other.token) >= 0 ? this : other;
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
