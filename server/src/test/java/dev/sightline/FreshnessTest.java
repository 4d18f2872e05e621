package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sightline.TestService.Node;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.Written;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How new answers are, on two nodes of one database. */
class FreshnessTest {
  private static final Duration BOUND = Duration.ofSeconds(4);

  private static TestService service;
  private static Node one;
  private static Node other;

  @BeforeAll
  static void start() {
    service = TestService.start(BOUND);
    one = service.node();
    other = service.node();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static void organization(String id) {
    Orgs.create(one, id, "ada");
    Orgs.add(one, id, "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(one, id, "ada", "d", Level.LEVEL_NONE);
  }

  private static Written give(Node node, String organization, Level level) {
    return node.dashboards
        .updateAccess(Orgs.give(organization, "ada", "d", "bo", level))
        .getWritten();
  }

  private static CanViewResponse bo(Node node, String organization, Consistency consistency) {
    return Orgs.view(node, organization, "bo", "d", consistency);
  }

  @Test
  void what_a_write_did_is_seen_on_another_node_at_least_its_position() {
    organization("at-least");
    assertFalse(bo(other, "at-least", Orgs.FULLY_CONSISTENT).getAllowed());
    for (int i = 0; i < 10; i++) {
      Level level = i % 2 == 0 ? Level.LEVEL_VIEWER : Level.LEVEL_NONE;
      Written written = give(one, "at-least", level);
      CanViewResponse seen = bo(other, "at-least", Orgs.atLeast(written.getPosition()));
      assertEquals(level == Level.LEVEL_VIEWER, seen.getAllowed());
      assertNotBefore(written.getPosition(), seen.getPosition());
    }
  }

  /** So far apart that of the log behind a graph only one of them can be known at a time. */
  @Test
  void two_positions_far_apart_are_seen_together() {
    organization("both");
    Written first = give(one, "both", Level.LEVEL_VIEWER);
    Written last = first;
    for (int i = 0; i < 256; i++) {
      last = give(one, "both", i % 2 == 0 ? Level.LEVEL_NONE : Level.LEVEL_VIEWER);
    }
    assertEquals(first.getRevision() + 256, last.getRevision());
    var _ = give(one, "both", Level.LEVEL_NONE);
    assertFalse(bo(other, "both", Orgs.FULLY_CONSISTENT).getAllowed());
    Consistency both =
        Consistency.newBuilder()
            .setAtLeast(last.getPosition())
            .setAlsoAtLeast(first.getPosition())
            .build();
    CanViewResponse seen = bo(other, "both", both);
    assertFalse(seen.getAllowed());
    assertNotBefore(last.getPosition(), seen.getPosition());
  }

  @Test
  void what_was_acknowledged_before_the_call_is_seen_fully_consistent_on_another_node() {
    organization("fully");
    assertFalse(bo(other, "fully", Consistency.getDefaultInstance()).getAllowed());
    for (int i = 0; i < 10; i++) {
      Level level = i % 2 == 0 ? Level.LEVEL_VIEWER : Level.LEVEL_NONE;
      Written written = give(one, "fully", level);
      CanViewResponse seen = bo(other, "fully", Orgs.FULLY_CONSISTENT);
      assertEquals(level == Level.LEVEL_VIEWER, seen.getAllowed());
      assertNotBefore(written.getPosition(), seen.getPosition());
    }
  }

  @Test
  void a_write_is_decided_on_what_another_node_has_written() {
    organization("writes");
    for (int i = 0; i < 10; i++) {
      Level level = i % 2 == 0 ? Level.LEVEL_VIEWER : Level.LEVEL_NONE;
      Written first = give(i % 4 < 2 ? one : other, "writes", level);
      Written again = give(i % 4 < 2 ? other : one, "writes", level);
      assertFalse(again.getChanged(), "the other node knows that it is so already");
      assertEquals(first.getRevision(), again.getRevision());
      assertArrayEquals(first.getPosition().toByteArray(), again.getPosition().toByteArray());
    }
  }

  @Test
  void an_organization_that_was_proved_not_to_exist_is_seen_once_it_does() {
    assertFalse(bo(other, "later", Orgs.FULLY_CONSISTENT).getAllowed());
    assertEquals(ByteString.EMPTY, bo(other, "later", Orgs.FULLY_CONSISTENT).getPosition());
    organization("later");
    Written written = give(one, "later", Level.LEVEL_VIEWER);
    assertTrue(bo(other, "later", Orgs.atLeast(written.getPosition())).getAllowed());
  }

  @Test
  void a_position_of_another_organization_is_no_position() {
    organization("mine");
    organization("theirs");
    ByteString theirs = give(one, "theirs", Level.LEVEL_VIEWER).getPosition();
    for (ByteString wrong :
        List.of(
            theirs,
            ByteString.EMPTY,
            ByteString.copyFromUtf8("position"),
            theirs.substring(1),
            theirs.concat(theirs))) {
      assertRefused(
          INVALID_ARGUMENT, "INVALID_POSITION", () -> bo(one, "mine", Orgs.atLeast(wrong)));
    }
  }

  @Test
  void a_position_that_the_log_does_not_have_is_unknown() {
    organization("made-up");
    ByteString position = give(one, "made-up", Level.LEVEL_VIEWER).getPosition();
    byte[] later = position.toByteArray();
    ByteBuffer.wrap(later).putLong(1, ByteBuffer.wrap(later).getLong(1) + 1);
    byte[] fork = position.toByteArray();
    fork[fork.length - 1] ^= 1;
    byte[] tomorrow = position.toByteArray();
    ByteBuffer.wrap(tomorrow)
        .putLong(9, ByteBuffer.wrap(tomorrow).getLong(9) + Duration.ofDays(1).toNanos() / 1_000);
    for (Node node : List.of(one, other)) {
      for (byte[] unknown : List.of(later, fork, tomorrow)) {
        assertRefused(
            FAILED_PRECONDITION,
            "POSITION_UNKNOWN",
            () -> bo(node, "made-up", Orgs.atLeast(ByteString.copyFrom(unknown))));
      }
      assertTrue(bo(node, "made-up", Orgs.atLeast(position)).getAllowed());
    }
  }

  /** What a reader may rely on: acknowledged before the call began, so not older than that. */
  private record Acknowledged(ByteString position, long revision, long atNanos) {}

  @Test
  void no_answer_is_older_than_what_was_acknowledged_before_the_call_or_than_the_bound()
      throws Exception {
    organization("raced");
    var latest = new AtomicReference<>(acknowledged(give(one, "raced", Level.LEVEL_NONE)));
    List<Acknowledged> all = new ArrayList<>(List.of(latest.get()));
    var writing = new AtomicBoolean(true);
    List<Future<Integer>> readers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Node node : List.of(one, other)) {
        for (int kind = 0; kind < 3; kind++) {
          readers.add(threads.submit(reader(node, kind, latest, all, writing)));
        }
      }
      try {
        for (int i = 0; i < 120; i++) {
          Level level = i % 2 == 0 ? Level.LEVEL_VIEWER : Level.LEVEL_NONE;
          Acknowledged now = acknowledged(give(i % 3 == 0 ? other : one, "raced", level));
          synchronized (all) {
            all.add(now);
          }
          latest.set(now);
        }
      } finally {
        writing.set(false);
      }
      for (Future<Integer> reader : readers) {
        assertTrue(reader.get() > 0);
      }
    }
  }

  private static Acknowledged acknowledged(Written written) {
    return new Acknowledged(written.getPosition(), written.getRevision(), System.nanoTime());
  }

  private static Callable<Integer> reader(
      Node node,
      int kind,
      AtomicReference<Acknowledged> latest,
      List<Acknowledged> all,
      AtomicBoolean writing) {
    long first = latest.get().revision();
    return () -> {
      int answers = 0;
      while (writing.get() || answers == 0) {
        Acknowledged before = latest.get();
        Consistency consistency =
            switch (kind) {
              case 0 -> Orgs.FULLY_CONSISTENT;
              case 1 -> Orgs.atLeast(before.position());
              default -> {
                before = withinTheBound(all);
                yield Consistency.getDefaultInstance();
              }
            };
        CanViewResponse seen = bo(node, "raced", consistency);
        assertNotBefore(before.position(), seen.getPosition());
        // Levels alternate with revisions, so an answer and its position must agree.
        long revision = ByteBuffer.wrap(seen.getPosition().toByteArray()).getLong(1);
        assertEquals((revision - first) % 2 == 1, seen.getAllowed());
        answers++;
      }
      return answers;
    };
  }

  /** The last that was acknowledged longer ago than the bound. */
  private static Acknowledged withinTheBound(List<Acknowledged> all) {
    long oldest = System.nanoTime() - BOUND.toNanos();
    synchronized (all) {
      Acknowledged found = all.getFirst();
      for (Acknowledged one : all) {
        found = one.atNanos() - oldest <= 0 ? one : found;
      }
      return found;
    }
  }

  private static void assertNotBefore(ByteString earlier, ByteString later) {
    assertTrue(
        ByteString.unsignedLexicographicalComparator().compare(earlier, later) <= 0,
        () -> "the answer is older than what was acknowledged");
  }
}
