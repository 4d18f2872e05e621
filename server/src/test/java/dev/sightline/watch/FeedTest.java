package dev.sightline.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.cache.Proven;
import dev.sightline.graph.Seeds;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a feed makes of what it hears of the log. */
class FeedTest {
  private static final Filter EXACT = new Filter(Set.of(), Set.of(), false, true);
  private static final Filter DOWNWARDS = new Filter(Set.of(), Set.of(), true, true);

  private final World world = new World(11, 8);
  private final TestNode node = new TestNode(world, Limits.USUAL);
  private final TestWatcher watcher = new TestWatcher(world, EXACT);

  private void commit(int revisions) {
    for (int i = 0; i < revisions; i++) {
      world.commit();
    }
  }

  private void watch() {
    watcher.open(node, true);
    assertTrue(watcher.knowsEverything());
  }

  @Test
  void a_log_that_was_written_anew_is_noticed_and_watchers_begin_anew() {
    commit(10);
    watch();
    world.rewriteFrom(8);
    node.proved(world.proof());
    assertTrue(watcher.knowsEverything());
    assertEquals(1, watcher.resyncs());
    commit(5);
    assertTrue(watcher.knowsEverything());
    assertEquals(1, watcher.resyncs(), "what comes after is told as usual");
  }

  @Test
  void a_log_that_was_written_past_is_noticed() {
    commit(10);
    watch();
    world.rewriteFrom(8);
    commit(3);
    node.proved(world.proof());
    assertTrue(watcher.knowsEverything());
    assertEquals(1, watcher.resyncs());
  }

  @Test
  void a_proof_that_was_sent_before_a_commit_is_no_sign_of_another_log() {
    commit(3);
    watch();
    Proven early = world.proof();
    node.committed(world.commit());
    assertTrue(watcher.knowsEverything());
    Proven late = new Proven(early.revision(), early.hash(), early.asOf(), world.now());
    node.proved(late);
    assertTrue(watcher.knowsEverything());
    assertEquals(0, watcher.resyncs());
  }

  @Test
  void a_fault_while_a_step_is_told_to_some_makes_everybody_begin_anew() {
    TestWatcher other = new TestWatcher(world, Filter.EVERYTHING);
    commit(10);
    watch();
    other.open(node, true);
    assertTrue(other.knowsEverything());
    node.events.failsAtTheSecond();
    commit(5);
    node.proved(world.proof());
    assertTrue(watcher.knowsEverything());
    assertTrue(other.knowsEverything());
    assertEquals(1, watcher.resyncs());
    assertEquals(1, other.resyncs());
  }

  @Test
  void what_is_to_be_heeded_on_a_log_that_was_written_anew_is_not_heeded_on_the_one_before() {
    commit(10);
    watch();
    long revision = world.proof().revision();
    world.rewriteFrom(8);
    long anew = world.cursorAt(revision).headPrefix();
    node.feed.heeded(revision, anew).orTimeout(10, TimeUnit.SECONDS).join();
    assertEquals(anew, node.feed.snapshot().join().graph().headPrefix());
  }

  @Test
  void a_cursor_of_a_lost_log_is_told_to_begin_anew() {
    commit(10);
    Cursor lost = world.cursorAt(9);
    world.rewriteFrom(8);
    watcher.beginAt(lost);
    watch();
    assertEquals(1, watcher.resyncs());
  }

  @Test
  void a_cursor_from_beyond_the_log_is_told_to_begin_anew() {
    commit(10);
    Cursor known = world.cursorAt(10);
    watcher.beginAt(known);
    watcher.comesWith(new Cursor(12, known.headPrefix(), known.throughMicros(), null));
    watch();
    assertEquals(1, watcher.resyncs());
  }

  @Test
  void a_cursor_that_another_node_gave_waits_until_this_one_has_come_there() {
    commit(2);
    watch();
    TestNode other = new TestNode(world, Limits.USUAL);
    commit(4);
    watcher.cut();
    watcher.open(other, true);
    assertTrue(watcher.knowsEverything());
    assertEquals(6 + 1, Objects.requireNonNull(watcher.cursor()).revision());
    watcher.cut();
    watcher.open(node, true);
    assertTrue(watcher.knowsEverything());
    assertEquals(0, watcher.resyncs());
  }

  /** A node may have passed an end before a revision with an earlier instant came in. */
  @Test
  void who_changes_nodes_around_an_end_is_told_of_it_once() {
    Seeds.each(
        200,
        seed -> {
          World many = new World(seed, 8);
          for (int i = 0; i < 12; i++) {
            many.commit();
          }
          TestNode behind = new TestNode(many, Limits.USUAL);
          TestWatcher early = new TestWatcher(many, EXACT);
          early.open(behind, true);
          assertTrue(early.knowsEverything());
          many.pass(2_500_000);
          TestWatcher moving = new TestWatcher(many, EXACT);
          moving.beginAt(many.cursorAt(1));
          moving.open(new TestNode(many, Limits.USUAL), true);
          assertTrue(moving.knowsEverything());
          moving.cut();
          behind.committed(many.commit());
          moving.open(behind, true);
          assertTrue(moving.knowsEverything());
        });
  }

  @Test
  void who_is_cut_off_before_being_told_to_begin_anew_is_told_so_on_coming_back() {
    commit(10);
    Cursor lost = world.cursorAt(9);
    world.rewriteFrom(8);
    watcher.beginAt(lost);
    watcher.open(node, false);
    for (int i = 0; i < 10_000 && watcher.isOpen(); i++) {
      node.committed(world.commit());
    }
    assertFalse(watcher.isOpen(), "it was too slow");
    assertEquals(0, watcher.resyncs());
    watch();
    assertEquals(1, watcher.resyncs());
  }

  @Test
  void a_cursor_more_than_ten_thousand_revisions_old_is_told_to_begin_anew() {
    World aged = new World(3, 2);
    for (int i = 0; i < Replay.MOST_REVISIONS; i++) {
      aged.commit();
    }
    TestNode there = new TestNode(aged, Limits.USUAL);
    TestWatcher old = new TestWatcher(aged, DOWNWARDS);
    old.beginAt(aged.cursorAt(1));
    old.open(there, true);
    assertTrue(old.knowsEverything());
    assertEquals(0, old.resyncs(), "ten thousand are replayed");
    aged.commit();
    there.proved(aged.proof());
    TestWatcher older = new TestWatcher(aged, DOWNWARDS);
    older.beginAt(aged.cursorAt(1));
    older.open(there, true);
    assertTrue(older.knowsEverything());
    assertEquals(1, older.resyncs());
  }

  @Test
  void what_time_ends_is_told_once_a_proof_has_seen_the_database_pass_it() {
    commit(12);
    watch();
    long before = Objects.requireNonNull(watcher.cursor()).throughMicros();
    world.pass(60_000_000);
    assertTrue(watcher.knowsEverything());
    assertTrue(
        Objects.requireNonNull(watcher.cursor()).throughMicros() >= before,
        "time does not go back");
  }
}
