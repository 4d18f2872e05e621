package dev.sightline.benchmarks.load;

import java.util.concurrent.TimeUnit;

/**
 * What one kind of call came to in one turn.
 *
 * @param cpuNanos what the server's process used
 */
record Turn(long calls, int checksPerCall, long nanos, long cpuNanos) {
  double callsPerSecond() {
    return calls * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
  }

  double cpuMicrosPerCall() {
    return cpuNanos / 1_000.0 / calls;
  }

  double checksPerCpuSecond() {
    return (double) calls * checksPerCall * TimeUnit.SECONDS.toNanos(1) / cpuNanos;
  }
}
