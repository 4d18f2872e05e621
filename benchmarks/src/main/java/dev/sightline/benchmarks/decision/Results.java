package dev.sightline.benchmarks.decision;

import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.results.RunResult;

/** What JMH found in one round, by the benchmarks' names. */
record Results(Collection<RunResult> all) {
  /** Nanoseconds an operation. */
  double time(String method) {
    return result(method).getPrimaryResult().getScore();
  }

  /** Bytes that an operation allocates. */
  double allocated(String method) {
    return Objects.requireNonNull(result(method).getSecondaryResults().get("gc.alloc.rate.norm"))
        .getScore();
  }

  private RunResult result(String method) {
    return all.stream()
        .filter(result -> result.getPrimaryResult().getLabel().equals(method))
        .findAny()
        .orElseThrow(() -> new IllegalStateException("JMH has no result of " + method));
  }
}
