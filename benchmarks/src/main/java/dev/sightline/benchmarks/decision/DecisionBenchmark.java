package dev.sightline.benchmarks.decision;

import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * One decision, and what it is compared with. All have the same form: a loop over questions that
 * were laid out beforehand, so that what differs is what is looked up.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Questions.AT_ONCE)
public class DecisionBenchmark {
  @Benchmark
  public int fromOrdinals(Questions questions) {
    OrgGraph graph = questions.graph();
    int sum = 0;
    for (int i = 0; i < Questions.AT_ONCE; i++) {
      sum += AccessRules.decide(graph, questions.user(i), questions.dashboard(i));
    }
    return sum;
  }

  @Benchmark
  public int fromBytes(Questions questions, RequestBytes request) {
    OrgGraph graph = questions.graph();
    byte[] bytes = request.bytes;
    int sum = 0;
    for (int i = 0; i < Questions.AT_ONCE; i++) {
      int at = i * RequestBytes.LENGTH;
      int end = at + RequestBytes.USER_LENGTH;
      sum +=
          AccessRules.decide(
              graph,
              graph.personOrdinal(bytes, at, end),
              graph.dashboardOrdinal(bytes, end, at + RequestBytes.LENGTH));
    }
    return sum;
  }

  @Benchmark
  public int fromStrings(Questions questions, FreshStrings request) {
    OrgGraph graph = questions.graph();
    int sum = 0;
    for (int i = 0; i < Questions.AT_ONCE; i++) {
      sum +=
          AccessRules.decide(
              graph,
              graph.personOrdinal(request.users[i]),
              graph.dashboardOrdinal(request.dashboards[i]));
    }
    return sum;
  }

  @Benchmark
  public int primitiveMap(PrimitiveMap primitives) {
    int sum = 0;
    for (long key : primitives.keys) {
      sum += primitives.map.get(key);
    }
    return sum;
  }

  @Benchmark
  public int stringMaps(StringMaps maps, FreshStrings request) {
    int sum = 0;
    for (int i = 0; i < Questions.AT_ONCE; i++) {
      sum += maps.user(request.users[i]) + maps.dashboard(request.dashboards[i]);
    }
    return sum;
  }
}
