package dev.sightline.watch;

import static dev.sightline.watch.GrowingLog.EXACT;
import static dev.sightline.watch.GrowingLog.KNOWN;
import static dev.sightline.watch.GrowingLog.ORGANIZATION;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sightline.model.Refusal;
import dev.sightline.watch.Outbox.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is offered races with a watcher's taking, leaving and being cut off, and what is committed
 * with its coming and leaving: it gets what it should, in order and once, up to where it is told.
 */
class WatchRaceTest {
  // ---- the outbox -----------------------------------------------------------------------------

  private static final int MOST_WAITING = 2;

  /** What is sent to one watcher, who has room as the test says. */
  private static final class Narrow implements Wire {
    final AtomicInteger room = new AtomicInteger(1);
    private volatile String told = "";

    @Override
    public boolean isReady() {
      return room.get() > 0;
    }

    @Override
    public void send(byte[] message) {
      room.decrementAndGet();
      tell(" " + new String(message, UTF_8));
    }

    @Override
    public void end(Refusal why) {
      // The message before it says how.
    }

    @Override
    public void complete() {
      tell(" complete");
    }

    /** The outbox's lock is held: nobody else writes. */
    private void tell(String more) {
      String before = told;
      told = before + more;
    }
  }

  private static Cursor cursor(int revision) {
    return new Cursor(revision, 0, 0, null);
  }

  /** What races; only what was sent tells what has happened. */
  @Param(name = "step", gen = IntGen.class, conf = "1:9")
  public static class Sending {
    private final Narrow wire = new Narrow();
    private final Outbox outbox =
        new Outbox(wire, GrowingLog::text, Runnable::run, MOST_WAITING, () -> {});
    private final Subscription subscription =
        new Subscription(ORGANIZATION, EXACT, outbox, cursor(0), null);

    @Operation
    public void offer(@Param(name = "step") int step) {
      subscription.offer(("" + step).getBytes(UTF_8), cursor(step));
    }

    @Operation
    public void beat() {
      outbox.offer(new Item.Message("beat".getBytes(UTF_8), null, null));
    }

    /** One message more, so that nobody sees half of what is sent at once. */
    @Operation
    public synchronized void takes() {
      wire.room.set(1);
      outbox.ready();
    }

    @Operation(runOnce = true)
    public boolean hold() {
      return outbox.hold(subscription, null);
    }

    @Operation(runOnce = true)
    public void release() {
      outbox.release(subscription);
    }

    @Operation(runOnce = true)
    public void close() {
      outbox.close();
    }

    @Operation
    public String told() {
      return wire.told;
    }
  }

  /** The same in plain lists, one after another; what the races must look like. */
  public static class SendingInTurn {
    private static final String BEAT = "beat";

    private final Queue<String> queue = new ArrayDeque<>();
    private @Nullable List<String> held;
    private String told = "";
    private String through = "0";
    private boolean hasRoom = true;
    private boolean over;

    public void offer(int step) {
      add("" + step);
    }

    public void beat() {
      add(BEAT);
    }

    private void add(String item) {
      if (over) {
        return;
      }
      if (queue.size() + (held == null ? 0 : held.size()) == MOST_WAITING) {
        boolean concerned =
            held != null || !item.equals(BEAT) || queue.stream().anyMatch(one -> !one.equals(BEAT));
        told += concerned ? " cut@" + through : " cut";
        over = true;
      } else if (held != null && !item.equals(BEAT)) {
        held.add(item);
      } else {
        queue.add(item);
        send();
      }
    }

    private void send() {
      if (!over && hasRoom && !queue.isEmpty()) {
        String item = queue.remove();
        through = item.equals(BEAT) ? through : item;
        told += " " + item;
        hasRoom = false;
      }
    }

    public void takes() {
      hasRoom = true;
      send();
    }

    public boolean hold() {
      if (!over) {
        held = new ArrayList<>();
      }
      return !over;
    }

    public void release() {
      if (held != null) {
        queue.addAll(held);
        held = null;
        send();
      }
    }

    public void close() {
      over = true;
    }

    public String told() {
      return told;
    }
  }

  @Test
  void under_stress_what_is_sent_is_what_was_offered_in_order_up_to_where_it_says() {
    new StressOptions()
        .iterations(15)
        .invocationsPerIteration(50)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(2)
        .sequentialSpecification(SendingInTurn.class)
        .check(Sending.class);
  }

  @Test
  void in_every_interleaving_what_is_sent_is_what_was_offered_in_order_up_to_where_it_says() {
    new ModelCheckingOptions()
        .iterations(3)
        .invocationsPerIteration(50)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .sequentialSpecification(SendingInTurn.class)
        .check(Sending.class);
  }

  // ---- the feed -------------------------------------------------------------------------------

  /** A watcher that comes with a cursor and may leave, while others write. */
  public static class Following {
    private final GrowingLog world = new GrowingLog(GrowingLog::text, Runnable::run);
    private final Narrow wire = new Narrow();
    private final Outbox outbox =
        new Outbox(wire, GrowingLog::text, Runnable::run, 1_000, () -> {});
    private final Cursor from = GrowingLog.cursor(KNOWN);
    private final Subscription subscription =
        new Subscription(ORGANIZATION, EXACT, outbox, from, null);
    private volatile @Nullable Throwable failure;
    private volatile boolean joined;
    private volatile boolean left;

    public Following() {
      wire.room.set(1_000);
    }

    @Operation
    public void commits() {
      world.commit();
    }

    @Operation
    public void proves() {
      world.prove();
    }

    @Operation(runOnce = true)
    public void joins() {
      Joining.Watcher watcher =
          new Joining.Watcher() {
            @Override
            public void joined() {
              joined = true;
            }

            @Override
            public void failed(Throwable why) {
              failure = why;
            }
          };
      new Joining(
              watcher,
              world.feed,
              subscription,
              world,
              GrowingLog::text,
              Limits.USUAL,
              new Semaphore(1),
              from,
              true,
              0)
          .run();
    }

    @Operation(runOnce = true)
    public void leaves() {
      left = true;
      outbox.close();
      world.feed.leave(subscription);
    }

    /** Once the log's head has been proved, it has been told all that there is. */
    @Validate
    public void isToldEveryStepOnce() {
      world.prove();
      if (failure != null) {
        throw new AssertionError("the watcher was not let in", failure);
      }
      StringBuilder all = new StringBuilder(" from@" + KNOWN);
      for (int revision = KNOWN + 1; revision <= world.head(); revision++) {
        all.append(' ').append(revision);
      }
      String told = wire.told;
      boolean right = (joined && !left) ? told.contentEquals(all) : all.indexOf(told) == 0;
      if (!right) {
        throw new AssertionError("told" + told + " of" + all + (left ? ", and left" : ""));
      }
      if (!joined && !left && !told.isEmpty()) {
        throw new AssertionError("told" + told + " before it came");
      }
    }
  }

  /** Too much happens in a step for every interleaving to be gone through. */
  @Test
  void under_stress_who_joins_from_a_cursor_is_told_every_step_once() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .check(Following.class);
  }
}
