package dev.sightline.client;

import static dev.sightline.client.NearWorld.at;

import dev.sightline.v1.LevelsChanged;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Answers come in while events make them untrue and others ask: whoever asks is given what would be
 * right one after the other, and nothing from before an event once it has been told.
 */
@Tag("lincheck")
class NearFillRaceTest {
  /** What races. The clock stands still, and the lease has not run out. */
  @Param(name = "revision", gen = IntGen.class, conf = "5:8")
  public static class Racing {
    private static final LevelsChanged[] CHANGED = new LevelsChanged[9];
    private static final LevelsChanged[] WIDE = new LevelsChanged[9];

    static {
      for (int revision = 5; revision < CHANGED.length; revision++) {
        CHANGED[revision] = TestLine.pair(revision, "ann", "revenue");
        WIDE[revision] = TestLine.wideDashboard(revision, "revenue");
      }
    }

    private final NearWorld world = NearWorld.leased(NearCacheOptions.standard().withEntries(2), 5);
    private final NearOrganization acme = world.cache.organization("acme");

    @Operation
    public void fillAnn(@Param(name = "revision") int revision) {
      fill("ann", revision);
    }

    @Operation
    public void fillBob(@Param(name = "revision") int revision) {
      fill("bob", revision);
    }

    private void fill(String user, int revision) {
      var proved = new Proved(at(revision), world.timing.now(), 0, 0, null);
      acme.fill(user, Action.VIEW, "revenue", true, proved);
    }

    @Operation(nonParallelGroup = "events")
    public void changed(@Param(name = "revision") int revision) {
      told(CHANGED[revision]);
    }

    @Operation(nonParallelGroup = "events")
    public void dashboardChanged(@Param(name = "revision") int revision) {
      told(WIDE[revision]);
    }

    private void told(LevelsChanged event) {
      world.cache.lock().lock();
      try {
        acme.changed(event);
      } finally {
        world.cache.lock().unlock();
      }
    }

    @Operation
    public String askAnn() {
      return ask("ann");
    }

    @Operation
    public String askBob() {
      return ask("bob");
    }

    /** Where in the log the answer is from. */
    private String ask(String user) {
      HeldDecision held = acme.find(user, Action.VIEW, "revenue", Freshness.minimizeLatency());
      return held == null ? "asks" : held.position.text();
    }
  }

  /** The same in two variables, one after another; what the races must look like. */
  public static class InTurn {
    private final Set<Integer> told = new HashSet<>(Set.of(5));
    private int annFloor = 5;
    private int floor = 5;
    private @Nullable Integer ann;
    private @Nullable Integer bob;

    public void fillAnn(int revision) {
      if (revision >= annFloor && revision >= floor && isNotLost(revision)) {
        ann = revision;
      }
    }

    public void fillBob(int revision) {
      if (revision >= floor && isNotLost(revision)) {
        bob = revision;
      }
    }

    /** What was passed over without a word may be of another log. */
    private boolean isNotLost(int revision) {
      return told.contains(revision) || revision > Collections.max(told);
    }

    public void changed(int revision) {
      told.add(revision);
      annFloor = Math.max(annFloor, revision);
      ann = ann != null && ann < revision ? null : ann;
    }

    public void dashboardChanged(int revision) {
      told.add(revision);
      floor = Math.max(floor, revision);
      ann = null;
      bob = null;
    }

    public String askAnn() {
      return ask(ann);
    }

    public String askBob() {
      return ask(bob);
    }

    private static String ask(@Nullable Integer revision) {
      return revision == null ? "asks" : at(revision).text();
    }
  }

  @Test
  void fills_events_and_questions_in_every_order() {
    new ModelCheckingOptions()
        .sequentialSpecification(InTurn.class)
        .iterations(5)
        .invocationsPerIteration(50)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(2)
        .actorsAfter(2)
        .check(Racing.class);
  }

  @Test
  void fills_events_and_questions_under_stress() {
    new StressOptions()
        .sequentialSpecification(InTurn.class)
        .iterations(5)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(2)
        .check(Racing.class);
  }
}
