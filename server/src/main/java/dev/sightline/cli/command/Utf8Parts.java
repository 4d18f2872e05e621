package dev.sightline.cli.command;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text that comes as UTF-8 in parts, which may end within a character. */
final class Utf8Parts {
  private final Writer out;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer left = ByteBuffer.allocate(0);

  Utf8Parts(Writer out) {
    this.out = out;
  }

  void write(byte[] part) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(left.remaining() + part.length).put(left).put(part);
    bytes.flip();
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    decoder.decode(bytes, text, false);
    out.append(text.flip());
    left = bytes;
  }
}
