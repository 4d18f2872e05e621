package dev.sightline.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The entries of one kind of subject while they are being loaded, by column. */
final class EntryColumns {
  private int[] dashboards = new int[64];
  private int[] subjects = new int[64];
  private byte[] levels = new byte[64];
  private long @Nullable [] ends;
  private int size;

  void add(int dashboard, int subject, int level, long end) {
    if (size == dashboards.length) {
      grow();
    }
    dashboards[size] = dashboard;
    subjects[size] = subject;
    levels[size] = (byte) level;
    if (ends == null && end != Micros.NEVER) {
      ends = new long[dashboards.length];
      Arrays.fill(ends, 0, size, Micros.NEVER);
    }
    if (ends != null) {
      ends[size] = end;
    }
    size++;
  }

  private void grow() {
    int capacity = Math.multiplyExact(size, 2);
    dashboards = Arrays.copyOf(dashboards, capacity);
    subjects = Arrays.copyOf(subjects, capacity);
    levels = Arrays.copyOf(levels, capacity);
    ends = ends == null ? null : Arrays.copyOf(ends, capacity);
  }

  int size() {
    return size;
  }

  int dashboard(int row) {
    return dashboards[row];
  }

  int subject(int row) {
    return subjects[row];
  }

  int level(int row) {
    return levels[row];
  }

  long end(int row) {
    return ends == null ? Micros.NEVER : ends[row];
  }

  boolean hasEnds() {
    return ends != null;
  }

  Grouping byDashboard(int dashboardOrdinals) {
    return new Grouping(dashboards, size, dashboardOrdinals);
  }

  Grouping bySubject(int subjectOrdinals) {
    return new Grouping(subjects, size, subjectOrdinals);
  }

  /** A subject's entries by dashboard, see {@link EntryLink}. */
  int[] linksOf(Grouping bySubject, int subject) {
    int count = bySubject.size(subject);
    if (count == 0) {
      return SortedInts.NONE;
    }
    int[] links = new int[count];
    for (int i = 0; i < count; i++) {
      int row = bySubject.row(subject, i);
      links[i] = EntryLink.of(dashboards[row], levels[row], end(row));
    }
    Arrays.sort(links);
    requireDistinct(links);
    return links;
  }

  private static void requireDistinct(int[] links) {
    for (int i = 1; i < links.length; i++) {
      if (EntryLink.dashboard(links[i - 1]) == EntryLink.dashboard(links[i])) {
        throw new IllegalStateException("an entry is there twice, on dashboard " + links[i]);
      }
    }
  }

  /** The row of a dashboard's entries. */
  EntryRow row(Grouping byDashboard, int dashboard) {
    int count = byDashboard.size(dashboard);
    int[] slots = new int[count];
    long[] rowEnds = ends == null ? null : new long[count];
    for (int i = 0; i < count; i++) {
      int row = byDashboard.row(dashboard, i);
      slots[i] = EntryRow.slot(subjects[row], levels[row]);
      if (rowEnds != null) {
        rowEnds[i] = end(row);
      }
    }
    return EntryRow.of(slots, rowEnds);
  }
}
