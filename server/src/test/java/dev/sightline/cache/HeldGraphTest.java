package dev.sightline.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Sha256;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of the log behind a graph, when another graph takes its place. */
class HeldGraphTest {
  private static final OrganizationId ORGANIZATION = new OrganizationId("org");

  private final HeldGraph held = new HeldGraph(ORGANIZATION);

  /** How an organization moves on by one revision, on one of several logs. */
  private static Move move(OrgGraph before, String log) {
    long revision = before.revision() + 1;
    OrganizationFacts was = before.organization();
    OrganizationFacts is = new OrganizationFacts(log + revision, null);
    LogHash hash = LogHash.of(Sha256.of(log + revision));
    var one =
        new Revision(
            new Position(revision, hash, Instant.ofEpochSecond(1_000)),
            List.of(new OrganizationChanged(was, is)));
    return new Move(before, one, before.applied(one));
  }

  private static Requirement.AtLeast at(OrgGraph graph) {
    Position position = graph.position();
    return new Requirement.AtLeast(position.revision(), position.head().prefix(), 0);
  }

  private final Move first = move(OrgGraph.empty(ORGANIZATION), "shared ");
  private final Move kept = move(first.after(), "kept ");
  private final Move lost = move(first.after(), "lost ");

  /**
   * Its writer had stood still between the commit and here; the database was replaced meanwhile.
   */
  @Test
  void a_commit_on_a_log_that_was_lost_knows_nothing_of_the_log_that_it_takes_the_place_of() {
    var _ = held.install(kept.after(), 1, 0, null);
    Move last = move(lost.after(), "lost ");
    Fresh now = held.committed(last.after(), List.of(last), 2);
    assertSame(last.after(), now.graph());
    assertEquals(KnownLog.Answer.UNKNOWN, now.has(at(kept.after())));
  }

  @Test
  void a_commit_that_follows_on_what_is_held_knows_of_it() {
    var _ = held.install(first.after(), 1, 0, null);
    Move last = move(kept.after(), "kept ");
    Fresh now = held.committed(last.after(), List.of(kept, last), 2);
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(first.after())));
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(kept.after())));
    assertEquals(KnownLog.Answer.NOT_ON_IT, now.has(at(lost.after())));
  }

  @Test
  void so_does_one_that_was_overtaken_by_another_on_the_same_log() {
    Move last = move(kept.after(), "kept ");
    var _ = held.install(first.after(), 1, 0, null);
    var _ = held.committed(last.after(), List.of(kept, last), 2);
    Fresh now = held.committed(kept.after(), List.of(kept), 1);
    assertSame(last.after(), now.graph());
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(first.after())));
  }

  @Test
  void what_was_caught_up_from_what_is_held_knows_of_it() {
    var _ = held.install(first.after(), 1, 0, null);
    Move last = move(kept.after(), "kept ");
    Fresh now = held.install(last.after(), 2, 0, first.after());
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(first.after())));
  }

  /** While it was being caught up, a commit came and was lost. */
  @Test
  void what_was_caught_up_from_something_else_does_not() {
    var _ = held.install(first.after(), 1, 0, null);
    var _ = held.committed(lost.after(), List.of(lost), 2);
    Move last = move(kept.after(), "kept ");
    Fresh now = held.install(last.after(), 3, 0, first.after());
    assertSame(last.after(), now.graph());
    assertEquals(KnownLog.Answer.UNKNOWN, now.has(at(lost.after())));
    assertEquals(KnownLog.Answer.UNKNOWN, now.has(at(kept.after())));
  }
}
