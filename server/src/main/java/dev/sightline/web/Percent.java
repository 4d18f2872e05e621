package dev.sightline.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding, read strictly: what is not encoded rightly is no text. */
final class Percent {
  private static final int HEX = 16;
  private static final int FIRST_BEYOND_ASCII = 0x80;

  private Percent() {}

  /** What a segment of a path says; null if it is not encoded rightly. */
  static @Nullable String decodedPath(String encoded) {
    return decoded(encoded, false);
  }

  /** What a name or a value in a query says, where a plus is a space; null as above. */
  static @Nullable String decodedQuery(String encoded) {
    return decoded(encoded, true);
  }

  private static @Nullable String decoded(String encoded, boolean plusIsSpace) {
    var bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), HEX) : -1;
        int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), HEX) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes.write(high * HEX + low);
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        bytes.write(' ');
      } else if (c < FIRST_BEYOND_ASCII) {
        bytes.write(c);
      } else {
        return null;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
