package dev.sightline.graph;

/**
 * A set of ordinals of one graph, to be walked upwards. Ordinals are for one lineage of graphs: a
 * walk that goes on from the last ordinal on a later graph of the lineage meets whatever is in both
 * sets exactly once.
 */
public final class OrdinalSet {
  private final long[] words;

  /** Keeps {@code words}, which is not changed afterwards. */
  OrdinalSet(long[] words) {
    this.words = words;
  }

  public boolean contains(int ordinal) {
    return ordinal >= 0
        && ordinal >>> 6 < words.length
        && (words[ordinal >>> 6] >>> ordinal & 1) != 0;
  }

  /** The least member that is {@code from} or more, -1 if there is none. */
  public int next(int from) {
    int word = from >>> 6;
    if (word >= words.length) {
      return -1;
    }
    long bits = words[word] & -1L << from;
    while (bits == 0) {
      if (++word == words.length) {
        return -1;
      }
      bits = words[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  public int size() {
    int size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }
}
