package dev.sightline.graph;

import java.util.function.IntFunction;

/**
 * Sorts ordinals by their ids, millions of them without an object for each. Eight characters at a
 * time are copied into a {@code long} beside the ordinal, and these are sorted: comparing ids where
 * they are would cost two reads of far memory each time. Whatever is the same in these characters
 * is sorted by the next eight. What is in order already, as ids often are that were made one after
 * the other, is only looked through.
 */
final class IdOrder {
  private final IntFunction<byte[]> text;
  private final int[] ordinals;
  private final long[] keys;
  private final int[] leftOrdinals;
  private final long[] leftKeys;

  private IdOrder(int[] ordinals, IntFunction<byte[]> text) {
    this.text = text;
    this.ordinals = ordinals;
    this.keys = new long[ordinals.length];
    this.leftOrdinals = new int[(ordinals.length + 1) / 2];
    this.leftKeys = new long[leftOrdinals.length];
  }

  /**
   * The ordinals in the order of their ids; those given stay as they are.
   *
   * @param text the text of the node with an ordinal
   */
  static int[] sorted(int[] ordinals, IntFunction<byte[]> text) {
    int[] result = ordinals.clone();
    if (result.length > 1) {
      new IdOrder(result, text).sort(0, result.length, 0);
    }
    return result;
  }

  /** Sorts a range of ordinals whose ids are the same up to {@code depth}. */
  private void sort(int from, int end, int depth) {
    for (int i = from; i < end; i++) {
      keys[i] = Node.idCharacters(text.apply(ordinals[i]), depth);
    }
    sortByKeys(from, end);
    for (int first = from, next; first < end; first = next) {
      next = first + 1;
      while (next < end && keys[next] == keys[first]) {
        next++;
      }
      boolean idsGoOn = keys[first] != 0;
      if (next - first > 1 && idsGoOn) {
        sort(first, next, depth + Long.BYTES);
      }
    }
  }

  private void sortByKeys(int from, int end) {
    if (end - from > 1) {
      int middle = (from + end) >>> 1;
      sortByKeys(from, middle);
      sortByKeys(middle, end);
      if (keys[middle - 1] > keys[middle]) {
        merge(from, middle, end);
      }
    }
  }

  private void merge(int from, int middle, int end) {
    int lefts = middle - from;
    System.arraycopy(keys, from, leftKeys, 0, lefts);
    System.arraycopy(ordinals, from, leftOrdinals, 0, lefts);
    int left = 0;
    int right = middle;
    for (int to = from; left < lefts; to++) {
      if (right < end && keys[right] < leftKeys[left]) {
        keys[to] = keys[right];
        ordinals[to] = ordinals[right++];
      } else {
        keys[to] = leftKeys[left];
        ordinals[to] = leftOrdinals[left++];
      }
    }
  }
}
