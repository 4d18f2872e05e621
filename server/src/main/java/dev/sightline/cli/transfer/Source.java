package dev.sightline.cli.transfer;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Something that can be read more than once; what is packed with gzip is unpacked.
 *
 * @param name what people call it
 * @param opener begins to read it from its beginning
 */
public record Source(String name, Opener opener) {
  private static final int GZIP_MAGIC = 0x1f8b;

  /** Begins to read. */
  public interface Opener {
    InputStream open() throws IOException;
  }

  /** A file. */
  public static Source file(Path path) {
    return new Source(path.toString(), () -> Files.newInputStream(path));
  }

  /** Something that comes with the program, beside a class or at an absolute path. */
  public static Source resource(Class<?> beside, String path) {
    return new Source(path.substring(path.lastIndexOf('/') + 1), () -> opened(beside, path));
  }

  private static InputStream opened(Class<?> beside, String path) throws FileNotFoundException {
    InputStream stream = beside.getResourceAsStream(path);
    if (stream == null) {
      throw new FileNotFoundException(path + " does not come with this program");
    }
    return stream;
  }

  /** Reads it from its beginning; whoever calls closes. */
  public InputStream open() throws IOException {
    var stream = new BufferedInputStream(opener.open());
    stream.mark(2);
    int magic = (stream.read() << 8) | stream.read();
    stream.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(stream) : stream;
  }
}
