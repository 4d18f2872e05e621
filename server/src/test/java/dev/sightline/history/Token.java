package dev.sightline.history;

import dev.sightline.client.Position;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A position as callers hold it, taken apart.
 *
 * @param endedThrough in microseconds since 1970
 * @param hash the first 8 bytes of the log's hash at the revision
 */
record Token(long revision, long endedThrough, long hash) {
  /** Asks for nothing. */
  static final Token NONE = new Token(0, 0, 0);

  static Token of(Position position) {
    String text = position.text();
    if (text.isEmpty()) {
      return NONE;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    bytes.get();
    long revision = bytes.getLong();
    long endedThrough = bytes.getLong();
    bytes.getInt();
    return new Token(revision, endedThrough, bytes.getLong());
  }

  boolean isNone() {
    return revision == 0;
  }

  /** The later of two, as the SDK tells: by the bytes, in their order. */
  Token later(Token other) {
    int order = Long.compare(revision, other.revision);
    order = order != 0 ? order : Long.compare(endedThrough, other.endedThrough);
    order = order != 0 ? order : Long.compareUnsigned(hash, other.hash);
    return order >= 0 ? this : other;
  }

  @Override
  public String toString() {
    return isNone() ? "nothing" : "(%d, %d, %016x)".formatted(revision, endedThrough, hash);
  }
}
