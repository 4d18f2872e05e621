package dev.sightline.graph;

/**
 * The way back from a subject to its entry on a dashboard, in an {@code int}: the dashboard's
 * ordinal, whether the entry has an end, and its level. With the level in it, a list need not visit
 * the dashboards.
 */
final class EntryLink {
  private static final int SHIFT = 3;
  private static final int HAS_END = 1 << 2;
  private static final int LEVEL_MASK = 3;

  private EntryLink() {}

  static int of(int dashboard, int level, long end) {
    return (dashboard << SHIFT) | (end == Micros.NEVER ? 0 : HAS_END) | level;
  }

  static int dashboard(int link) {
    return link >>> SHIFT;
  }

  static boolean hasEnd(int link) {
    return (link & HAS_END) != 0;
  }

  static boolean allowsView(int link) {
    return (link & LEVEL_MASK) != 0;
  }

  /** The dashboards of links, as a set. */
  static int[] dashboards(int[] links) {
    int[] dashboards = new int[links.length];
    for (int i = 0; i < links.length; i++) {
      dashboards[i] = dashboard(links[i]);
    }
    return dashboards;
  }
}
