package dev.sightline.graph;

/**
 * Rows brought together by one of their columns: a counting sort that keeps the order within a
 * group, so rows that come in ascending order of another column stay in it.
 */
final class Grouping {
  private final int[] starts;
  private final int[] rows;

  /** Groups the rows [0, size) by {@code keys[row]}, each within [0, groups). */
  Grouping(int[] keys, int size, int groups) {
    starts = new int[groups + 1];
    for (int row = 0; row < size; row++) {
      starts[keys[row] + 1]++;
    }
    for (int group = 0; group < groups; group++) {
      starts[group + 1] += starts[group];
    }
    rows = new int[starts[groups]];
    int[] next = starts.clone();
    for (int row = 0; row < size; row++) {
      rows[next[keys[row]]++] = row;
    }
  }

  int size(int group) {
    return starts[group + 1] - starts[group];
  }

  /** The {@code index}-th row of a group. */
  int row(int group, int index) {
    return rows[starts[group] + index];
  }

  /** The values of a column for the rows of a group, as a set. */
  int[] set(int group, int[] column) {
    int size = size(group);
    if (size == 0) {
      return SortedInts.NONE;
    }
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = column[row(group, i)];
    }
    int[] set = SortedInts.of(values);
    if (set.length != size) {
      throw new IllegalStateException("a row is there twice, in group " + group);
    }
    return set;
  }
}
