package dev.sightline.cli.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one at a time; what is no UTF-8 or has no end is told with its line. */
final class FileLines {
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number;

  FileLines(InputStream in) {
    this.in = in;
  }

  /** The next line without its end; null behind the last. */
  @Nullable String next() throws IOException, Malformed {
    line.reset();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    number++;
    while (next != '\n') {
      if (next < 0) {
        throw new Malformed("the line is cut off");
      }
      line.write(next);
      next = in.read();
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("the line is not text in UTF-8");
    }
  }

  /** Of the line that was read last, from 1. */
  long number() {
    return number;
  }
}
