package dev.sightline.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64, the 64-bit hash of Yann Collet's xxHash (specification 0.2.0, "XXH64 algorithm
 * description"): the same in every process and version, with every bit of the result depending on
 * every bit of the input. No protection against somebody who looks for collisions.
 */
final class Xx64 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 32;

  private Xx64() {}

  /** The hash of the eight bytes of {@code word}, lowest first. */
  static long hash(long word, long seed) {
    return avalanche(longStep(seed + PRIME_5 + Long.BYTES, word));
  }

  /** The hash of {@code bytes[from, to)}. */
  static long hash(byte[] bytes, int from, int to, long seed) {
    int at = from;
    long hash;
    if (to - from >= STRIPE) {
      at = to - (to - from) % STRIPE;
      hash = stripes(bytes, from, at, seed);
    } else {
      hash = seed + PRIME_5;
    }
    return avalanche(rest(bytes, at, to, hash + (to - from)));
  }

  private static long stripes(byte[] bytes, int from, int to, long seed) {
    long a = seed + PRIME_1 + PRIME_2;
    long b = seed + PRIME_2;
    long c = seed;
    long d = seed - PRIME_1;
    for (int at = from; at < to; at += STRIPE) {
      a = round(a, (long) LONGS.get(bytes, at));
      b = round(b, (long) LONGS.get(bytes, at + 8));
      c = round(c, (long) LONGS.get(bytes, at + 16));
      d = round(d, (long) LONGS.get(bytes, at + 24));
    }
    long hash =
        Long.rotateLeft(a, 1)
            + Long.rotateLeft(b, 7)
            + Long.rotateLeft(c, 12)
            + Long.rotateLeft(d, 18);
    return merge(merge(merge(merge(hash, a), b), c), d);
  }

  private static long rest(byte[] bytes, int from, int to, long start) {
    long hash = start;
    int at = from;
    for (; to - at >= Long.BYTES; at += Long.BYTES) {
      hash = longStep(hash, (long) LONGS.get(bytes, at));
    }
    if (to - at >= Integer.BYTES) {
      hash ^= ((int) INTS.get(bytes, at) & 0xffffffffL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += Integer.BYTES;
    }
    for (; at < to; at++) {
      hash ^= (bytes[at] & 0xffL) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return hash;
  }

  private static long longStep(long hash, long word) {
    return Long.rotateLeft(hash ^ round(0, word), 27) * PRIME_1 + PRIME_4;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long hash) {
    long h = hash ^ hash >>> 33;
    h *= PRIME_2;
    h ^= h >>> 29;
    h *= PRIME_3;
    return h ^ h >>> 32;
  }
}
