package dev.sightline.rpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Sends messages that are encoded already, perhaps for many streams. */
final class SharedBytes implements Marshaller<byte[]> {
  @Override
  public InputStream stream(byte[] message) {
    return new Shared(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    throw new UnsupportedOperationException("a server does not read responses");
  }

  private static final class Shared extends ByteArrayInputStream implements Drainable, KnownLength {
    Shared(byte[] message) {
      super(message);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int size = available();
      target.write(buf, pos, size);
      pos = count;
      return size;
    }
  }
}
