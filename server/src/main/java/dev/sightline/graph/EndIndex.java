package dev.sightline.graph;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Instants at which time alone changes something, in their order, each with the ordinal of the
 * dashboard or grant concerned: an immutable sorted list in leaves. Instants that have passed stay
 * for as long as what they belong to, so the same index answers for any position, a rewound one
 * too, and moving on in time costs nothing but a search.
 */
final class EndIndex {
  static final EndIndex EMPTY = new EndIndex(new Leaf[0]);

  private static final int FULL = 512;

  /**
   * INVARIANT: no leaf is empty. Equal pairs stand next to each other: entries may end together.
   */
  private final Leaf[] leaves;

  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Leaf(long[] ends, int[] ordinals) {
    int size() {
      return ends.length;
    }

    /** The index of the first pair that is not before the given one. */
    int lowerBound(long end, int ordinal) {
      int low = 0;
      int high = ends.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (isBefore(ends[middle], ordinals[middle], end, ordinal)) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    Leaf part(int from, int to) {
      return new Leaf(Arrays.copyOfRange(ends, from, to), Arrays.copyOfRange(ordinals, from, to));
    }
  }

  private EndIndex(Leaf[] leaves) {
    this.leaves = leaves;
  }

  /** The index of the given pairs, in any order; the arrays stay as they are. */
  static EndIndex of(long[] ends, int[] ordinals) {
    long[] instants = Arrays.stream(ends).sorted().distinct().toArray();
    long[] keys = new long[ends.length];
    for (int i = 0; i < ends.length; i++) {
      keys[i] = ((long) Arrays.binarySearch(instants, ends[i]) << 32) | ordinals[i];
    }
    Arrays.sort(keys);
    int half = FULL / 2;
    Leaf[] leaves = new Leaf[(keys.length + half - 1) / half];
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = leaf(keys, i * half, Math.min(keys.length, (i + 1) * half), instants);
    }
    return new EndIndex(leaves);
  }

  private static Leaf leaf(long[] keys, int from, int to, long[] instants) {
    long[] ends = new long[to - from];
    int[] ordinals = new int[to - from];
    for (int i = from; i < to; i++) {
      ends[i - from] = instants[(int) (keys[i] >>> 32)];
      ordinals[i - from] = (int) keys[i];
    }
    return new Leaf(ends, ordinals);
  }

  EndIndex with(long end, int ordinal) {
    if (leaves.length == 0) {
      return new EndIndex(new Leaf[] {new Leaf(new long[] {end}, new int[] {ordinal})});
    }
    int at = Math.min(leafFor(end, ordinal), leaves.length - 1);
    Leaf grown = inserted(leaves[at], end, ordinal);
    if (grown.size() < FULL) {
      Leaf[] copy = leaves.clone();
      copy[at] = grown;
      return new EndIndex(copy);
    }
    Leaf[] copy = new Leaf[leaves.length + 1];
    System.arraycopy(leaves, 0, copy, 0, at);
    copy[at] = grown.part(0, FULL / 2);
    copy[at + 1] = grown.part(FULL / 2, grown.size());
    System.arraycopy(leaves, at + 1, copy, at + 2, leaves.length - at - 1);
    return new EndIndex(copy);
  }

  private static Leaf inserted(Leaf leaf, long end, int ordinal) {
    int at = leaf.lowerBound(end, ordinal);
    long[] ends = new long[leaf.size() + 1];
    int[] ordinals = new int[leaf.size() + 1];
    System.arraycopy(leaf.ends, 0, ends, 0, at);
    System.arraycopy(leaf.ordinals, 0, ordinals, 0, at);
    ends[at] = end;
    ordinals[at] = ordinal;
    System.arraycopy(leaf.ends, at, ends, at + 1, leaf.size() - at);
    System.arraycopy(leaf.ordinals, at, ordinals, at + 1, leaf.size() - at);
    return new Leaf(ends, ordinals);
  }

  /** Without one of the pairs that are equal to the given one; there must be one. */
  EndIndex without(long end, int ordinal) {
    int at = leafFor(end, ordinal);
    Leaf leaf = leaves[at];
    int index = leaf.lowerBound(end, ordinal);
    if (leaf.ends[index] != end || leaf.ordinals[index] != ordinal) {
      throw new IllegalStateException("nothing of ordinal " + ordinal + " ends at " + end);
    }
    if (leaf.size() == 1) {
      Leaf[] copy = new Leaf[leaves.length - 1];
      System.arraycopy(leaves, 0, copy, 0, at);
      System.arraycopy(leaves, at + 1, copy, at, copy.length - at);
      return new EndIndex(copy);
    }
    Leaf[] copy = leaves.clone();
    copy[at] = removed(leaf, index);
    return new EndIndex(copy);
  }

  private static Leaf removed(Leaf leaf, int index) {
    Leaf shorter = leaf.part(0, leaf.size() - 1);
    System.arraycopy(leaf.ends, index + 1, shorter.ends, index, shorter.size() - index);
    System.arraycopy(leaf.ordinals, index + 1, shorter.ordinals, index, shorter.size() - index);
    return shorter;
  }

  /** The earliest end after {@code instant}, {@link Micros#NEVER} if there is none. */
  long nextAfter(long instant) {
    int at = leafFor(instant, Integer.MAX_VALUE);
    if (at == leaves.length) {
      return Micros.NEVER;
    }
    return leaves[at].ends[leaves[at].lowerBound(instant, Integer.MAX_VALUE)];
  }

  /** Passes on the ordinals of the ends after {@code from}, up to and including {@code to}. */
  void forEachWithin(long from, long to, IntConsumer action) {
    for (int at = leafFor(from, Integer.MAX_VALUE); at < leaves.length; at++) {
      Leaf leaf = leaves[at];
      for (int i = leaf.lowerBound(from, Integer.MAX_VALUE); i < leaf.size(); i++) {
        if (leaf.ends[i] > to) {
          return;
        }
        action.accept(leaf.ordinals[i]);
      }
    }
  }

  /** The first leaf whose last pair is not before the given one; their number if none is. */
  private int leafFor(long end, int ordinal) {
    int low = 0;
    int high = leaves.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      Leaf leaf = leaves[middle];
      int last = leaf.size() - 1;
      if (isBefore(leaf.ends[last], leaf.ordinals[last], end, ordinal)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean isBefore(long end, int ordinal, long otherEnd, int otherOrdinal) {
    return end < otherEnd || (end == otherEnd && ordinal < otherOrdinal);
  }

  long weightInBytes() {
    long weight = 16;
    for (Leaf leaf : leaves) {
      weight += 64 + 12L * leaf.size();
    }
    return weight;
  }
}
