package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.StartWatch;
import dev.sightline.watch.Feeds;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever comes, goes, is too slow or is not watched any more leaves nothing behind. {@code
 * -Dsightline.churn.seconds=60} goes on for that long.
 */
@Timeout(600)
class WatchMemoryTest {
  private static final Duration LONG =
      Duration.ofSeconds(Integer.getInteger("sightline.churn.seconds", 6));
  private static final int PEOPLE = 600;
  private static final int ASIDE = 4;
  private static final long SLACK_BYTES = 4 << 20;

  /** More than these wide steps, of some 80 KB each, are not kept for one watcher. */
  private static final int TOO_MANY = 120;

  private static final String DASHBOARD = "d".repeat(100);

  @Test
  void watchers_that_come_and_go_leave_no_memory_taken() throws Exception {
    try (TestService service = TestService.start();
        Churn churn = new Churn(service.node())) {
      churn.goOnFor(LONG.dividedBy(3));
      long before = churn.heapAtRest();
      churn.goOnFor(LONG.multipliedBy(2).dividedBy(3));
      long after = churn.heapAtRest();
      assertTrue(
          after - before < SLACK_BYTES,
          () -> "the heap grew from %d to %d bytes; %s".formatted(before, after, churn));
      assertTrue(churn.cutOffs > 0, "some were cut off");
      churn.end();
    }
  }

  /** Writes, and watchers that come and go, one of which stays. */
  private static final class Churn implements AutoCloseable {
    private final Node node;
    private final Feeds feeds;
    private final ManagedChannel narrow;
    private final Queue<Watching> passing = new ArrayDeque<>();
    private final Watching stays;
    private Watching slow;
    private int slowSince;
    private int writes;
    private int watches;
    private int cutOffs;

    Churn(Node node) throws InterruptedException {
      this.node = node;
      this.feeds = node.server().feeds();
      Imports.people(node, "churn", PEOPLE);
      Orgs.dashboard(node, "churn", "p0", DASHBOARD, dev.sightline.v1.Level.LEVEL_VIEWER);
      for (int i = 0; i < ASIDE; i++) {
        Orgs.create(node, "aside-" + i, "ada");
      }
      narrow =
          NettyChannelBuilder.forAddress("127.0.0.1", node.port())
              .usePlaintext()
              .flowControlWindow(65_535)
              .build();
      stays = Watching.open(node.channel, Watching.of("churn").addUserIds("p1").build());
      stays.started();
      beginSlow();
    }

    void goOnFor(Duration duration) throws Exception {
      long end = System.nanoTime() + duration.toNanos();
      long cutBefore = cutOffs;
      while (System.nanoTime() - end < 0 || cutOffs == cutBefore) {
        node.dashboards.setDraft(Orgs.draft("churn", "p0", DASHBOARD, ++writes % 2 == 1));
        if (writes - slowSince > TOO_MANY) {
          endSlow();
          beginSlow();
        }
        comeAndGo();
        if (writes % 50 == 0) {
          stays.untilNow();
          feeds.dropIdle(Duration.ZERO);
        }
      }
    }

    private void comeAndGo() throws InterruptedException {
      StartWatch.Builder start =
          switch (++watches % 4) {
            case 0 -> Watching.of("churn");
            case 1 -> Watching.of("churn").addUserIds("p" + watches % PEOPLE);
            case 2 -> Watching.of("aside-" + watches % ASIDE).setHeartbeatIntervalMicros(50_000);
            default -> Watching.of("not-there").setHeartbeatIntervalMicros(50_000);
          };
      passing.add(Watching.open(node.channel, start.build()));
      while (passing.size() > 6) {
        passing.remove().close();
      }
    }

    private void beginSlow() {
      slow = Watching.idle(narrow, Watching.of("churn").build());
      slowSince = writes;
    }

    private void endSlow() throws Exception {
      slow.reads(Integer.MAX_VALUE);
      assertEquals("WATCH_TOO_SLOW", Refusals.reason(slow.refused()));
      cutOffs++;
    }

    /** What is taken once all have left but the one that stays. */
    long heapAtRest() throws InterruptedException {
      slow.close();
      passing.forEach(Watching::close);
      passing.clear();
      awaitWatches(1);
      feeds.dropIdle(Duration.ZERO);
      assertEquals(1, feeds.organizations(), "nothing is followed that nobody watches");
      assertEquals(1, feeds.subscriptions(), "nobody is told who has left");
      long heap = heap();
      beginSlow();
      return heap;
    }

    /** A heartbeat is a moment that has passed. */
    private void awaitWatches(int count) throws InterruptedException {
      for (int i = 0; feeds.count() > count && i < 10_000; i++) {
        stays.untilNow();
      }
      assertEquals(count, feeds.count(), "watches that are open");
    }

    private static long heap() {
      MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 4; i++) {
        memory.gc();
        least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
      }
      return least;
    }

    /** Nobody watches any more. */
    void end() throws Exception {
      slow.close();
      stays.halfClose();
      stays.awaitCompleted();
      long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (feeds.count() > 0 && System.nanoTime() - patience < 0) {
        Thread.onSpinWait();
      }
      assertEquals(0, feeds.count());
      feeds.dropIdle(Duration.ZERO);
      assertEquals(0, feeds.organizations());
    }

    @Override
    public void close() {
      narrow.shutdownNow();
    }

    @Override
    public String toString() {
      return "%d writes, %d watches, %d cut off".formatted(writes, watches, cutOffs);
    }
  }
}
