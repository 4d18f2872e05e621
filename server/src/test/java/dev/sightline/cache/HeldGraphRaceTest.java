package dev.sightline.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Sha256;
import dev.sightline.store.Proofs.ProvenHead;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Loads, commits, proofs and passing time race for the place where a graph is held: whatever their
 * order, it is as if they had come one after another, the newest stays, and time does not go back.
 */
class HeldGraphRaceTest {
  private static final OrganizationId ORGANIZATION = new OrganizationId("org");
  private static final int REVISIONS = 4;
  private static final OrgGraph[][] GRAPHS = graphs();

  /** By revision, from 1, and by the seconds that have passed. */
  private static OrgGraph[][] graphs() {
    OrgGraph[][] graphs = new OrgGraph[REVISIONS + 1][REVISIONS + 1];
    OrgGraph graph = OrgGraph.empty(ORGANIZATION);
    OrganizationFacts before = null;
    for (int revision = 1; revision <= REVISIONS; revision++) {
      OrganizationFacts after = new OrganizationFacts("name " + revision, null);
      Position position = new Position(revision, hash(revision), Instant.ofEpochSecond(1_000));
      graph =
          graph.applied(new Revision(position, List.of(new OrganizationChanged(before, after))));
      before = after;
      for (int seconds = 0; seconds <= REVISIONS; seconds++) {
        graphs[revision][seconds] = graph.through(Instant.ofEpochSecond(1_000 + seconds));
      }
    }
    return graphs;
  }

  private static LogHash hash(int revision) {
    return LogHash.of(Sha256.of("revision " + revision));
  }

  /** What races; each operation tells what is held afterwards or was told to the caller. */
  @Param(name = "revision", gen = IntGen.class, conf = "1:4")
  @Param(name = "time", gen = IntGen.class, conf = "0:4")
  public static class Races {
    private final HeldGraph held = new HeldGraph(ORGANIZATION);

    /** A load, a graph caught up, or a commit: known as of then. */
    @Operation
    public String install(@Param(name = "revision") int revision, @Param(name = "time") int asOf) {
      return told(held.install(Route.to(GRAPHS[revision][0]), asOf, asOf));
    }

    /** A proof that the head was this one. */
    @Operation
    public void proved(@Param(name = "revision") int revision, @Param(name = "time") int asOf) {
      held.proved(new ProvenHead(revision, hash(revision), 0), asOf, asOf);
    }

    /** The log was found to be another one. */
    @Operation
    public void drop() {
      held.drop();
    }

    /** What a reader gets. */
    @Operation
    public String now() {
      return told(held.now());
    }

    private static String told(Fresh fresh) {
      return fresh == null
          ? "nothing"
          : "revision "
              + fresh.graph().position().revision()
              + " at "
              + secondsOf(fresh)
              + " as of "
              + fresh.asOf();
    }

    private static int secondsOf(Fresh fresh) {
      return (int) (fresh.graph().position().endedThrough().getEpochSecond() - 1_000);
    }
  }

  /** The same in plain numbers, one after another; what the races must look like. */
  public static class InTurn {
    private int revision;
    private long asOf;

    public String install(int revision, int asOf) {
      if (revision > this.revision || (revision == this.revision && asOf > this.asOf)) {
        this.revision = revision;
        this.asOf = asOf;
      }
      return now();
    }

    public void proved(int revision, int asOf) {
      if (revision == this.revision) {
        this.asOf = Math.max(this.asOf, asOf);
      }
    }

    public void drop() {
      revision = 0;
    }

    public String now() {
      return revision == 0 ? "nothing" : "revision " + revision + " at 0 as of " + asOf;
    }
  }

  @Test
  void in_every_interleaving_it_is_as_if_one_came_after_another() {
    new ModelCheckingOptions()
        .iterations(6)
        .invocationsPerIteration(100)
        .threads(3)
        .actorsPerThread(2)
        .sequentialSpecification(InTurn.class)
        .check(Races.class);
  }

  @Test
  void under_stress_it_is_as_if_one_came_after_another() {
    new StressOptions()
        .iterations(6)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(2)
        .sequentialSpecification(InTurn.class)
        .check(Races.class);
  }

  @Test
  void a_held_graph_never_goes_back_in_revisions_or_in_time() throws Exception {
    for (int round = 0; round < 200; round++) {
      HeldGraph held = new HeldGraph(ORGANIZATION);
      var wentBack = new AtomicBoolean();
      Thread[] threads = new Thread[3];
      for (int t = 0; t < threads.length; t++) {
        int mine = t;
        threads[t] =
            Thread.ofVirtual()
                .unstarted(() -> {
                  for (int revision = 1; revision <= REVISIONS; revision++) {
                    Fresh installed =
                        held.install(Route.to(GRAPHS[revision][mine]), revision, revision);
                    Fresh seen = held.now();
                    if (behind(installed, revision) || behind(seen, revision)) {
                      wentBack.set(true);
                    }
                    held.passTime(
                        seen, seen.graph().through(Instant.ofEpochSecond(1_000 + revision)));
                  }
                });
      }
      List.of(threads).forEach(Thread::start);
      Position last = null;
      while (last == null || last.revision() < REVISIONS) {
        Fresh seen = held.now();
        if (seen != null) {
          Position now = seen.graph().position();
          Position before = last == null ? now : last;
          assertTrue(
              now.revision() >= before.revision()
                  && !now.endedThrough().isBefore(before.endedThrough()),
              () -> now + " after " + before);
          last = now;
        }
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertFalse(wentBack.get(), "an older graph was held after a newer one");
    }
  }

  private static boolean behind(Fresh fresh, int revision) {
    return fresh.graph().position().revision() < revision;
  }

  @Test
  void an_older_graph_is_not_installed_over_a_newer_one() {
    HeldGraph held = new HeldGraph(ORGANIZATION);
    Fresh newer = held.install(Route.to(GRAPHS[3][2]), 5, 5);
    assertEquals(newer, held.install(Route.to(GRAPHS[2][4]), 9, 9));
    assertEquals(newer, held.now());
  }
}
