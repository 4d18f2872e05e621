package dev.sightline.benchmarks.decision;

/** What one round found about changes. */
record ChangeRound(Cost entry, Cost companyDefault, Cost copy) {
  /** Nanoseconds and allocated bytes of one. */
  record Cost(double nanos, double bytes) {
    double micros() {
      return nanos / 1_000;
    }
  }

  static ChangeRound of(Results results) {
    return new ChangeRound(
        cost(results, "entry"), cost(results, "companyDefault"), cost(results, "copy"));
  }

  private static Cost cost(Results results, String method) {
    return new Cost(results.time(method), results.allocated(method));
  }
}
