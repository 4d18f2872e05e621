package dev.sightline.benchmarks.decision;

/** What one round found: nanoseconds an operation, and the bytes that a decision allocates. */
record DecisionRound(
    double fromOrdinals,
    double fromBytes,
    double fromStrings,
    double primitiveMap,
    double stringMaps,
    double allocated) {
  /** A look-up allocates 16 bytes or nothing; what is less is the harness's, spread over many. */
  private static final double LEAST_BYTES = 1;

  static DecisionRound of(Results results) {
    return new DecisionRound(
        results.time("fromOrdinals"),
        results.time("fromBytes"),
        results.time("fromStrings"),
        results.time("primitiveMap"),
        results.time("stringMaps"),
        Math.max(allocated(results, "fromOrdinals"), allocated(results, "fromBytes")));
  }

  /** What a decision from ids is allowed to take. */
  double readsAndLookUps() {
    return 2 * primitiveMap + stringMaps;
  }

  private static double allocated(Results results, String method) {
    double bytes = results.allocated(method);
    return bytes < LEAST_BYTES ? 0 : bytes;
  }
}
