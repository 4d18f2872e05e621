package dev.sightline.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-1-3 of an id's characters under a key drawn when the process starts, so that nobody can
 * choose ids that collide. The same value from a string and from its bytes, without allocation.
 *
 * <p>Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012; the variant with one
 * and three rounds is what Rust's and Python's dictionaries use.
 */
final class IdHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long KEY_0;
  private static final long KEY_1;

  static {
    SecureRandom random = new SecureRandom();
    KEY_0 = random.nextLong();
    KEY_1 = random.nextLong();
  }

  private IdHash() {}

  /** The hash of characters that are all ASCII; of others, any number. */
  static long of(String id) {
    long v0 = KEY_0 ^ 0x736f6d6570736575L;
    long v1 = KEY_1 ^ 0x646f72616e646f6dL;
    long v2 = KEY_0 ^ 0x6c7967656e657261L;
    long v3 = KEY_1 ^ 0x7465646279746573L;
    int length = id.length();
    int at = 0;
    for (long word; ; at += Long.BYTES) {
      boolean last = length - at < Long.BYTES;
      word = last ? word(id, at, length) | (long) length << 56 : word(id, at);
      v3 ^= word;
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= word;
      if (last) {
        return finish(v0, v1, v2, v3);
      }
    }
  }

  /** The hash of {@code bytes[from, to)}. */
  static long of(byte[] bytes, int from, int to) {
    long v0 = KEY_0 ^ 0x736f6d6570736575L;
    long v1 = KEY_1 ^ 0x646f72616e646f6dL;
    long v2 = KEY_0 ^ 0x6c7967656e657261L;
    long v3 = KEY_1 ^ 0x7465646279746573L;
    int at = from;
    for (long word; ; at += Long.BYTES) {
      boolean last = to - at < Long.BYTES;
      word = last ? word(bytes, at, to) | (long) (to - from) << 56 : (long) LONGS.get(bytes, at);
      v3 ^= word;
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= word;
      if (last) {
        return finish(v0, v1, v2, v3);
      }
    }
  }

  private static long finish(long v0, long v1, long v2, long v3) {
    v2 ^= 0xff;
    for (int round = 0; round < 3; round++) {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private static long word(String id, int at) {
    return (id.charAt(at) & 0xffL)
        | (id.charAt(at + 1) & 0xffL) << 8
        | (id.charAt(at + 2) & 0xffL) << 16
        | (id.charAt(at + 3) & 0xffL) << 24
        | (id.charAt(at + 4) & 0xffL) << 32
        | (id.charAt(at + 5) & 0xffL) << 40
        | (id.charAt(at + 6) & 0xffL) << 48
        | (id.charAt(at + 7) & 0xffL) << 56;
  }

  private static long word(String id, int from, int to) {
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = word << 8 | (id.charAt(i) & 0xff);
    }
    return word;
  }

  private static long word(byte[] bytes, int from, int to) {
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = word << 8 | (bytes[i] & 0xff);
    }
    return word;
  }
}
