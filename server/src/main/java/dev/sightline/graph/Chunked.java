package dev.sightline.graph;

import java.util.Arrays;

/**
 * An immutable array in chunks, so that a change copies one chunk and the small array of chunks.
 * The last chunk is as long as it needs to be.
 */
final class Chunked<T> {
  private static final int BITS = 9;
  private static final int CHUNK = 1 << BITS;
  private static final int MASK = CHUNK - 1;
  private static final Chunked<?> EMPTY = new Chunked<>(new Object[0][], 0);

  private final Object[][] chunks;
  private final int size;

  private Chunked(Object[][] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // holds nothing
  static <T> Chunked<T> empty() {
    return (Chunked<T>) EMPTY;
  }

  int size() {
    return size;
  }

  /** The element at an index within [0, size). */
  @SuppressWarnings("unchecked") // only a draft of the same type puts elements in
  T get(int index) {
    return (T) chunks[index >>> BITS][index & MASK];
  }

  Draft<T> draft() {
    return new Draft<>(this);
  }

  /** A private copy to change; what it was made from stays as it is. */
  static final class Draft<T> {
    private Object[][] chunks;
    private boolean[] owned;
    private int size;

    private Draft(Chunked<T> base) {
      chunks = base.chunks;
      owned = new boolean[0];
      size = base.size;
    }

    int size() {
      return size;
    }

    @SuppressWarnings("unchecked") // only elements of the type come in
    T get(int index) {
      return (T) chunks[index >>> BITS][index & MASK];
    }

    void set(int index, T element) {
      own(index >>> BITS, 0);
      chunks[index >>> BITS][index & MASK] = element;
    }

    void add(T element) {
      own(size >>> BITS, (size & MASK) + 1);
      chunks[size >>> BITS][size & MASK] = element;
      size++;
    }

    /** Makes a chunk private, with room for {@code room} elements at least. */
    private void own(int chunk, int room) {
      if (owned.length == 0) {
        chunks = chunks.clone();
        owned = new boolean[Math.max(chunks.length, 1)];
      }
      if (chunk == chunks.length) {
        appendChunk();
      }
      if (!owned[chunk] || chunks[chunk].length < room) {
        int length = chunks[chunk].length;
        int wanted = length >= room ? length : Math.min(CHUNK, Math.max(room, length * 2));
        chunks[chunk] = Arrays.copyOf(chunks[chunk], wanted);
        owned[chunk] = true;
      }
    }

    private void appendChunk() {
      int count = chunks.length;
      chunks = Arrays.copyOf(chunks, count + 1);
      chunks[count] = new Object[0];
      owned = Arrays.copyOf(owned, Math.max(owned.length, count + 1));
      owned[count] = true;
    }

    /** What was drafted, for good. The draft is not used afterwards. */
    Chunked<T> finished() {
      int last = chunks.length - 1;
      int inLast = size - (last << BITS);
      if (last >= 0 && chunks[last].length > inLast) {
        chunks[last] = Arrays.copyOf(chunks[last], inLast);
      }
      return new Chunked<>(chunks, size);
    }
  }
}
