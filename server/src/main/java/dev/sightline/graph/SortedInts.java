package dev.sightline.graph;

import java.util.Arrays;

/** Sets of ordinals as sorted arrays without duplicates, never changed in place. */
final class SortedInts {
  static final int[] NONE = {};

  private SortedInts() {}

  static boolean contains(int[] set, int value) {
    return Arrays.binarySearch(set, value) >= 0;
  }

  /** As {@link #contains}, faster for a set of a dozen or less. */
  static boolean containsAmongFew(int[] set, int value) {
    for (int member : set) {
      if (member == value) {
        return true;
      }
    }
    return false;
  }

  /** The set and {@code value}; the same array if it was there. */
  static int[] with(int[] set, int value) {
    int at = Arrays.binarySearch(set, value);
    if (at >= 0) {
      return set;
    }
    int[] result = new int[set.length + 1];
    int insertion = -at - 1;
    System.arraycopy(set, 0, result, 0, insertion);
    result[insertion] = value;
    System.arraycopy(set, insertion, result, insertion + 1, set.length - insertion);
    return result;
  }

  /** The set without {@code value}; the same array if it was not there. */
  static int[] without(int[] set, int value) {
    int at = Arrays.binarySearch(set, value);
    if (at < 0) {
      return set;
    }
    if (set.length == 1) {
      return NONE;
    }
    int[] result = new int[set.length - 1];
    System.arraycopy(set, 0, result, 0, at);
    System.arraycopy(set, at + 1, result, at, result.length - at);
    return result;
  }

  static int[] union(int[] left, int[] right) {
    if (left.length == 0) {
      return right;
    }
    if (right.length == 0) {
      return left;
    }
    int[] result = new int[left.length + right.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < left.length && j < right.length) {
      int a = left[i];
      int b = right[j];
      result[size++] = Math.min(a, b);
      i += a <= b ? 1 : 0;
      j += b <= a ? 1 : 0;
    }
    System.arraycopy(left, i, result, size, left.length - i);
    size += left.length - i;
    System.arraycopy(right, j, result, size, right.length - j);
    size += right.length - j;
    return size == result.length ? result : Arrays.copyOf(result, size);
  }

  /** What is in {@code left} and not in {@code right}. */
  static int[] minus(int[] left, int[] right) {
    int[] result = new int[left.length];
    int size = 0;
    int j = 0;
    for (int value : left) {
      while (j < right.length && right[j] < value) {
        j++;
      }
      if (j == right.length || right[j] != value) {
        result[size++] = value;
      }
    }
    return size == 0 ? NONE : size == left.length ? left : Arrays.copyOf(result, size);
  }

  static int[] intersection(int[] left, int[] right) {
    return minus(left, minus(left, right));
  }

  /** The distinct values of an array in any order, which is sorted in place. */
  static int[] of(int[] values) {
    Arrays.sort(values);
    int size = 0;
    for (int i = 0; i < values.length; i++) {
      if (i == 0 || values[i] != values[i - 1]) {
        values[size++] = values[i];
      }
    }
    return size == 0 ? NONE : Arrays.copyOf(values, size);
  }
}
