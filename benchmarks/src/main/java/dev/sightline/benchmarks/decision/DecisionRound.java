package dev.sightline.benchmarks.decision;

import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.results.RunResult;

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

  static DecisionRound of(Collection<RunResult> results) {
    return new DecisionRound(
        time(results, "fromOrdinals"),
        time(results, "fromBytes"),
        time(results, "fromStrings"),
        time(results, "primitiveMap"),
        time(results, "stringMaps"),
        Math.max(allocated(results, "fromOrdinals"), allocated(results, "fromBytes")));
  }

  /** What a decision from ids is allowed to take. */
  double readsAndLookUps() {
    return 2 * primitiveMap + stringMaps;
  }

  private static double time(Collection<RunResult> results, String method) {
    return result(results, method).getPrimaryResult().getScore();
  }

  private static double allocated(Collection<RunResult> results, String method) {
    double bytes =
        Objects.requireNonNull(
                result(results, method).getSecondaryResults().get("gc.alloc.rate.norm"))
            .getScore();
    return bytes < LEAST_BYTES ? 0 : bytes;
  }

  private static RunResult result(Collection<RunResult> results, String method) {
    return results.stream()
        .filter(result -> result.getPrimaryResult().getLabel().equals(method))
        .findAny()
        .orElseThrow(() -> new IllegalStateException("JMH has no result of " + method));
  }
}
