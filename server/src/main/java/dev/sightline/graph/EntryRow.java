package dev.sightline.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one kind of subject on one dashboard: {@code ordinal << 2 | level} in slots, and
 * the ends beside them if any entry has one. Up to {@value #DENSE} entries stand next to each
 * other; more are an open-addressing table, at most four fifths full, so that finding one reads one
 * or two cache lines however many there are.
 *
 * <p>Nodes keep the two arrays rather than the row, which saves an object a dashboard and a step a
 * decision.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record EntryRow(int[] slots, long @Nullable [] ends) {
  static final int[] NO_SLOTS = {};
  static final int FREE = -1;

  /** So many entries are found by looking at them all. */
  static final int DENSE = 8;

  private static final int LEVEL_BITS = 2;
  private static final int LEVEL_MASK = 3;
  private static final int GOLDEN = 0x9E3779B9;

  static final EntryRow EMPTY = new EntryRow(NO_SLOTS, null);

  /** The index of a subject's slot, -1 if it has no entry. */
  static int indexOf(int[] slots, int ordinal) {
    return indexOf(slots, slots.length, ordinal);
  }

  /**
   * As {@link #indexOf(int[], int)}, for who knows the array's length from elsewhere: then the slot
   * is read without waiting for the array's header, which is another cache line.
   */
  static int indexOf(int[] slots, int length, int ordinal) {
    if (length <= DENSE) {
      for (int i = 0; i < length; i++) {
        if (slots[i] >>> LEVEL_BITS == ordinal) {
          return i;
        }
      }
      return -1;
    }
    int at = home(ordinal, length);
    for (int slot; (slot = slots[at]) != FREE; ) {
      if (slot >>> LEVEL_BITS == ordinal) {
        return at;
      }
      at = at + 1 == length ? 0 : at + 1;
    }
    return -1;
  }

  /** The ordinal of the level in a slot that is not free. */
  static int level(int slot) {
    return slot & LEVEL_MASK;
  }

  /** The ordinal of the subject in a slot that is not free. */
  static int subject(int slot) {
    return slot >>> LEVEL_BITS;
  }

  static int slot(int subject, int level) {
    return (subject << LEVEL_BITS) | level;
  }

  /** A row with the given entries, whose subjects are distinct; free slots are passed over. */
  static EntryRow of(int[] entries, long @Nullable [] ends) {
    int size = size(entries);
    int[] slots = freeSlots(size);
    long[] kept = hasAny(ends) ? never(slots.length) : null;
    for (int i = 0; i < entries.length; i++) {
      if (entries[i] != FREE) {
        int at = put(slots, entries[i]);
        if (kept != null && ends != null) {
          kept[at] = ends[i];
        }
      }
    }
    return size == 0 ? EMPTY : new EntryRow(slots, kept);
  }

  int size() {
    return size(slots);
  }

  /** The end of the entry in a slot, {@link Micros#NEVER} if it has none. */
  long end(int index) {
    return ends == null ? Micros.NEVER : ends[index];
  }

  EntryRow with(int ordinal, int level, long end) {
    int slot = slot(ordinal, level);
    int index = indexOf(slots, ordinal);
    if (index >= 0) {
      int[] copy = slots.clone();
      copy[index] = slot;
      return new EntryRow(copy, endsWith(index, end));
    }
    if (hasRoom()) {
      int[] copy = slots.clone();
      int at = put(copy, slot);
      return new EntryRow(copy, endsWith(at, end));
    }
    int[] entries = Arrays.copyOf(slots, slots.length + 1);
    entries[slots.length] = slot;
    long[] longer = ends == null ? never(entries.length) : Arrays.copyOf(ends, entries.length);
    longer[slots.length] = end;
    return of(entries, longer);
  }

  EntryRow without(int ordinal) {
    int index = indexOf(slots, ordinal);
    if (index < 0) {
      return this;
    }
    int[] entries = slots.clone();
    entries[index] = FREE;
    return of(entries, endsWith(index, Micros.NEVER));
  }

  private long @Nullable [] endsWith(int index, long end) {
    if (ends == null && end == Micros.NEVER) {
      return null;
    }
    long[] copy = ends == null ? never(slots.length) : ends.clone();
    copy[index] = end;
    return hasAny(copy) ? copy : null;
  }

  private boolean hasRoom() {
    return 5L * (size() + 1) <= 4L * slots.length;
  }

  private static int size(int[] slots) {
    int size = 0;
    for (int slot : slots) {
      size += slot == FREE ? 0 : 1;
    }
    return size;
  }

  private static int[] freeSlots(int size) {
    int[] slots = new int[size <= DENSE ? size : size + (size >> 1)];
    Arrays.fill(slots, FREE);
    return slots;
  }

  private static int put(int[] slots, int slot) {
    int at = slots.length <= DENSE ? 0 : home(slot >>> LEVEL_BITS, slots.length);
    while (slots[at] != FREE) {
      at = at + 1 == slots.length ? 0 : at + 1;
    }
    slots[at] = slot;
    return at;
  }

  private static int home(int ordinal, int length) {
    int spread = ordinal * GOLDEN;
    return (int) ((Integer.toUnsignedLong(spread) * length) >>> 32);
  }

  private static boolean hasAny(long @Nullable [] ends) {
    if (ends == null) {
      return false;
    }
    for (long end : ends) {
      if (end != Micros.NEVER) {
        return true;
      }
    }
    return false;
  }

  private static long[] never(int length) {
    long[] ends = new long[length];
    Arrays.fill(ends, Micros.NEVER);
    return ends;
  }
}
