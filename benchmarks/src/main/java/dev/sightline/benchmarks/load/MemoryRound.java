package dev.sightline.benchmarks.load;

/** Heap in use for each open watch, in bytes, and for each stream of the bare server. */
record MemoryRound(double sightline, double bare) {
  static double kibibytes(double bytes) {
    return bytes / 1_024;
  }
}
