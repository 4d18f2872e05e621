package dev.sightline.graph;

import java.util.Arrays;

/** Pairs of ordinals while they are being loaded, by column. */
final class PairColumns {
  private int[] lefts = new int[64];
  private int[] rights = new int[64];
  private int size;

  void add(int left, int right) {
    if (size == lefts.length) {
      int capacity = Math.multiplyExact(size, 2);
      lefts = Arrays.copyOf(lefts, capacity);
      rights = Arrays.copyOf(rights, capacity);
    }
    lefts[size] = left;
    rights[size] = right;
    size++;
  }

  int size() {
    return size;
  }

  int left(int row) {
    return lefts[row];
  }

  int right(int row) {
    return rights[row];
  }

  Grouping byLeft(int groups) {
    return new Grouping(lefts, size, groups);
  }

  Grouping byRight(int groups) {
    return new Grouping(rights, size, groups);
  }

  /** What stands left of a right one. */
  int[] lefts(Grouping byRight, int right) {
    return byRight.set(right, lefts);
  }

  /** What stands right of a left one. */
  int[] rights(Grouping byLeft, int left) {
    return byLeft.set(left, rights);
  }
}
