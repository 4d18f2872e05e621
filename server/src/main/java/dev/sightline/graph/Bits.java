package dev.sightline.graph;

import java.util.Arrays;

/** An immutable set of ordinals as a bitmap in chunks. */
final class Bits {
  static final Bits NONE = new Bits(new long[0][]);

  private static final int BITS = 12;
  private static final int WORDS = 1 << (BITS - 6);
  private static final int WORD_MASK = WORDS - 1;

  private final long[][] chunks;

  private Bits(long[][] chunks) {
    this.chunks = chunks;
  }

  /** The set whose bitmap is {@code words}. */
  static Bits of(long[] words) {
    int used = words.length;
    while (used > 0 && words[used - 1] == 0) {
      used--;
    }
    long[][] chunks = new long[(used + WORD_MASK) / WORDS][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Arrays.copyOfRange(words, i * WORDS, Math.min(used, (i + 1) * WORDS));
    }
    return new Bits(chunks);
  }

  boolean contains(int ordinal) {
    int chunk = ordinal >>> BITS;
    int word = ordinal >>> 6 & WORD_MASK;
    return chunk < chunks.length
        && word < chunks[chunk].length
        && (chunks[chunk][word] >>> ordinal & 1) != 0;
  }

  /** This set with or without {@code ordinal}; the same object if nothing changes. */
  Bits with(int ordinal, boolean member) {
    if (contains(ordinal) == member) {
      return this;
    }
    int chunk = ordinal >>> BITS;
    int word = ordinal >>> 6 & WORD_MASK;
    long[][] copy = Arrays.copyOf(chunks, Math.max(chunks.length, chunk + 1));
    for (int i = chunks.length; i <= chunk; i++) {
      copy[i] = new long[0];
    }
    copy[chunk] = Arrays.copyOf(copy[chunk], Math.max(copy[chunk].length, word + 1));
    copy[chunk][word] ^= 1L << ordinal;
    return new Bits(copy);
  }

  /** A fresh bitmap of ordinals below {@code limit}. */
  long[] toWords(int limit) {
    long[] words = new long[(limit + 63) >>> 6];
    for (int i = 0; i < chunks.length && i * WORDS < words.length; i++) {
      int length = Math.min(chunks[i].length, words.length - i * WORDS);
      System.arraycopy(chunks[i], 0, words, i * WORDS, length);
    }
    return words;
  }

  /** Takes everything out of a bitmap that is not in this set. */
  void retainIn(long[] words) {
    for (int i = 0; i < words.length; i++) {
      int chunk = i / WORDS;
      int word = i & WORD_MASK;
      words[i] &= chunk < chunks.length && word < chunks[chunk].length ? chunks[chunk][word] : 0;
    }
  }

  /** The least member from {@code from} on, -1 if there is none. */
  int next(int from) {
    for (int chunk = from >>> BITS; chunk < chunks.length; chunk++) {
      long[] words = chunks[chunk];
      int first = chunk == from >>> BITS ? from >>> 6 & WORD_MASK : 0;
      for (int word = first; word < words.length; word++) {
        boolean partial = chunk == from >>> BITS && word == first;
        long bits = partial ? words[word] & -1L << from : words[word];
        if (bits != 0) {
          return (chunk << BITS) + (word << 6) + Long.numberOfTrailingZeros(bits);
        }
      }
    }
    return -1;
  }

  long weightInBytes() {
    return chunks.length == 0 ? 0 : 32 + chunks.length * (20L + 8L * WORDS);
  }
}
