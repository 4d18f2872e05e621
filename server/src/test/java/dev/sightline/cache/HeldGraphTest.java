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
   * Its writer had stood still between the commit and here, or what was held was dropped and loaded
   * meanwhile; the database was replaced.
   */
  @Test
  void what_comes_by_another_log_knows_only_of_its_own_way() {
    var _ = held.install(Route.by(List.of(kept), kept.after()), 1, 0);
    Move last = move(lost.after(), "lost ");
    Fresh now = held.install(Route.by(List.of(last), last.after()), 2, 0);
    assertSame(last.after(), now.graph());
    assertEquals(KnownLog.Answer.UNKNOWN, now.has(at(first.after())));
    assertEquals(KnownLog.Answer.NOT_ON_IT, now.has(at(kept.after())));
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(lost.after())));
  }

  @Test
  void what_follows_on_what_is_held_knows_of_it_and_of_all_between() {
    var _ = held.install(Route.by(List.of(first), first.after()), 1, 0);
    Move last = move(kept.after(), "kept ");
    Fresh now = held.install(Route.by(List.of(kept, last), last.after()), 2, 0);
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(first.before())));
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(first.after())));
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(kept.after())));
    assertEquals(KnownLog.Answer.NOT_ON_IT, now.has(at(lost.after())));
  }

  @Test
  void so_does_what_was_overtaken_by_another_on_the_same_log() {
    Move last = move(kept.after(), "kept ");
    var _ = held.install(Route.to(first.after()), 1, 0);
    var _ = held.install(Route.by(List.of(kept, last), last.after()), 2, 0);
    Fresh now = held.install(Route.by(List.of(kept), kept.after()), 1, 0);
    assertSame(last.after(), now.graph());
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(kept.after())));
  }

  /** Another commit came in while it was caught up. */
  @Test
  void what_is_held_may_be_anywhere_on_the_way() {
    Move last = move(kept.after(), "kept ");
    var _ = held.install(Route.by(List.of(first), first.after()), 1, 0);
    var _ = held.install(Route.by(List.of(kept), kept.after()), 2, 0);
    Fresh now = held.install(Route.by(List.of(kept, last), last.after()), 3, 0);
    assertSame(last.after(), now.graph());
    assertEquals(KnownLog.Answer.ON_IT, now.has(at(first.before())));
  }

  /** A commit on a log that was lost comes late. */
  @Test
  void what_is_overtaken_says_nothing_of_the_log_of_what_is_held() {
    Move last = move(kept.after(), "kept ");
    var _ = held.install(Route.to(last.after()), 2, 0);
    Fresh now = held.install(Route.by(List.of(lost), lost.after()), 3, 0);
    assertSame(last.after(), now.graph());
    assertEquals(KnownLog.Answer.UNKNOWN, now.has(at(lost.after())));
    assertEquals(KnownLog.Answer.UNKNOWN, now.has(at(first.after())));
  }
}
