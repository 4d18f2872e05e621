package dev.sightline.store;

import dev.sightline.change.Entry;
import dev.sightline.model.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one kind of subject on one dashboard, by subject. One object serves a whole load,
 * so that a million entries make no million objects: it must not be kept after the call that gave
 * it.
 */
public final class EntryRun {
  /** The end of an entry that has none, in microseconds. */
  public static final long NO_END = Long.MAX_VALUE;

  private String[] subjects = new String[16];
  private byte[] levels = new byte[16];
  private long[] ends = new long[16];
  private int size;

  EntryRun() {}

  void clear() {
    size = 0;
  }

  void add(String subject, int level, long endMicros) {
    if (size == subjects.length) {
      subjects = Arrays.copyOf(subjects, 2 * size);
      levels = Arrays.copyOf(levels, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    subjects[size] = subject;
    levels[size] = (byte) level;
    ends[size] = endMicros;
    size++;
  }

  public int size() {
    return size;
  }

  /** The id of the user or team. */
  public String subject(int index) {
    return subjects[index];
  }

  public Level level(int index) {
    return Level.ofOrdinal(levels[index]);
  }

  /** The end in microseconds since 1970, or {@link #NO_END}. */
  public long endMicros(int index) {
    return ends[index];
  }

  /** The entry as a value of its own. */
  public Entry entry(int index) {
    return new Entry(level(index), end(index));
  }

  private @Nullable Instant end(int index) {
    return ends[index] == NO_END ? null : Instant.EPOCH.plus(ends[index], ChronoUnit.MICROS);
  }
}
