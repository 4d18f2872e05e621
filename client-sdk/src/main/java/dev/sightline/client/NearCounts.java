package dev.sightline.client;

import java.util.concurrent.atomic.LongAdder;

/** What a near-cache counts. */
final class NearCounts {
  final HitCount hits = new HitCount();
  final LongAdder misses = new LongAdder();
  final LongAdder fills = new LongAdder();
  final LongAdder fillsLost = new LongAdder();
  final LongAdder invalidations = new LongAdder();
  final LongAdder lapses = new LongAdder();
}
