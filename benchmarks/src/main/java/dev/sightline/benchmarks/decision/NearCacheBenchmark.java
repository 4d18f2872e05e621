package dev.sightline.benchmarks.decision;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** An answer that the SDK holds, through its public API, and what that is compared with. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Questions.AT_ONCE)
public class NearCacheBenchmark {
  @Benchmark
  public int hit(HeldAnswers held) {
    int sum = 0;
    for (int i = 0; i < Questions.AT_ONCE; i++) {
      sum += held.organization.canView(held.users[i], held.dashboards[i]).allowed() ? 1 : 0;
    }
    return sum;
  }

  @Benchmark
  public long lookUpsAndClock(HeldAnswers held) {
    long sum = 0;
    for (int i = 0; i < Questions.AT_ONCE; i++) {
      sum += held.user(held.users[i]) + held.dashboard(held.dashboards[i]) + System.nanoTime();
    }
    return sum;
  }
}
