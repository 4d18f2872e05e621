package dev.sightline.graph;

import java.util.Arrays;

/**
 * From an id to its ordinal: an immutable table with open addressing, in chunks. A slot holds the
 * ordinal and six bits of the id's hash, so that nearly every look-up compares one id. Nothing is
 * ever taken out: an id that is gone keeps its ordinal.
 */
final class IdTable {
  /** No id has this ordinal, nor any above it. */
  static final int MAX_IDS = (1 << 26) - 1;

  static final IdTable EMPTY = new IdTable(new int[][] {{-1}}, 1, 0);

  private static final int FREE = -1;
  private static final int ORDINAL_MASK = MAX_IDS;
  private static final int TAG_MASK = ~ORDINAL_MASK;
  private static final int BITS = 10;
  private static final int CHUNK = 1 << BITS;
  private static final int MASK = CHUNK - 1;

  private final int[][] chunks;
  private final int capacity;
  private final int used;

  private IdTable(int[][] chunks, int capacity, int used) {
    this.chunks = chunks;
    this.capacity = capacity;
    this.used = used;
  }

  /** The ordinal of an id among {@code nodes}, -1 if it has none. */
  int find(String id, Chunked<? extends Node> nodes) {
    long hash = IdHash.of(id);
    int tag = tag(hash);
    int at = home(hash, capacity);
    for (int slot; (slot = chunks[at >>> BITS][at & MASK]) != FREE; ) {
      if ((slot & TAG_MASK) == tag && nodes.get(slot & ORDINAL_MASK).hasId(id)) {
        return slot & ORDINAL_MASK;
      }
      at = at + 1 == capacity ? 0 : at + 1;
    }
    return -1;
  }

  /** The ordinal of the id whose ASCII characters are {@code bytes[from, to)}, -1 if none. */
  int find(byte[] bytes, int from, int to, Chunked<? extends Node> nodes) {
    long hash = IdHash.of(bytes, from, to);
    int tag = tag(hash);
    int at = home(hash, capacity);
    for (int slot; (slot = chunks[at >>> BITS][at & MASK]) != FREE; ) {
      if ((slot & TAG_MASK) == tag && nodes.get(slot & ORDINAL_MASK).hasId(bytes, from, to)) {
        return slot & ORDINAL_MASK;
      }
      at = at + 1 == capacity ? 0 : at + 1;
    }
    return -1;
  }

  Draft draft() {
    return new Draft(this);
  }

  long weightInBytes() {
    return 4L * capacity + 24L * chunks.length;
  }

  private static int tag(long hash) {
    return (int) hash & TAG_MASK;
  }

  private static int home(long hash, int capacity) {
    return (int) (((hash >>> 32) * capacity) >>> 32);
  }

  /** A private copy to put ids into. */
  static final class Draft {
    private int[][] chunks;
    private boolean[] owned = new boolean[0];
    private int capacity;
    private int used;

    private Draft(IdTable base) {
      chunks = base.chunks;
      capacity = base.capacity;
      used = base.used;
    }

    int find(String id, Chunked.Draft<? extends Node> nodes) {
      long hash = IdHash.of(id);
      int tag = tag(hash);
      int at = home(hash, capacity);
      for (int slot; (slot = chunks[at >>> BITS][at & MASK]) != FREE; ) {
        if ((slot & TAG_MASK) == tag && nodes.get(slot & ORDINAL_MASK).hasId(id)) {
          return slot & ORDINAL_MASK;
        }
        at = at + 1 == capacity ? 0 : at + 1;
      }
      return -1;
    }

    /** Puts in the last of {@code nodes}, whose id is not in the table yet. */
    void addLast(Chunked.Draft<? extends Node> nodes) {
      int ordinal = nodes.size() - 1;
      if (ordinal >= MAX_IDS) {
        throw new IllegalStateException("an organization has at most " + MAX_IDS + " ids a kind");
      }
      used++;
      if (4L * used > 3L * capacity) {
        grow(nodes);
      } else {
        own();
        put(nodes.get(ordinal).idHash(), ordinal);
      }
    }

    private void own() {
      if (owned.length == 0) {
        chunks = chunks.clone();
        owned = new boolean[chunks.length];
      }
    }

    private void grow(Chunked.Draft<? extends Node> nodes) {
      capacity = Math.max(8, Math.multiplyExact(used, 2));
      if (capacity > CHUNK) {
        capacity = (capacity + MASK) & ~MASK;
      }
      chunks = new int[(capacity + MASK) >>> BITS][];
      for (int i = 0; i < chunks.length; i++) {
        chunks[i] = new int[Math.min(capacity, CHUNK)];
        Arrays.fill(chunks[i], FREE);
      }
      owned = new boolean[chunks.length];
      Arrays.fill(owned, true);
      for (int i = 0; i < used; i++) {
        put(nodes.get(i).idHash(), i);
      }
    }

    private void put(long hash, int ordinal) {
      int at = home(hash, capacity);
      while (chunks[at >>> BITS][at & MASK] != FREE) {
        at = at + 1 == capacity ? 0 : at + 1;
      }
      int chunk = at >>> BITS;
      if (!owned[chunk]) {
        chunks[chunk] = chunks[chunk].clone();
        owned[chunk] = true;
      }
      chunks[chunk][at & MASK] = tag(hash) | ordinal;
    }

    /** What was drafted, for good. The draft is not used afterwards. */
    IdTable finished() {
      return new IdTable(chunks, capacity, used);
    }
  }
}
