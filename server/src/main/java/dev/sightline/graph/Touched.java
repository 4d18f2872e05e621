package dev.sightline.graph;

import org.jspecify.annotations.Nullable;

/**
 * People and dashboards, each of whom may have another level on each of which. Ordinals are sorted;
 * {@code null} is all there are.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Touched(int @Nullable [] people, int @Nullable [] dashboards) {
  boolean isNothing() {
    return (people != null && people.length == 0) || (dashboards != null && dashboards.length == 0);
  }

  /** How many pairs these are at the most, given how many ordinals there are. */
  long pairs(int personOrdinals, int dashboardOrdinals) {
    long who = people == null ? personOrdinals : people.length;
    long what = dashboards == null ? dashboardOrdinals : dashboards.length;
    return who * what;
  }

  boolean includesPerson(int ordinal) {
    return people == null || SortedInts.contains(people, ordinal);
  }

  boolean includesDashboard(int ordinal) {
    return dashboards == null || SortedInts.contains(dashboards, ordinal);
  }

  Touched narrowedToPeople(int[] named) {
    return new Touched(narrowed(people, named), dashboards);
  }

  Touched narrowedToDashboards(int[] named) {
    return new Touched(people, narrowed(dashboards, named));
  }

  private static int[] narrowed(int @Nullable [] all, int[] named) {
    return all == null ? named : SortedInts.intersection(all, named);
  }
}
