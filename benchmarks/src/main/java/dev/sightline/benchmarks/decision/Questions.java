package dev.sightline.benchmarks.decision;

import dev.sightline.graph.OrgGraph;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Who is asked about what: random pairs, four million of them, so that neither caches nor branch
 * predictors learn them. Each invocation takes the next {@value #AT_ONCE}.
 */
@State(Scope.Thread)
public class Questions {
  /** How many questions one invocation asks. */
  static final int AT_ONCE = 1 << 16;

  private static final int ALL = 1 << 22;

  /** User number and dashboard number, which are their ordinals, too. */
  private final long[] pairs = new long[ALL];

  private final OrgGraph graph = LargeOrganization.graph();
  private int from;

  public Questions() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < ALL; i++) {
      pairs[i] =
          (long) random.nextInt(LargeOrganization.USERS) << 32
              | random.nextInt(LargeOrganization.DASHBOARDS);
    }
  }

  /** Goes on to the next questions. */
  @Setup(Level.Invocation)
  public void next() {
    from = (from + AT_ONCE) & (ALL - 1);
  }

  OrgGraph graph() {
    return graph;
  }

  int user(int question) {
    return (int) (pairs[from + question] >>> 32);
  }

  int dashboard(int question) {
    return (int) pairs[from + question];
  }
}
