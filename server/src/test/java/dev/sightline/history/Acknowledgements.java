package dev.sightline.history;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * By when each revision was known to be committed: some writer had been told of it or of a later,
 * or the judge had read it.
 */
final class Acknowledgements {
  /** Higher revisions at later instants only. */
  private final NavigableMap<Long, Long> newest = new TreeMap<>();

  private final NavigableMap<Long, Long> earliest = new TreeMap<>();

  void add(long revision, long instant) {
    improve(newest, instant, revision);
    Map.Entry<Long, Long> later = earliest.ceilingEntry(revision);
    if (later == null || later.getValue() > instant) {
      earliest.put(revision, instant);
      Map.Entry<Long, Long> before = earliest.lowerEntry(revision);
      while (before != null && before.getValue() >= instant) {
        earliest.remove(before.getKey());
        before = earliest.lowerEntry(revision);
      }
    }
  }

  private static void improve(NavigableMap<Long, Long> newest, long instant, long revision) {
    Map.Entry<Long, Long> before = newest.floorEntry(instant);
    if (before != null && before.getValue() >= revision) {
      return;
    }
    newest.put(instant, revision);
    Map.Entry<Long, Long> after = newest.higherEntry(instant);
    while (after != null && after.getValue() <= revision) {
      newest.remove(after.getKey());
      after = newest.higherEntry(instant);
    }
  }

  /** The newest revision that was known by this instant; 0 if none was. */
  long newestBy(long instant) {
    Map.Entry<Long, Long> found = newest.floorEntry(instant);
    return found == null ? 0 : found.getValue();
  }

  /** When this revision, or a later one, was known first; the end of time if never. */
  long of(long revision) {
    Map.Entry<Long, Long> found = earliest.ceilingEntry(revision);
    return found == null ? Long.MAX_VALUE : found.getValue();
  }

  Acknowledgements until(long revision) {
    Acknowledgements copy = new Acknowledgements();
    earliest.headMap(revision, true).forEach(copy::add);
    Map.Entry<Long, Long> later = earliest.ceilingEntry(revision);
    if (later != null) {
      copy.add(revision, later.getValue());
    }
    return copy;
  }
}
