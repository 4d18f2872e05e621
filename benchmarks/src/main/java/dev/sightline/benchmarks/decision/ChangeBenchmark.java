package dev.sightline.benchmarks.decision;

import dev.sightline.change.Revision;
import dev.sightline.graph.LevelChanges;
import dev.sightline.graph.OrgGraph;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One change to the graph and the finding out of whose levels it changes, as a feed does for all
 * who watch; and what that is compared with.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Revisions.COUNT)
public class ChangeBenchmark {
  /** A step that may change more than that is told wide, as the watch does. */
  private static final int DECIDED = 4_096;

  @Benchmark
  public void entry(Revisions revisions, Blackhole events) {
    tell(revisions.graph, revisions.entries, events);
  }

  @Benchmark
  public void companyDefault(Revisions revisions, Blackhole events) {
    tell(revisions.graph, revisions.defaults, events);
  }

  @Benchmark
  public void copy(Memory memory, Blackhole copies) {
    for (int i = 0; i < Revisions.COUNT; i++) {
      copies.consume(Arrays.copyOf(memory.bytes, Memory.LENGTH));
    }
  }

  private static void tell(OrgGraph before, List<Revision> revisions, Blackhole events) {
    for (int i = 0; i < Revisions.COUNT; i++) {
      Revision revision = revisions.get(i);
      OrgGraph after = before.applied(revision);
      LevelChanges changes = LevelChanges.byRevision(before, after, revision.changes());
      events.consume(after);
      if (changes.atMost() <= DECIDED) {
        events.consume(changes.stream().toList());
      } else {
        events.consume(changes.onlyPerson());
        events.consume(changes.onlyDashboard());
        events.consume(changes.atMost());
      }
    }
  }
}
